import { useRef, useState } from 'preact/hooks';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import { SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, timeText } from '../../../shared/ui/format.ts';
import { service } from '../../app/ledger.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { AdminForm, useFirstField } from './AdminForm.tsx';
import { checkName, checkReason, endAfter, hoursToChoose, whoMay } from './model.ts';
import { PinStep } from './PinStep.tsx';

type Visitor = { name: string; licence: string; hours: string; reason: string };
type Problems = Partial<Record<keyof Visitor, string>>;
type Prepared = { staff: string; publicKey: string };
type Step = { step: 'who' } | { step: 'pin' } | { step: 'sign'; key: Prepared };
type Props = { staff: readonly StaffView[]; policy: Policy; onEnd: (said: string) => void };

/** A relief vet or a visitor: may witness for a day at the most, and nothing else. */
export function AdmitPanel({ staff, policy, onEnd }: Props) {
  const [visitor, setVisitor] = useState<Visitor>({ name: '', licence: '', hours: '12', reason: '' });
  const [at, setAt] = useState<Step>({ step: 'who' });
  useUnsaved(visitor.name !== '' || at.step !== 'who');
  switch (at.step) {
    case 'who':
      return (
        <WhoStep
          {...{ staff, visitor }}
          onInput={(part) => setVisitor({ ...visitor, ...part })}
          onNext={() => setAt({ step: 'pin' })}
          onCancel={() => onEnd('')}
        />
      );
    case 'pin':
      return (
        <PinStep
          name={cleanLine(visitor.name)}
          make={(pin) => service.prepareStaff(pin)}
          onNext={(key) => setAt({ step: 'sign', key })}
          onBack={() => setAt({ step: 'who' })}
        />
      );
    case 'sign':
      return <SignStep {...{ staff, policy, visitor }} prepared={at.key} onEnd={onEnd} />;
  }
}

function WhoStep(props: {
  staff: readonly StaffView[];
  visitor: Visitor;
  onInput: (part: Partial<Visitor>) => void;
  onNext: () => void;
  onCancel: () => void;
}) {
  const { staff, visitor, onNext } = props;
  const form = useRef<HTMLFormElement>(null);
  const [problems, setProblems] = useState<Problems>({});
  useFirstField(form);
  const onInput = (part: Partial<Visitor>) => {
    props.onInput(part);
    setProblems({});
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const name = checkName(cleanLine(visitor.name), staff);
    const reason = checkReason(cleanLine(visitor.reason));
    const found = {
      ...(name === undefined ? {} : { name }),
      ...(reason.ok ? {} : { reason: reason.message }),
    };
    setProblems(found);
    if (Object.keys(found).length === 0) onNext();
    else focusFirstFault(form.current);
  };
  return (
    <form class="panel stack" ref={form} onSubmit={submit} noValidate aria-labelledby="admit-who">
      <h2 id="admit-who">Admit a visitor: who</h2>
      <p>
        For a relief vet or a colleague from elsewhere. They can witness until it ends, a day at the most.
        They draw nothing, and see no patient’s name.
      </p>
      <div class="columns">
        <TextField
          label="Name"
          value={visitor.name}
          error={problems.name}
          maxLength={80}
          autoCapitalize="words"
          onInput={(name) => onInput({ name })}
        />
        <TextField
          label="Licence number (if any)"
          value={visitor.licence}
          maxLength={30}
          onInput={(licence) => onInput({ licence })}
        />
        <SelectField
          label="For"
          value={visitor.hours}
          options={hoursToChoose}
          onInput={(hours) => onInput({ hours })}
        />
      </div>
      <TextField
        label="Reason"
        value={visitor.reason}
        error={problems.reason}
        maxLength={200}
        list={['Relief veterinarian', 'Visiting colleague', 'Nobody else is free to witness']}
        onInput={(reason) => onInput({ reason })}
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

function SignStep(props: Props & { visitor: Visitor; prepared: Prepared }) {
  const { staff, policy, visitor, prepared, onEnd } = props;
  const [name, licence] = [cleanLine(visitor.name), cleanLine(visitor.licence)];
  // One end for what is shown and what is signed, however long the signing takes.
  const [until] = useState(() => endAfter(visitor.hours, Date.now()));
  const body = {
    staff: {
      ...{ id: prepared.staff, name, publicKey: prepared.publicKey },
      ...(licence === '' ? {} : { licence }),
    },
    ...{ until, reason: cleanLine(visitor.reason) },
  };
  return (
    <AdminForm
      title={`Admit ${name}`}
      people={whoMay('staff.admitted', staff, policy)}
      staff={staff}
      asks={{ type: 'staff.admitted', body }}
      action="Sign and admit"
      nobody="Nobody on this device may admit visitors. Ask the registrant."
      build={() => ({ type: 'staff.admitted', body })}
      onSigned={({ seq }) =>
        onEnd(`${name} can witness until ${timeText(until)}. Recorded as number ${seq}.`)
      }
      onCancel={() => onEnd('')}
    >
      <p>
        {name} witnesses until {timeText(until)}. Who signs here vouches that this is the person whose PIN was
        just set.
      </p>
    </AdminForm>
  );
}
