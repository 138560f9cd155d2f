import { useEffect, useRef, useState } from 'preact/hooks';
import type { Quantity, Unit } from '../../domain/quantity.ts';
import type { Schedule } from '../../domain/schema.ts';
import type { StaffView } from '../../protocol/views.ts';
import { Amount } from '../Amount.tsx';
import { Button } from '../Button.tsx';
import { SelectField, TextField } from '../Field.tsx';
import { cleanLine } from '../format.ts';
import { Notice } from '../Notice.tsx';
import { PinField } from '../PinField.tsx';
import { ScheduleTag } from '../ScheduleTag.tsx';
import { FactorNote } from './FactorNote.tsx';
import { formKeys } from './keys.ts';
import { NO_SIGNING, Signature, type Signing, signingFaults } from './Signature.tsx';

const WASTE_REASONS = [
  'Left over from the dose',
  'Contaminated',
  'Drawn in error',
  'Procedure stopped',
  'Expired after opening',
];
const OTHER = 'other';

export type Witnessed = {
  product: string;
  strength?: string | undefined;
  schedule: Schedule;
  number: string;
  quantity: Quantity;
  unit: Unit;
};

/** Whether a witness signs in the same record, may follow later, or is not asked for. */
export type WitnessDue = 'now' | 'late' | 'none';

/** Who witnesses: somebody beside the performer, somebody with their own phone, or nobody yet. */
export type WitnessAnswer = {
  reason: string;
  witness: Signing | 'elsewhere' | null;
  performerPin: string | null;
};
/** What is typed on the panel and may be kept: everything but the PINs. */
export type WitnessValues = { reason: string; other: string; witness: string };
export type WitnessErrors = {
  witness?: string | undefined;
  performer?: string | undefined;
  form?: string | undefined;
};

/**
 * The second person's step: drug, container, amount and reason large, then their own name and their own PIN.
 * `askPerformer` is set where the performer's PIN is no longer held.
 */
export function WitnessPanel(props: {
  what: Witnessed;
  due: WitnessDue;
  performer: StaffView | undefined;
  askPerformer: boolean;
  /** True where they have signed for the draw on this form: it is said why they are asked once more. */
  askAgain?: boolean;
  witnesses: readonly StaffView[];
  errors: WitnessErrors;
  busy: boolean;
  /** What was typed before, to go on with. */
  initial?: WitnessValues;
  onChange?: (values: WitnessValues) => void;
  onSign: (answer: WitnessAnswer) => void;
  /** Whether every signature needs a passkey or security key, and whether one can be used on this page. */
  factor: { due: boolean; here: boolean };
  /** Set where the witness may sign on a phone of their own. */
  elsewhere?: boolean;
  onLeave?: { label: string; act: () => void };
}) {
  const { what, due, performer, witnesses, errors, busy } = props;
  const [picked, setPicked] = useState(props.initial?.reason || (WASTE_REASONS[0] ?? OTHER));
  const [other, setOther] = useState(props.initial?.other ?? '');
  const [witness, setWitness] = useState<Signing>({ ...NO_SIGNING, by: props.initial?.witness ?? '' });
  const [performerPin, setPerformerPin] = useState('');
  const [faults, setFaults] = useState<{ by?: string; pin?: string; reason?: string; performer?: string }>(
    {},
  );
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const changed = (now: Partial<WitnessValues>) =>
    props.onChange?.({ reason: picked, other, witness: witness.by, ...now });

  // Nobody can sign it on this page: it is only kept.
  const keepsOnly = props.factor.due && !props.factor.here;
  const reason = picked === OTHER ? cleanLine(other) : picked;
  const sign = (by: Signing | 'elsewhere' | null) => {
    const found = {
      ...(by === witness ? signingFaults(witness) : {}),
      ...(reason === '' ? { reason: 'Say why it is wasted.' } : {}),
      ...(props.askPerformer && performerPin === '' && !keepsOnly ? { performer: 'Type your PIN.' } : {}),
    };
    setFaults(found);
    if (busy || Object.keys(found).length > 0) return;
    props.onSign({
      reason,
      witness: by,
      performerPin: props.askPerformer ? performerPin : null,
    });
  };
  return (
    <form
      class="stack witness"
      noValidate
      onKeyDown={(event) => formKeys(event, props.onLeave?.act)}
      onSubmit={(event) => {
        event.preventDefault();
        sign(due === 'none' || keepsOnly ? null : witness);
      }}
    >
      <div class="witness-what">
        <h2 ref={heading} tabIndex={-1}>
          Waste <Amount quantity={what.quantity} unit={what.unit} />
        </h2>
        <p class="witness-drug">
          {what.product} {what.strength} <ScheduleTag schedule={what.schedule} />
        </p>
        <p>
          Container <strong class="amount">{what.number}</strong>, by {performer?.name ?? 'somebody'}
        </p>
        <p class="witness-reason">{reason || 'No reason yet'}</p>
      </div>
      <FactorNote
        {...props.factor}
        signers={[performer, witnesses.find(({ id }) => id === witness.by)].filter(
          (one) => one !== undefined,
        )}
      />
      <SelectField
        label="Reason"
        value={picked}
        options={[
          ...WASTE_REASONS.map((r) => ({ value: r, label: r })),
          { value: OTHER, label: 'Another reason' },
        ]}
        onInput={(reason) => {
          setPicked(reason);
          changed({ reason });
        }}
      />
      {picked === OTHER ? (
        <TextField
          label="Which"
          maxLength={200}
          value={other}
          error={faults.reason}
          onInput={(text) => {
            setOther(text);
            changed({ other: text });
          }}
        />
      ) : null}
      {props.askPerformer && props.askAgain && performer ? (
        <Notice kind="warn">
          It is a while since {performer.name} signed for the draw. Both sign now, within ten minutes of each
          other.
        </Notice>
      ) : null}
      {props.askPerformer && performer && !keepsOnly ? (
        <PinField
          label={`PIN of ${performer.name}, who wastes it`}
          value={performerPin}
          error={faults.performer ?? errors.performer}
          onInput={setPerformerPin}
        />
      ) : null}
      {due === 'none' || keepsOnly ? null : (
        <Signature
          who="Witness, who saw it"
          people={witnesses}
          value={witness}
          factorDue={props.factor.due}
          {...(performer ? { performer: performer.id } : {})}
          errors={{ by: faults.by, pin: faults.pin ?? errors.witness }}
          onInput={(next) => {
            setWitness(next);
            if (next.by !== witness.by) changed({ witness: next.by });
          }}
        />
      )}
      {errors.form ? <Notice kind="danger">{errors.form}</Notice> : null}
      {!props.askPerformer && errors.performer ? <Notice kind="danger">{errors.performer}</Notice> : null}
      <div class="row">
        <Button type="submit" kind="primary" busy={busy}>
          {keepsOnly ? 'Keep as a draft' : due === 'none' ? 'Record the waste' : 'Witness and record'}
        </Button>
        {due !== 'none' && props.elsewhere ? (
          <Button onClick={() => sign('elsewhere')}>Witness on their phone</Button>
        ) : null}
        {due === 'late' && !keepsOnly ? (
          <Button onClick={() => sign(null)}>Nobody is free: witness pending</Button>
        ) : null}
        {props.onLeave ? <Button onClick={props.onLeave.act}>{props.onLeave.label}</Button> : null}
      </div>
    </form>
  );
}
