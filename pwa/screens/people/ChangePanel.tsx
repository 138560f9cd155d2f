import { useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { PersonView } from '../../../shared/protocol/people.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, localDay } from '../../../shared/ui/format.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { AdminForm, type Signed } from './AdminForm.tsx';
import { roleOf } from './EnrolPanel.tsx';
import { checkName, checkReason, dutiesOf, rolesToChoose, whoMay } from './model.ts';
import { ParticularsFields } from './ParticularsFields.tsx';
import { changesOf, checkParticulars, particularsOf } from './particulars.ts';

/** Another role, name, licence, screening, training or idle time, with a reason. */
export function ChangePanel(props: {
  person: PersonView;
  staff: readonly StaffView[];
  policy: Policy;
  onEnd: (said: string) => void;
}) {
  const { person, staff, policy, onEnd } = props;
  const [typed, setTyped] = useState(() => ({
    ...particularsOf(person),
    ...{ name: person.name, role: person.role, reason: '' },
  }));
  const [problems, setProblems] = useState<Partial<Record<keyof typeof typed, string>>>({});
  const change = (part: Partial<typeof typed>) => {
    setTyped({ ...typed, ...part });
    setProblems({});
  };
  const changes = changesOf(person, typed);
  useUnsaved(changes !== null);
  const who = whoMay('staff.changed', staff, policy);

  const build = () => {
    const reason = checkReason(cleanLine(typed.reason));
    const name = checkName(typed.name, staff, person.id);
    const nothing = changes === null ? 'Nothing is changed yet.' : undefined;
    const found = {
      ...checkParticulars(typed, typed.role, localDay(Date.now())),
      ...(name === undefined ? {} : { name }),
      ...(reason.ok ? (nothing === undefined ? {} : { reason: nothing }) : { reason: reason.message }),
    };
    setProblems(found);
    if (changes === null || !reason.ok || Object.keys(found).length > 0) return null;
    const body = { staff: { id: person.id, ...changes }, reason: reason.reason };
    return { type: 'staff.changed' as const, body };
  };
  const end = ({ seq, proposed }: Signed) =>
    onEnd(
      proposed
        ? `The change of ${person.name} is proposed, as number ${seq}. It waits under Approvals.`
        : `${person.name} is changed. Recorded as number ${seq}.`,
    );
  return (
    <AdminForm
      title={`Change ${person.name}`}
      people={typed.role === person.role ? who : who.filter(({ id }) => id !== person.id)}
      staff={staff}
      asks={{
        type: 'staff.changed',
        body: { staff: { id: person.id, ...changes }, reason: cleanLine(typed.reason) || '-' },
      }}
      action="Sign and change"
      nobody="Nobody on this device may change this: not a person their own role. Ask the registrant."
      build={build}
      onSigned={end}
      onCancel={() => onEnd('')}
    >
      <div class="columns">
        <TextField
          label="Name"
          value={typed.name}
          error={problems.name}
          maxLength={80}
          autoCapitalize="words"
          onInput={(name) => change({ name })}
        />
        <SelectField
          label="Role"
          value={typed.role}
          options={rolesToChoose}
          error={problems.role}
          hint={`In this clinic: ${dutiesOf(typed.role, policy)}.`}
          onInput={(value) => change({ role: roleOf(value) || person.role })}
        />
      </div>
      <ParticularsFields
        {...{ name: typed.name, role: typed.role, policy, value: typed, errors: problems }}
        idleNow={particularsOf(person).idleSeconds}
        onInput={change}
      />
      <TextField
        label="Reason"
        value={typed.reason}
        error={problems.reason}
        maxLength={200}
        list={['Yearly training', 'Screening on file', 'New role', 'Licence renewed']}
        onInput={(reason) => change({ reason })}
      />
    </AdminForm>
  );
}
