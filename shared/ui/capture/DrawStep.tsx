import { useEffect, useRef } from 'preact/hooks';
import { performersOf } from '../../domain/policy/base.ts';
import { factorDue } from '../../domain/policy/factors.ts';
import { SCHEDULES } from '../../domain/policy/schema.ts';
import { compare, readTypedQuantity } from '../../domain/quantity.ts';
import type { ContainerView } from '../../protocol/views.ts';
import { Amount } from '../Amount.tsx';
import { Button } from '../Button.tsx';
import { SelectField, TextField } from '../Field.tsx';
import { dayText } from '../format.ts';
import { Notice } from '../Notice.tsx';
import { QuantityField } from '../QuantityField.tsx';
import { CameFrom } from './CameFrom.tsx';
import { mismatch } from './drug-match.ts';
import { FactorNote } from './FactorNote.tsx';
import { formKeys } from './keys.ts';
import {
  type CameWith,
  type CaptureErrors,
  type CaptureField,
  type CaptureValues,
  leftoverOf,
  saidOf,
} from './model.ts';
import { PatientFields } from './PatientFields.tsx';
import { SaidByPage, searchFor } from './SaidByPage.tsx';
import { ableTo, Signature } from './Signature.tsx';
import { type Suggestion, Suggestions } from './Suggestions.tsx';
import type { CaptureData } from './use-capture.ts';
import { type ScannerSlot, VialPicker } from './VialPicker.tsx';
import { WhenNote } from './WhenNote.tsx';

export type DrawStepProps = {
  data: CaptureData;
  values: CaptureValues;
  pin: string;
  errors: CaptureErrors;
  refusal: string | null;
  busy: boolean;
  suggestions: readonly Suggestion[];
  scanner?: ScannerSlot | undefined;
  /** Where the form was opened from, as long as what came from there is in it. */
  cameFrom: CameWith | undefined;
  /** Takes away what came from there. */
  onLeaveOut: () => void;
  /** What speaks against the amount for a vial, in words. */
  remarkOn?: ((container: ContainerView) => string | null) | undefined;
  /** Whether a passkey or security key can be used on this page. */
  factorHere: boolean;
  onSet: (field: CaptureField, value: string) => void;
  onPin: (pin: string) => void;
  onSubmit: (form: HTMLFormElement) => void;
  /** Drops what was typed. */
  onCancel: (() => void) | undefined;
  /** Goes away and leaves what was typed as a draft. */
  onLeave: (() => void) | undefined;
};

/** Which vial, how much, for whom, by whom. Enter moves on; the PIN is the last field and Enter records. */
export function DrawStep(props: DrawStepProps) {
  const { data, values, errors, onSet } = props;
  const container = data.containers.find((c) => c.id === values.container);
  const able = ableTo(data.staff, performersOf(data.policy, 'draw', container ? [container.schedule] : []));
  const set = (field: CaptureField) => (value: string) => onSet(field, value);
  const drawn = useRef<HTMLInputElement>(null);
  const vial = useRef<HTMLInputElement>(null);
  const pin = useRef<HTMLInputElement>(null);
  const chosen = container !== undefined;
  const factored = isFactored(data, container);
  useEffect(() => {
    const ready = chosen && values.drawn !== '' && values.patient !== '' && values.performer !== '';
    (ready ? pin : chosen ? drawn : vial).current?.focus();
  }, [chosen]);
  const unit = container?.unit ?? '';
  const remarkOn = props.remarkOn ?? ((one: ContainerView) => mismatch(one, saidOf(values)));
  const remark = container ? remarkOn(container) : null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape anywhere in the form leaves it
    <div
      class="stack capture"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) props.onLeave?.();
      }}
    >
      <SaidByPage {...values} />
      {props.cameFrom ? (
        <CameFrom
          {...props.cameFrom}
          onLeaveOut={() => {
            props.onLeaveOut();
            vial.current?.focus();
          }}
        />
      ) : null}
      <VialPicker
        stock={data}
        chosen={container}
        error={errors.container}
        scanner={props.scanner}
        inputRef={vial}
        search={searchFor(values, data)}
        onChoose={(picked) => onSet('container', picked?.id ?? '')}
      />
      <form
        class="stack"
        noValidate
        onKeyDown={(event) => formKeys(event)}
        onSubmit={(event) => {
          event.preventDefault();
          props.onSubmit(event.currentTarget);
        }}
      >
        <FactorNote
          due={factored}
          here={props.factorHere}
          signers={data.staff.filter(({ id }) => id === values.performer)}
        />
        {container?.expired || container?.onHold ? <Unfit {...props} container={container} /> : null}
        <div class="pair">
          <QuantityField
            label="Drawn"
            unit={unit}
            value={values.drawn}
            error={errors.drawn}
            inputRef={drawn}
            onInput={set('drawn')}
          />
          <QuantityField
            label="Given"
            unit={unit}
            hint="Empty: all of it"
            value={values.given}
            error={errors.given}
            onInput={set('given')}
          />
        </div>
        {remark === null ? null : <Notice kind="warn">{remark}</Notice>}
        <Leftover values={values} container={container} />
        <WhenNote at={values.at} now={Date.now()} onChange={set('at')} />
        <Suggestions suggestions={props.suggestions} values={values} onAccept={onSet} />
        <PatientFields values={values} errors={errors} set={set} />
        {factored && !props.factorHere ? (
          <SelectField
            label="Drawn by"
            placeholder="Pick your name"
            value={values.performer}
            options={able.map(({ id, name }) => ({ value: id, label: name }))}
            onInput={set('performer')}
          />
        ) : (
          <Signature
            who="Drawn by"
            people={able}
            value={{ by: values.performer, pin: props.pin }}
            factorDue={factored}
            errors={{ by: errors.performer, pin: errors.pin }}
            pinRef={pin}
            onInput={({ by, pin }) => {
              if (by !== values.performer) onSet('performer', by);
              props.onPin(pin);
            }}
          />
        )}
        {props.refusal ? <Notice kind="danger">{props.refusal}</Notice> : null}
        <div class="row">
          <Button type="submit" kind="primary" busy={props.busy}>
            {factored && !props.factorHere ? 'Keep as a draft' : 'Sign and record'}
          </Button>
          {props.onCancel ? <Button onClick={props.onCancel}>Cancel</Button> : null}
        </div>
      </form>
    </div>
  );
}

/** Whether the draw needs a passkey or security key; said before a vial is chosen where it does whichever it is. */
const isFactored = ({ policy }: CaptureData, container: ContainerView | undefined): boolean =>
  (container ? [container.schedule] : SCHEDULES).every((schedule) => factorDue(policy, 'draw', [schedule]));

/** One reason answers for all that speaks against this vial. */
function Unfit(props: DrawStepProps & { container: ContainerView }) {
  const { number, expired, expires } = props.container;
  const title = expired
    ? `Container ${number} expired on ${dayText(expires)}.`
    : `Container ${number} is set aside until its discrepancy is resolved.`;
  return (
    <Notice kind="warn" title={title}>
      <p>Pick another one, or say why this one was used. The reason goes into the record.</p>
      <TextField
        label="Why it was used"
        value={props.values.expiredReason}
        maxLength={200}
        error={props.errors.expiredReason}
        onInput={(value) => props.onSet('expiredReason', value)}
      />
    </Notice>
  );
}

/** What stays in the syringe, worked out while typing, and what the book will say of it. */
function Leftover({ values, container }: { values: CaptureValues; container: ContainerView | undefined }) {
  const left = leftoverOf(values);
  const drawn = readTypedQuantity(values.drawn);
  const below = container && drawn.ok && compare(drawn.quantity, container.balance) > 0;
  return (
    <>
      <p class="leftover" role="status">
        <span>Left over</span>{' '}
        {left !== null && container ? (
          <strong>
            <Amount quantity={left} unit={container.unit} />
          </strong>
        ) : (
          <span class="muted">drawn less given</span>
        )}
      </p>
      {below ? (
        <Notice kind="warn">
          <p>
            The book has <Amount quantity={container.balance} unit={container.unit} /> in {container.number}.
            It is recorded all the same, and has to be explained when the vial is closed.
          </p>
        </Notice>
      ) : null}
    </>
  );
}
