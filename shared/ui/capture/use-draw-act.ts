import { useEffect, useRef, useState } from 'preact/hooks';
import { factorDue } from '../../domain/policy/factors.ts';
import type { PatientReference } from '../../domain/schema.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { Receipt } from '../../protocol/ledger.ts';
import type { ContainerView } from '../../protocol/views.ts';
import type { CaptureStep } from './CaptureForm.tsx';
import type { DrawActProps } from './DrawAct.tsx';
import { type ActFacts, factsOf } from './facts.ts';
import { focusFirstFault } from './keys.ts';
import {
  type CaptureErrors,
  type CaptureField,
  type CaptureValues,
  drawBody,
  patientOf,
  readCapture,
  resumed,
} from './model.ts';
import { FACTOR_ELSEWHERE, recordAct } from './record.ts';
import { useDraft, useEntryId } from './use-capture.ts';

type Amounts = { drawn: string; given: string; leftover: string };

/** What is typed of a draw, and its way into the ledger. */
export function useDrawAct(props: DrawActProps) {
  const { port, data, source, onDirty } = props;
  const { values, draft, entryId, change, leaveOut } = useDrawForm(props);
  const keepPatient = useKeptPatient(port);
  const [pin, setPin] = useState('');
  const [errors, setErrors] = useState<CaptureErrors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const set = (field: CaptureField, value: string) => {
    change(field, value);
    setErrors((old) => ({ ...old, [field]: undefined }));
  };

  const record = async (container: ContainerView, amounts: Amounts) => {
    const kept = await keepPatient(values).catch(
      () => 'The patient could not be kept. Nothing was recorded; try again.',
    );
    if (typeof kept === 'string') return kept;
    const body = drawBody({ values, amounts, container, patient: kept, source });
    const signers = [{ as: 'performer' as const, by: values.performer, pin }];
    const at = values.at === '' ? {} : { at: values.at };
    return recordAct(port, { id: entryId ?? '', type: 'draw', ...at, by: values.performer, body, signers });
  };

  const submit = async (form: HTMLFormElement) => {
    const container = data.containers.find((c) => c.id === values.container);
    const read = readCapture(values, container);
    const faults: CaptureErrors = {
      ...(read.ok ? {} : read.errors),
      ...(pin === '' ? { pin: 'Type your PIN.' } : {}),
    };
    if (!port.askFactor && container && factorDue(data.policy, 'draw', [container.schedule])) {
      // A form that was filled by a page and not touched is kept too, to be gone on with in the app.
      draft.save(values);
      return setRefusal(FACTOR_ELSEWHERE);
    }
    setErrors(faults);
    setRefusal(null);
    if (!read.ok || !container || pin === '' || entryId === null) return focusFirstFault(form);
    setBusy(true);
    const outcome = await record(container, read.amounts);
    setBusy(false);
    if (typeof outcome === 'string') return setRefusal(outcome);
    if (!outcome.ok) {
      if (outcome.of !== 'performer') return setRefusal(outcome.refusal.message);
      setErrors({ pin: outcome.refusal.message });
      return focusFirstFault(form);
    }
    draft.drop();
    onDirty?.(false);
    props.onRecorded?.(outcome.value, values);
    props.onTook(
      outcome.value,
      lineOf(container, read.amounts),
      factsOfDraw(values, container, read.amounts),
    );
    props.onNext(stepAfter(outcome.value, container, read.amounts, { pin, performer: values.performer }));
    setPin('');
  };

  return { form: { values, pin, errors, refusal }, draft, busy, set, leaveOut, setPin, submit };
}

/** The values, kept as a draft from the first change on. */
function useDrawForm(props: DrawActProps) {
  const { port, source, onDirty } = props;
  const [values, setValues] = useState<CaptureValues>(() =>
    resumed(props.draft?.form ?? props.initial ?? {}, props.data.containers),
  );
  const [touched, setTouched] = useState(false);
  const entryId = useEntryId(port, props.draft?.entryId);
  const startedAt = useRef(props.draft?.startedAt ?? new Date().toISOString());
  const draft = useDraft(port, entryId, { type: 'draw', startedAt: startedAt.current, ...source });
  useEffect(() => {
    if (touched) draft.save(values);
  }, [values, touched, entryId]);
  useEffect(() => () => onDirty?.(false), [onDirty]);
  const change = (field: CaptureField, value: string) => {
    setValues((old) => ({ ...old, [field]: value }));
    setTouched(true);
    onDirty?.(true);
  };
  // Nothing typed yet is nothing to keep: a form that a link has opened does not become a draft by refusing it.
  const leaveOut = () => setValues((old) => ({ ...old, consultation: '' }));
  return { values, draft, entryId, change, leaveOut };
}

/** Puts the patient into the vault once for each spelling, also where the entry is tried again. A text is a refusal. */
function useKeptPatient(port: CapturePort) {
  const patient = useRef<{ key: string; reference: PatientReference } | null>(null);
  return async (values: CaptureValues): Promise<PatientReference | null | string> => {
    const details = patientOf(values);
    if (details === null) return null;
    const key = JSON.stringify(details);
    if (patient.current?.key === key) return patient.current.reference;
    const kept = await port.keepPatient(details);
    if (!kept.ok) return kept.refusal.message;
    patient.current = { key, reference: kept.value };
    return kept.value;
  };
}

const factsOfDraw = (values: CaptureValues, container: ContainerView, { given }: Amounts): ActFacts => {
  const patient = patientOf(values)?.name;
  return {
    ...factsOf(container),
    amount: given,
    at: values.at || new Date().toISOString(),
    ...(patient === undefined ? {} : { patient }),
  };
};

const lineOf = ({ unit, product, number }: ContainerView, { drawn, given }: Amounts) =>
  `Drew ${drawn} ${unit} of ${product} from ${number}, gave ${given} ${unit}`;

function stepAfter(
  receipt: Receipt,
  container: ContainerView,
  { leftover }: Amounts,
  by: { pin: string; performer: string },
): CaptureStep {
  if (leftover === '0') return { at: 'receipt' };
  return { at: 'leftover', container, quantity: leftover, draw: receipt.entryId, ...by };
}
