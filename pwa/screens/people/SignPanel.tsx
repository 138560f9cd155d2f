import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { SelectField } from '../../../shared/ui/Field.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { PinField } from '../../../shared/ui/PinField.tsx';

/** Who signs, with their PIN, as the last step of an act. What was typed stays after a refusal. */
export function SignPanel(props: {
  title: string;
  /** What is being signed for, in the words of the screen. */
  children?: ComponentChildren;
  people: readonly StaffView[];
  /** Who is offered first. */
  suggested?: string | null;
  action: string;
  /** What to say when `people` is empty. */
  nobody: string;
  busy: boolean;
  refusal: Refusal | null;
  onSign: (by: string, pin: string) => void;
  onCancel?: () => void;
  cancel?: string;
}) {
  const { title, people, suggested, action, busy, refusal, onSign, onCancel } = props;
  const heading = useId();
  const [chosen, setChosen] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const [missing, setMissing] = useState<{ by?: string; pin?: string }>({});
  const pinInput = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  // Signing is the next thing to do wherever this panel comes up: the first field that is still empty takes the focus.
  useEffect(() => {
    const fields = form.current?.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
      'input, select, textarea',
    );
    [...(fields ?? [])].find((field) => field.value === '')?.focus({ preventScroll: true });
    form.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const by = chosen ?? firstOf(people, suggested);
  useEffect(() => {
    if (refusal && isAboutPin(refusal)) pinInput.current?.select();
  }, [refusal]);

  const submit = (event: Event) => {
    event.preventDefault();
    const problems = {
      ...(by === '' ? { by: 'Choose who signs.' } : {}),
      ...(pin === '' ? { pin: 'Type your PIN.' } : {}),
    };
    setMissing(problems);
    if (Object.keys(problems).length === 0 && !busy) onSign(by, pin);
    else if (pin === '') pinInput.current?.focus();
  };
  if (people.length === 0) return <Notice kind="warn">{props.nobody}</Notice>;
  return (
    <form class="panel stack sign-panel" ref={form} aria-labelledby={heading} onSubmit={submit} noValidate>
      <h2 id={heading}>{title}</h2>
      {props.children}
      <div class="columns">
        <SelectField
          label="Who signs"
          value={by}
          placeholder="Choose"
          options={people.map((p) => ({ value: p.id, label: p.name }))}
          error={missing.by}
          onInput={setChosen}
        />
        <PinField
          label="PIN"
          value={pin}
          inputRef={pinInput}
          onInput={setPin}
          error={missing.pin ?? (refusal && isAboutPin(refusal) ? refusal.message : undefined)}
        />
      </div>
      {refusal && !isAboutPin(refusal) ? <Notice kind="danger">{refusal.message}</Notice> : null}
      <div class="row">
        <Button kind="primary" type="submit" busy={busy}>
          {action}
        </Button>
        {onCancel ? <Button onClick={onCancel}>{props.cancel ?? 'Back'}</Button> : null}
      </div>
    </form>
  );
}

const isAboutPin = ({ code }: Refusal) => code === 'wrong-pin' || code === 'locked' || code === 'no-key';

function firstOf(people: readonly StaffView[], suggested: string | null | undefined): string {
  if (people.some((p) => p.id === suggested)) return suggested ?? '';
  return people.length === 1 ? (people[0]?.id ?? '') : '';
}
