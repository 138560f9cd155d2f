import { useRef, useState } from 'preact/hooks';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import { recordAct } from '../../../shared/ui/capture/record.ts';
import { TextArea } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { suggestedPerson } from '../../app/access.ts';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { signing } from '../../app/signing.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { useQuery } from '../../app/use-query.ts';
import { maySignFor } from '../people/model.ts';
import { SignPanel } from '../people/SignPanel.tsx';
import { differenceInWords, discrepancyBody, type ResultLine, type SealedCount } from './result.ts';

type Shown = Extract<ResultLine, { found: 'shown' }>;
type Ids = { entry: string; discrepancy: string };

const isOpen = (line: ResultLine): line is Shown => line.found === 'shown' && line.discrepancy === undefined;

/** Opens a discrepancy for every line that still differs: one entry a container, all signed by one person. */
export function DiscrepancyPanel({ view }: { view: SealedCount }) {
  const lines = view.lines.filter(isOpen);
  const [notes, setNotes] = useState<Record<string, string>>({});
  const ids = useRef(new Map<string, Ids>());
  const who = useQuery(async () => ({
    staff: await service.staff(),
    policy: await service.policy(),
    last: await suggestedPerson(),
  }));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useUnsaved(Object.values(notes).some((note) => note.trim() !== ''));

  const idsOf = async (container: string): Promise<Ids> => {
    const known = ids.current.get(container);
    if (known) return known;
    const [entry, discrepancy] = await Promise.all([service.newId(), service.newId()]);
    const made = { entry, discrepancy };
    ids.current.set(container, made);
    return made;
  };
  const sign = async (by: string, pin: string) => {
    setBusy(true);
    setRefusal(null);
    for (const line of lines) {
      const { entry, discrepancy } = await idsOf(line.container);
      const note = cleanLine(notes[line.container] ?? '');
      const signed = await recordAct(signing, {
        ...{ id: entry, type: 'discrepancy.opened', by },
        body: discrepancyBody(line, { discrepancy, count: view.entryId, note }),
        signers: [{ as: 'performer', by, pin }],
      });
      if (!signed.ok) {
        setRefusal(signed.refusal);
        break;
      }
    }
    setBusy(false);
  };
  return (
    <Loading of={who}>
      {({ staff, policy, last }) => (
        <SignPanel
          title={lines.length === 1 ? 'Open a discrepancy' : `Open ${lines.length} discrepancies`}
          people={maySignFor('discrepancy.opened', staff, policy)}
          suggested={last}
          action={lines.length === 1 ? 'Sign and open it' : 'Sign and open them'}
          nobody="Nobody on this device may do this. Ask the registrant."
          busy={busy}
          refusal={refusal}
          onSign={(by, pin) => void sign(by, pin)}
        >
          <p>
            The day goes on. The registrant sees it on Today, with everything that happened to the container,
            and resolves it with a witness.
          </p>
          {lines.map((line) => (
            <TextArea
              key={line.container}
              label={`Number ${line.number}: ${differenceInWords(line.difference, line.unit)}`}
              hint="What you noticed, if anything: a leaking stopper, a draw that was not recorded, a wrong label"
              value={notes[line.container] ?? ''}
              maxLength={500}
              rows={2}
              onInput={(note) => setNotes({ ...notes, [line.container]: note })}
            />
          ))}
        </SignPanel>
      )}
    </Loading>
  );
}
