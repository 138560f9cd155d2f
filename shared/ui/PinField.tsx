import type { Ref } from 'preact';
import { Field, type FieldFrame } from './Field.tsx';
import { useForgottenPin } from './pins.ts';

/** A PIN. Kept out of password managers: it belongs to a person, not to this computer. */
export function PinField(
  props: FieldFrame & {
    value: string;
    onInput: (value: string) => void;
    inputRef?: Ref<HTMLInputElement>;
    isNew?: boolean;
  },
) {
  useForgottenPin(() => {
    if (props.value !== '') props.onInput('');
  });
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {({ id, describedBy, invalid }) => (
        <input
          id={id}
          class="input pin"
          ref={props.inputRef ?? null}
          type="password"
          inputMode="numeric"
          autoComplete={props.isNew ? 'new-password' : 'off'}
          data-1p-ignore
          data-lpignore="true"
          maxLength={64}
          value={props.value}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
