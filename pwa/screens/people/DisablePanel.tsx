import { useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { StaffView } from '../../../shared/protocol/ledger.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { useUnsaved } from '../../app/unsaved.ts';
import { useAct } from '../../app/use-act.ts';
import { checkReason, whoMayAdminister, whyNotDisable } from './model.ts';
import { SignPanel } from './SignPanel.tsx';

/** Takes the right to sign from a person, with a reason and a signature. */
export function DisablePanel(props: {
  person: StaffView;
  staff: readonly StaffView[];
  policy: Policy;
  onEnd: (said: string) => void;
}) {
  const { person, staff, policy, onEnd } = props;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  const act = useAct();
  useUnsaved(typed !== '');
  const why = whyNotDisable(person, staff, policy);
  if (why !== undefined) {
    return (
      <Notice kind="warn" title={`${person.name} stays enrolled.`}>
        <p>{why}</p>
        <div>
          <Button onClick={() => onEnd('')}>Back</Button>
        </div>
      </Notice>
    );
  }
  const sign = async (by: string, pin: string) => {
    const reason = checkReason(cleanLine(typed));
    setError(reason.ok ? undefined : reason.message);
    if (!reason.ok) return;
    const signed = await act.submit({
      type: 'staff.disabled',
      by,
      body: { staff: { id: person.id }, reason: reason.reason },
      signers: [{ as: 'performer', by, pin }],
    });
    if (signed.ok) onEnd(`${person.name} can no longer sign. Recorded as number ${signed.value.seq}.`);
  };
  return (
    <SignPanel
      title={`Disable ${person.name}`}
      people={whoMayAdminister(staff, policy).filter((other) => other.id !== person.id)}
      action="Disable"
      nobody="Nobody else may do this on this device."
      busy={act.busy}
      refusal={act.refusal}
      onSign={(by, pin) => void sign(by, pin)}
      onCancel={() => onEnd('')}
    >
      <p>
        From then on {person.name} can sign nothing. What they signed stays as it is. A disabled person is not
        enabled again: enrol them anew.
      </p>
      <TextField
        label="Reason"
        value={typed}
        onInput={setTyped}
        error={error}
        maxLength={200}
        list={['Left the practice', 'On leave', 'PIN may be known to others']}
      />
    </SignPanel>
  );
}
