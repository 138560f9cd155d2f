import { useEffect, useRef, useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import { ROLE_NAMES, type Role } from '../../../shared/domain/roles.ts';
import type { StaffView } from '../../../shared/protocol/ledger.ts';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { PinField } from '../../../shared/ui/PinField.tsx';
import { service } from '../../app/ledger.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { useAct } from '../../app/use-act.ts';
import {
  checkPerson,
  checkPin,
  dutiesOf,
  type NewPerson,
  type Problems,
  rolesToChoose,
  whoMayAdminister,
} from './model.ts';
import { SignPanel } from './SignPanel.tsx';

type Prepared = { staff: string; publicKey: string };
type Step = { step: 'who' } | { step: 'pin' } | { step: 'sign'; key: Prepared };

/**
 * Three steps, each by the one whom it concerns: who it is, the new person's own PIN, the signature of somebody
 * who may enrol.
 */
export function EnrolPanel(props: {
  staff: readonly StaffView[];
  policy: Policy;
  onEnd: (said: string) => void;
}) {
  const { staff, policy, onEnd } = props;
  const [person, setPerson] = useState<NewPerson>({ name: '', role: '', licence: '' });
  const [at, setAt] = useState<Step>({ step: 'who' });
  useUnsaved(person.name !== '' || person.licence !== '' || at.step !== 'who');
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
          onNext={(key) => setAt({ step: 'sign', key })}
          onBack={() => setAt({ step: 'who' })}
        />
      );
    case 'sign':
      return <SignStep {...{ staff, policy, person }} prepared={at.key} onEnd={onEnd} onCancel={cancel} />;
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
  const [problems, setProblems] = useState<Problems<NewPerson>>({});
  const nameInput = useFocus();
  const change = (part: Partial<NewPerson>) => onInput({ ...person, ...part });
  const submit = (event: Event) => {
    event.preventDefault();
    const found = checkPerson({ ...person, name: cleanLine(person.name) }, staff);
    setProblems(found);
    if (Object.keys(found).length === 0) onNext();
  };
  return (
    <form class="panel stack" onSubmit={submit} noValidate aria-labelledby="enrol-who">
      <h2 id="enrol-who">Enrol a person: who</h2>
      <TextField
        label="Name"
        value={person.name}
        error={problems.name}
        maxLength={80}
        autoCapitalize="words"
        inputRef={nameInput}
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
      <TextField
        label="Licence number (if any)"
        value={person.licence}
        error={problems.licence}
        maxLength={30}
        onInput={(licence) => change({ licence })}
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

const roleOf = (value: string): Role | '' => rolesToChoose.find((role) => role.value === value)?.value ?? '';

function PinStep(props: { name: string; onNext: (key: Prepared) => void; onBack: () => void }) {
  const { name, onNext } = props;
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [problems, setProblems] = useState<{ pin?: string; again?: string }>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const pinInput = useFocus();
  const submit = async (event: Event) => {
    event.preventDefault();
    const found = checkPin({ pin, again });
    setProblems(found);
    setRefusal(null);
    if (busy || Object.keys(found).length > 0) return;
    setBusy(true);
    const made = await service.prepareStaff(pin);
    setBusy(false);
    if (made.ok) onNext(made.value);
    else if (made.refusal.code === 'weak-pin') setProblems({ pin: made.refusal.message });
    else setRefusal(made.refusal);
  };
  return (
    <form class="panel stack" onSubmit={(event) => void submit(event)} noValidate aria-labelledby="enrol-pin">
      <h2 id="enrol-pin">{name}: choose your own PIN</h2>
      <p>
        Hand the device to {name}. A PIN is a signature: nobody else may know it, the registrant included. It
        cannot be read out again, only replaced.
      </p>
      <div class="columns">
        <PinField
          label="New PIN"
          isNew
          value={pin}
          inputRef={pinInput}
          error={problems.pin}
          onInput={setPin}
        />
        <PinField label="The same PIN again" isNew value={again} error={problems.again} onInput={setAgain} />
      </div>
      {refusal ? <Notice kind="danger">{refusal.message}</Notice> : null}
      <div class="row">
        <Button kind="primary" type="submit" busy={busy}>
          Next: sign
        </Button>
        <Button onClick={props.onBack}>Back</Button>
      </div>
    </form>
  );
}

function SignStep(props: {
  staff: readonly StaffView[];
  policy: Policy;
  person: NewPerson;
  prepared: Prepared;
  onEnd: (said: string) => void;
  onCancel: () => void;
}) {
  const { staff, policy, person, prepared, onEnd } = props;
  const act = useAct();
  const name = cleanLine(person.name);
  const licence = cleanLine(person.licence);
  const { role } = person;
  if (role === '') return null;
  const sign = async (by: string, pin: string) => {
    const signed = await act.submit({
      type: 'staff.enrolled',
      by,
      body: {
        staff: {
          ...{ id: prepared.staff, name, role, publicKey: prepared.publicKey },
          ...(licence === '' ? {} : { licence }),
        },
      },
      signers: [{ as: 'performer', by, pin }],
    });
    if (signed.ok) onEnd(`${name} is enrolled and can sign now. Recorded as number ${signed.value.seq}.`);
  };
  return (
    <SignPanel
      title={`Enrol ${name}`}
      people={whoMayAdminister(staff, policy)}
      action="Sign and enrol"
      nobody="Nobody on this device may enrol people. Ask the registrant."
      busy={act.busy}
      refusal={act.refusal}
      onSign={(by, pin) => void sign(by, pin)}
      onCancel={props.onCancel}
      cancel="Cancel"
    >
      <p>
        {name}, {ROLE_NAMES[role]}
        {licence === '' ? '' : `, licence ${licence}`}. Who signs here vouches that this is the person whose
        PIN was just set.
      </p>
    </SignPanel>
  );
}

/** A field that takes the focus when its step begins. */
function useFocus() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return input;
}
