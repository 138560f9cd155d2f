import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import type { Outcome, Refusal } from '../../../shared/protocol/outcome.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { PinField } from '../../../shared/ui/PinField.tsx';
import { useUnsaved } from '../../app/unsaved.ts';
import { useFirstField } from './AdminForm.tsx';
import { checkPin } from './model.ts';

/** A person chooses a PIN, twice, while everybody else looks away. `make` makes the key under it. */
export function PinStep<T>(props: {
  name: string;
  children?: ComponentChildren;
  make: (pin: string) => Promise<Outcome<T>>;
  onNext: (made: T) => void;
  onBack: () => void;
}) {
  const { name } = props;
  const heading = useId();
  const form = useRef<HTMLFormElement>(null);
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [problems, setProblems] = useState<{ pin?: string; again?: string }>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  useUnsaved(true);
  useFirstField(form);
  const submit = async () => {
    const found = checkPin({ pin, again });
    setProblems(found);
    setRefusal(null);
    if (Object.keys(found).length > 0) return focusFirstFault(form.current);
    setBusy(true);
    const made = await props.make(pin);
    setBusy(false);
    if (made.ok) props.onNext(made.value);
    else if (made.refusal.code === 'weak-pin') setProblems({ pin: made.refusal.message });
    else setRefusal(made.refusal);
  };
  return (
    <form
      class="panel stack sign-panel"
      ref={form}
      aria-labelledby={heading}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <h2 id={heading}>{name}: choose your own PIN</h2>
      <p>
        Hand the device to {name} and look away. A PIN is a signature: nobody else may know it, the registrant
        included. It cannot be read out again, only replaced.
      </p>
      {props.children}
      <div class="columns">
        <PinField label="New PIN" isNew value={pin} error={problems.pin} onInput={setPin} />
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
