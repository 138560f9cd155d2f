import { useRef, useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import { ROLE_NAMES, type Role } from '../../../shared/domain/roles.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import { SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, localDay } from '../../../shared/ui/format.ts';
import { service } from '../../app/ledger.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { AdminForm, type Signed, useFirstField } from './AdminForm.tsx';
import {
  checkPerson,
  dutiesOf,
  type NewPerson,
  NOBODY,
  type Problems,
  rolesToChoose,
  whoMayAdminister,
} from './model.ts';
import { ParticularsFields } from './ParticularsFields.tsx';
import { PinStep } from './PinStep.tsx';
import { keptOf } from './particulars.ts';

type Prepared = { staff: string; publicKey: string };
type Step = { step: 'who' } | { step: 'pin' } | { step: 'sign'; key: Prepared };
type Props = { staff: readonly StaffView[]; policy: Policy; onEnd: (said: string) => void };

/**
 * Three steps, each by the one whom it concerns: who it is, the new person's own PIN, the signature of somebody
 * who may enrol.
 */
export function EnrolPanel({ staff, policy, onEnd }: Props) {
  const [person, setPerson] = useState<NewPerson>(NOBODY);
  const [at, setAt] = useState<Step>({ step: 'who' });
  useUnsaved(person.name !== '' || at.step !== 'who');
  const cancel = () => onEnd('');
  switch (at.step) {
    case 'who':
      return (
        <WhoStep
          {...{ staff, policy, person }}
          onInput={setPerson}
          onNext={() => setAt({ step: 'pin' })}
          onCancel={cancel}
        />
      );
    case 'pin':
      return (
        <PinStep
          name={cleanLine(person.name)}
          make={(pin) => service.prepareStaff(pin)}
          onNext={(key) => setAt({ step: 'sign', key })}
          onBack={() => setAt({ step: 'who' })}
        />
      );
    case 'sign':
      return <SignStep {...{ staff, policy, person }} prepared={at.key} onEnd={onEnd} />;
  }
}

function WhoStep(props: {
  staff: readonly StaffView[];
  policy: Policy;
  person: NewPerson;
  onInput: (person: NewPerson) => void;
  onNext: () => void;
  onCancel: () => void;
}) {
  const { staff, policy, person, onInput, onNext } = props;
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<Problems<NewPerson>>({});
  useFirstField(form);
  const change = (part: Partial<NewPerson>) => {
    onInput({ ...person, ...part });
    setProblems({});
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const found = checkPerson({ ...person, name: cleanLine(person.name) }, staff, localDay(Date.now()));
    setProblems(found);
    if (Object.keys(found).length === 0) onNext();
    else focusFirstFault(form.current);
  };
  return (
    <form class="panel stack" ref={form} onSubmit={submit} noValidate aria-labelledby="enrol-who">
      <h2 id="enrol-who">Enrol a person: who</h2>
      <div class="columns">
        <TextField
          label="Name"
          value={person.name}
          error={problems.name}
          maxLength={80}
          autoCapitalize="words"
          onInput={(name) => change({ name })}
        />
        <SelectField
          label="Role"
          value={person.role}
          placeholder="Choose"
          options={rolesToChoose}
          error={problems.role}
          hint={person.role === '' ? null : `In this clinic: ${dutiesOf(person.role, policy)}.`}
          onInput={(value) => change({ role: roleOf(value) })}
        />
      </div>
      <ParticularsFields
        {...{ name: person.name, role: person.role, policy, value: person, errors: problems, idleNow: '' }}
        onInput={change}
      />
      <div class="row">
        <Button kind="primary" type="submit">
          Next: their PIN
        </Button>
        <Button onClick={props.onCancel}>Cancel</Button>
      </div>
    </form>
  );
}

/** The role that was chosen, or an empty text for none. */
export const roleOf = (value: string): Role | '' =>
  rolesToChoose.find((role) => role.value === value)?.value ?? '';

function SignStep(props: Props & { person: NewPerson; prepared: Prepared }) {
  const { staff, policy, person, prepared, onEnd } = props;
  const name = cleanLine(person.name);
  const { role } = person;
  if (role === '') return null;
  const kept = keptOf(person, role);
  const body = { staff: { id: prepared.staff, name, role, publicKey: prepared.publicKey, ...kept } };
  const end = ({ seq, proposed }: Signed) =>
    onEnd(
      proposed
        ? `${name} is proposed, as number ${seq}. It waits under Approvals; until then they can sign nothing.`
        : `${name} is enrolled and can sign now. Recorded as number ${seq}.`,
    );
  return (
    <AdminForm
      title={`Enrol ${name}`}
      people={whoMayAdminister(staff, policy)}
      staff={staff}
      asks={{ type: 'staff.enrolled', body }}
      action="Sign and enrol"
      nobody="Nobody on this device may enrol people. Ask the registrant."
      build={() => ({ type: 'staff.enrolled', body })}
      onSigned={end}
      onCancel={() => onEnd('')}
    >
      <p>
        {[name, ROLE_NAMES[role], ...wordsOf(kept)].join(', ')}. Who signs here vouches that this is the
        person whose PIN was just set.
      </p>
    </AdminForm>
  );
}

const wordsOf = ({ licence, deaNumber, screened, trained }: ReturnType<typeof keptOf>): string[] => [
  ...(licence === undefined ? [] : [`licence ${licence}`]),
  ...(deaNumber === undefined ? [] : [`DEA number ${deaNumber}`]),
  ...(screened === undefined ? [] : [`screened ${screened}`]),
  ...(trained === undefined ? [] : [`trained ${trained}`]),
];
