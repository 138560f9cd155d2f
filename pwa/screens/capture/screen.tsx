import { useRef, useState } from 'preact/hooks';
import type { CaptureDraft, Receipt } from '../../../shared/protocol/ledger.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { CaptureForm } from '../../../shared/ui/capture/CaptureForm.tsx';
import { receiptLine } from '../../../shared/ui/capture/ReceiptView.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { suggestedPerson } from '../../app/access.ts';
import { type Arrival, arrival, FROM_LINK } from '../../app/arrival.ts';
import { CameraScanner } from '../../app/CameraScanner.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { back, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { signing } from '../../app/signing.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { useQuery } from '../../app/use-query.ts';
import { WitnessElsewhere } from '../../app/WitnessElsewhere.tsx';
import { copyText } from '../../platform/files.ts';
import { LinkNote } from './LinkNote.tsx';

type Start = { last: string | null; draft: CaptureDraft | null; link: Arrival | null };

/** Draw or give, for the container in the address, for none yet, going on with a draft, or as a link has opened it. */
export function Screen() {
  const { query } = place.value;
  const wanted = query.get('draft');
  const fromLink = query.get('from') === FROM_LINK;
  const [turn, setTurn] = useState(0);
  // Whoever drew goes on drawing, as a rule; not for drawing the screen anew.
  const drewLast = useRef<string | null>(null);
  // Asked once: what the form starts from must not change under somebody's hands.
  const [first] = useState(() => readStart(wanted, fromLink ? arrival.value : null));
  const start = useQuery(() => first);
  return (
    <>
      <ScreenHead title="Draw or give" />
      <div class="panel narrow">
        <Loading of={start}>
          {(value) => (
            <>
              {wanted && value.draft === null ? (
                <Notice kind="info">That draft was finished or dropped. This is a new form.</Notice>
              ) : null}
              {fromLink && turn === 0 ? <LinkNote link={value.link} /> : null}
              <Form
                key={turn}
                start={turn === 0 ? value : { ...value, draft: null, link: null }}
                drewLast={drewLast}
                onAgain={() => setTurn(turn + 1)}
              />
            </>
          )}
        </Loading>
      </div>
    </>
  );
}

async function readStart(draftId: string | null, link: Arrival | null): Promise<Start> {
  const [last, drafts] = await Promise.all([suggestedPerson(), draftId === null ? [] : service.drafts()]);
  return { last, draft: drafts.find((d) => d.entryId === draftId) ?? null, link };
}

function Form(props: { start: Start; drewLast: { current: string | null }; onAgain: () => void }) {
  const { start, drewLast, onAgain } = props;
  const [dirty, setDirty] = useState(false);
  useUnsaved(dirty, true);
  const container = place.value.query.get('container') ?? '';
  const [link, setLink] = useState(start.link?.state === 'consultation' ? start.link : null);
  const consultation = link?.consultation ?? '';
  const site = link?.source.site ?? start.draft?.site;
  return (
    <CaptureForm
      port={signing}
      source={{ door: 'pwa', ...(site === undefined ? {} : { site }) }}
      initial={{ container, consultation, performer: drewLast.current ?? start.last ?? '' }}
      {...(link ? { cameFrom: { label: link.source.label, consultation } } : {})}
      onLeftOut={() => {
        arrival.value = null;
        setLink(null);
      }}
      {...(start.draft ? { draft: start.draft } : {})}
      scanner={(onScan) => <CameraScanner onScan={onScan} />}
      elsewhere={(asked) => <WitnessElsewhere {...asked} />}
      onDirty={setDirty}
      onRecorded={(_, values) => {
        drewLast.current = values.performer;
        if (start.link) arrival.value = null;
        void service.setSetting('lastPerformer', values.performer);
      }}
      onDone={back}
      onCancel={back}
      receiptActions={(receipts) => (
        <>
          <Button onClick={onAgain}>Another</Button>
          <CopyReceipts receipts={receipts} />
        </>
      )}
    />
  );
}

function CopyReceipts({ receipts }: { receipts: readonly Receipt[] }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    const copied = await copyText(receipts.map(receiptLine).join('\n'));
    setSaid(copied ? 'Copied' : 'This browser does not let pages copy. Select the line above.');
  };
  return (
    <>
      <Button onClick={() => void copy()}>Copy the line</Button>
      <span role="status">{said}</span>
    </>
  );
}
