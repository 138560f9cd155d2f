import { useState } from 'preact/hooks';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import { recordAct } from '../../../shared/ui/capture/record.ts';
import { suggestedPerson } from '../../app/access.ts';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { signing } from '../../app/signing.ts';
import { useQuery } from '../../app/use-query.ts';
import { maySignFor } from '../people/model.ts';
import { SignPanel } from '../people/SignPanel.tsx';
import { counting } from './counting.ts';
import { bodyOf, type CountTaking } from './model.ts';

/** The signature that seals a count. From then on what was typed cannot be changed. */
export function SealPanel({ taking, onBack }: { taking: CountTaking; onBack: () => void }) {
  const who = useQuery(async () => ({
    staff: await service.staff(),
    policy: await service.policy(),
    last: await suggestedPerson(),
  }));
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const sign = async (by: string, pin: string) => {
    const read = bodyOf(taking);
    if (!read.ok) {
      onBack();
      return;
    }
    setBusy(true);
    // The id is the taking's own: leaving this panel and coming back is still the same entry.
    const signed = await recordAct(signing, {
      ...{ id: taking.entryId, type: 'count', by, body: read.body },
      signers: [{ as: 'performer', by, pin }],
    });
    setBusy(false);
    setRefusal(signed.ok ? null : signed.refusal);
    if (!signed.ok) return;
    const { entryId } = signed.value;
    const { session, kind, recounts } = taking;
    counting.value = { phase: 'sealed', entryId, session, kind, reveal: recounts !== undefined };
    void service.setSetting('lastPerformer', by);
  };
  return (
    <Loading of={who}>
      {({ staff, policy, last }) => (
        <SignPanel
          title="Seal the count"
          people={maySignFor('count', staff, policy)}
          suggested={last}
          action="Sign and seal"
          nobody="Nobody on this device may count. Ask the registrant."
          busy={busy}
          refusal={refusal}
          onSign={(by, pin) => void sign(by, pin)}
          onCancel={onBack}
          cancel="Go on counting"
        >
          <p>
            {taking.rows.length} {taking.rows.length === 1 ? 'container' : 'containers'}. Once it is sealed,
            what was typed stays, and what the book says is shown.
          </p>
        </SignPanel>
      )}
    </Loading>
  );
}
