import { useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { useUnsaved } from '../../app/unsaved.ts';
import { AdminForm } from './AdminForm.tsx';
import { checkReason, whoMay, whyNotDisable } from './model.ts';

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
  const act = (reason: string) => ({ staff: { id: person.id }, reason });
  const build = () => {
    const reason = checkReason(cleanLine(typed));
    setError(reason.ok ? undefined : reason.message);
    return reason.ok ? { type: 'staff.disabled' as const, body: act(reason.reason) } : null;
  };
  return (
    <AdminForm
      title={`Disable ${person.name}`}
      people={whoMay('staff.disabled', staff, policy).filter((other) => other.id !== person.id)}
      staff={staff}
      asks={{ type: 'staff.disabled', body: act(cleanLine(typed) || '-') }}
      action="Disable"
      danger
      nobody="Nobody else may do this on this device."
      build={build}
      onSigned={({ seq }) => onEnd(`${person.name} can no longer sign. Recorded as number ${seq}.`)}
      onCancel={() => onEnd('')}
    >
      <p>
        From then on {person.name} can sign nothing, and whatever they have open ends. What they signed stays
        as it is. A disabled person is not enabled again: enrol them anew.
      </p>
      <TextField
        label="Reason"
        value={typed}
        onInput={setTyped}
        error={error}
        maxLength={200}
        list={['Left the practice', 'On leave', 'PIN may be known to others']}
      />
    </AdminForm>
  );
}
