import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import type { Verdict } from '../../../shared/verifier/verdict.ts';
import { suggestedPerson } from '../../app/access.ts';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useAct } from '../../app/use-act.ts';
import { useQuery } from '../../app/use-query.ts';
import { maySignFor } from '../people/model.ts';
import { SignPanel } from '../people/SignPanel.tsx';

/** Puts the check itself into the ledger, if somebody wants to sign for it. */
export function RecordVerified({ verdict }: { verdict: Verdict }) {
  const [open, setOpen] = useState(false);
  const [seq, setSeq] = useState<number | null>(null);
  const who = useQuery(async () => ({
    staff: await service.staff(),
    policy: await service.policy(),
    last: await suggestedPerson(),
  }));
  const act = useAct();
  const [log] = verdict.summary.logs;
  if (!log || log.size === 0) return null;
  if (seq !== null) {
    return (
      <Notice kind="ok">
        <p>
          The check is recorded as <a href={href('ledger', [String(seq)])}>number {seq}</a>.
        </p>
      </Notice>
    );
  }
  if (!open) {
    return (
      <div>
        <Button onClick={() => setOpen(true)}>Record this check</Button>
      </div>
    );
  }
  const sign = async (by: string, pin: string) => {
    const signed = await act.submit({
      ...{ type: 'verified', by },
      body: { size: log.size, root: log.root, failures: verdict.integrity.count },
      signers: [{ as: 'performer', by, pin }],
    });
    if (signed.ok) setSeq(signed.value.seq);
  };
  return (
    <Loading of={who}>
      {({ staff, policy, last }) => (
        <SignPanel
          title="Record this check"
          people={maySignFor('verified', staff, policy)}
          suggested={last}
          action="Sign"
          nobody="Nobody on this device may record a check."
          busy={act.busy}
          refusal={act.refusal}
          onSign={(by, pin) => void sign(by, pin)}
          onCancel={() => setOpen(false)}
        >
          <p>
            Recorded are the {log.size.toLocaleString('en')} records that were checked, their root, and how
            many failures of integrity there were: {verdict.integrity.count}.
          </p>
        </SignPanel>
      )}
    </Loading>
  );
}
