import type { Ref } from 'preact';
import type { Unit } from '../domain/quantity.ts';
import { Field, type FieldFrame } from './Field.tsx';

/** An amount as typed, with its unit always beside it. Read it with `readTypedQuantity`. */
export function QuantityField(
  props: FieldFrame & {
    value: string;
    unit: Unit | '';
    onInput: (value: string) => void;
    onBlur?: () => void;
    inputRef?: Ref<HTMLInputElement>;
  },
) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {({ id, describedBy, invalid }) => (
        <div class="quantity">
          <input
            id={id}
            class="input"
            ref={props.inputRef ?? null}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            maxLength={16}
            value={props.value}
            aria-invalid={invalid}
            aria-describedby={[`${id}-unit`, describedBy].filter(Boolean).join(' ')}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            onBlur={props.onBlur}
          />
          <span class="unit" id={`${id}-unit`}>
            {props.unit}
          </span>
        </div>
      )}
    </Field>
  );
}
