import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { suggestedPerson } from '../../app/access.ts';
import { Loading } from '../../app/Loading.tsx';
import { service, status } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useAct } from '../../app/use-act.ts';
import { useQuery } from '../../app/use-query.ts';
import { maySignFor } from '../people/model.ts';
import { SignPanel } from '../people/SignPanel.tsx';
import { bytesInWords } from '../settings/model.ts';
import { integrityHeadline } from '../verify/words.ts';
import type { Made } from './make.ts';
import { exportedBody, packageName } from './model.ts';
import { type Saving, savePackage } from './save-file.ts';

type Ready = Extract<Made, { ok: true }>;

/**
 * A package that is made: save it, then sign that it left, in that order. One that names patients is signed for first,
 * by the person who opened the names: none of it is out of the browser before the ledger says who did it and why.
 */
export function KeepPanel(props: {
  made: Ready;
  /** Who opened the names that are in it; null where there are none. */
  discloser: string | null;
  reason: string;
  onEnd: () => void;
}) {
  const { made, discloser, reason, onEnd } = props;
  const [saving, setSaving] = useState<Saving | null>(null);
  const [seq, setSeq] = useState<number | null>(null);
  const disclosed = discloser !== null;
  const out = saving?.kind === 'saved' || saving?.kind === 'downloading';
  if (seq !== null && out) return <Kept seq={seq} onEnd={onEnd} />;
  const mayLeave = !disclosed || seq !== null;
  const maySign = seq === null && (disclosed || out);
  return (
    <div class="stack">
      <Verdict made={made} disclosed={disclosed} />
      {saving ? <SavingNotice saving={saving} name={nameOf(made, disclosed)} /> : null}
      {seq !== null ? <Notice kind="ok" title={`Recorded as number ${seq}. Now save the file.`} /> : null}
      <div class="row">
        {mayLeave ? (
          <Button
            kind={out ? 'plain' : 'primary'}
            onClick={() => void savePackage(nameOf(made, disclosed), made.blob).then(setSaving)}
          >
            {out ? 'Save it once more' : 'Save the file'}
          </Button>
        ) : null}
        {out ? null : <Button onClick={onEnd}>Discard it</Button>}
      </div>
      {maySign ? <SignExport made={made} discloser={discloser} reason={reason} onSigned={setSeq} /> : null}
    </div>
  );
}

function nameOf({ made, range }: Ready, disclosed: boolean): string {
  const now = status.value;
  const ready = now.state === 'ready' ? now : { facility: '', demo: false };
  return packageName({ ...ready, made, range, disclosed });
}

function Kept({ seq, onEnd }: { seq: number; onEnd: () => void }) {
  return (
    <Notice kind="ok" title="The package is saved, and the ledger says so.">
      <p>
        Recorded as <a href={href('ledger', [String(seq)])}>number {seq}</a>. Keep the file where this
        computer cannot reach it: on a stick in the safe, on another computer, with your accountant. It shows
        that no record up to now was changed or cut off later.
      </p>
      <div>
        <Button onClick={onEnd}>Make another package</Button>
      </div>
    </Notice>
  );
}

function Verdict({ made, disclosed }: { made: Ready; disclosed: boolean }) {
  const answer = integrityHeadline(made.verdict);
  const whole = made.verdict.integrity.ok;
  return (
    <Notice kind={answer.kind} title={whole ? 'The package is ready and was read back whole.' : answer.title}>
      <p>
        <span class="package-name">{nameOf(made, disclosed)}</span>, {bytesInWords(made.blob.size)}.{' '}
        {whole ? answer.text : 'Save it as it is: it is evidence. Then verify the ledger.'}
      </p>
    </Notice>
  );
}

function SavingNotice({ saving, name }: { saving: Saving; name: string }) {
  switch (saving.kind) {
    case 'failed':
      return <Notice kind="danger">{saving.message}</Notice>;
    case 'dismissed':
      return <Notice>Not saved yet. The package is still here.</Notice>;
    case 'downloading':
      return <Notice>Look into your downloads: sign only when {name} is there.</Notice>;
    case 'saved':
      return null;
  }
}

function SignExport(props: {
  made: Ready;
  discloser: string | null;
  reason: string;
  onSigned: (seq: number) => void;
}) {
  const { made, discloser, reason, onSigned } = props;
  const act = useAct();
  const who = useQuery(async () => ({
    staff: await service.staff(),
    policy: await service.policy(),
    last: await suggestedPerson(),
  }));
  const sign = async (by: string, pin: string) => {
    const signed = await act.submit({
      ...{ type: 'exported', by },
      body: exportedBody(made.log, { disclosed: discloser !== null, reason }),
      signers: [{ as: 'performer', by, pin }],
    });
    if (signed.ok) onSigned(signed.value.seq);
  };
  return (
    <Loading of={who}>
      {({ staff, policy, last }) => (
        <SignPanel
          title={
            discloser === null ? 'Record that it left this browser' : 'Record that names leave this browser'
          }
          people={maySignFor('exported', staff, policy).filter(
            ({ id }) => discloser === null || id === discloser,
          )}
          suggested={last}
          action="Sign"
          nobody="Nobody on this device may sign for an export."
          busy={act.busy}
          refusal={act.refusal}
          onSign={(by, pin) => void sign(by, pin)}
        />
      )}
    </Loading>
  );
}
