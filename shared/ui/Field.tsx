import type { ComponentChildren, Ref } from 'preact';
import { useId } from 'preact/hooks';

export type FieldFrame = {
  label: string;
  hint?: ComponentChildren;
  /** A sentence: what was wrong and what to do. What was typed stays in the field. */
  error?: string | null | undefined;
};

type Ids = { id: string; describedBy: string | undefined; invalid: boolean };

/** Label, hint and refusal around any control, tied together for assistive technology. */
export function Field(props: FieldFrame & { children: (ids: Ids) => ComponentChildren }) {
  const id = useId();
  const { label, hint, error } = props;
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {props.children({ id, describedBy: described || undefined, invalid: Boolean(error) })}
      {hint ? (
        <div class="hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
      <div class="error" id={`${id}-error`} role="alert" hidden={!error}>
        {error}
      </div>
    </div>
  );
}

export type TextFieldProps = FieldFrame & {
  value: string;
  onInput: (value: string) => void;
  onBlur?: () => void;
  required?: boolean;
  maxLength?: number;
  placeholder?: string;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'search';
  type?: 'text' | 'search' | 'date';
  autoComplete?: string;
  autoCapitalize?: 'characters' | 'words' | 'none';
  spellcheck?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  list?: readonly string[];
};

/** One line of text. */
export function TextField(props: TextFieldProps) {
  const listId = useId();
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {({ id, describedBy, invalid }) => (
        <>
          <input
            id={id}
            class="input"
            ref={props.inputRef ?? null}
            type={props.type ?? 'text'}
            value={props.value}
            required={props.required ?? false}
            maxLength={props.maxLength}
            placeholder={props.placeholder}
            inputMode={props.inputMode}
            autoComplete={props.autoComplete ?? 'off'}
            autoCapitalize={props.autoCapitalize}
            spellcheck={props.spellcheck ?? false}
            aria-invalid={invalid}
            aria-describedby={describedBy}
            list={props.list ? listId : undefined}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            onBlur={props.onBlur}
          />
          {props.list ? (
            <datalist id={listId}>
              {props.list.map((option) => (
                <option key={option} value={option} />
              ))}
            </datalist>
          ) : null}
        </>
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea(
  props: FieldFrame & { value: string; onInput: (value: string) => void; maxLength?: number; rows?: number },
) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {({ id, describedBy, invalid }) => (
        <textarea
          id={id}
          class="input"
          rows={props.rows ?? 3}
          value={props.value}
          maxLength={props.maxLength}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

export type Option = { value: string; label: string; disabled?: boolean };

/** One of a list. `placeholder` is the first, empty choice. */
export function SelectField(
  props: FieldFrame & {
    value: string;
    options: readonly Option[];
    onInput: (value: string) => void;
    placeholder?: string;
    selectRef?: Ref<HTMLSelectElement>;
  },
) {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {({ id, describedBy, invalid }) => (
        <select
          id={id}
          class="input"
          ref={props.selectRef ?? null}
          value={props.value}
          aria-invalid={invalid}
          aria-describedby={describedBy}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        >
          {props.placeholder === undefined ? null : <option value="">{props.placeholder}</option>}
          {props.options.map((option) => (
            <option key={option.value} value={option.value} disabled={option.disabled ?? false}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A yes or no. */
export function CheckField(props: {
  label: ComponentChildren;
  checked: boolean;
  onInput: (on: boolean) => void;
}) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={props.checked}
        onInput={(event) => props.onInput(event.currentTarget.checked)}
      />
      <span>{props.label}</span>
    </label>
  );
}

/** A few choices that stand side by side. */
export function Choices<T extends string>(props: {
  legend: string;
  name: string;
  value: T | null;
  options: readonly { value: T; label: ComponentChildren }[];
  onInput: (value: T) => void;
}) {
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      {props.options.map((option) => (
        <label class="choice" key={option.value}>
          <input
            type="radio"
            name={props.name}
            checked={props.value === option.value}
            onInput={() => props.onInput(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
