import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PatientReference } from '../../domain/schema.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { CaptureDraft, ContainerView, Receipt } from '../../protocol/ledger.ts';
import { Button } from '../Button.tsx';
import { Notice } from '../Notice.tsx';
import { DrawStep } from './DrawStep.tsx';
import { focusFirstFault } from './keys.ts';
import {
  BLANK_VALUES,
  type CaptureErrors,
  type CaptureField,
  type CaptureValues,
  drawBody,
  patientOf,
  readCapture,
  valuesOf,
} from './model.ts';
import { ReceiptView } from './ReceiptView.tsx';
import { recordAct } from './record.ts';
import type { Suggestion } from './Suggestions.tsx';
import { type CaptureData, useCaptureData, useDraft, useEntryId } from './use-capture.ts';
import type { ScannerSlot } from './VialPicker.tsx';
import { WasteStep } from './WasteStep.tsx';

export type CaptureProps = {
  port: CapturePort;
  /** Where the form stands, for the record's own note of it. */
  source: { door: 'pwa' | 'overlay'; site?: string };
  /** Filled in already: the chosen container, the person who drew last. */
  initial?: Partial<CaptureValues>;
  /** A draft to go on with: it keeps its entry id. */
  draft?: CaptureDraft;
  /** What a page offers. Each is marked with where it comes from, and taken over only by a press. */
  suggestions?: readonly Suggestion[];
  /** What speaks against the amount for the chosen vial; a warning beside it that stops nobody. */
  remarkOn?: (container: ContainerView) => string | null;
  /** A camera view. A USB scanner is heard by the form itself. */
  scanner?: ScannerSlot;
  /** Says whether the form holds what is not in the ledger. */
  onDirty?: (dirty: boolean) => void;
  /** Every entry that was taken, as it is taken. */
  onRecorded?: (receipt: Receipt, values: CaptureValues) => void;
  /** The person is through: all receipts, and the acts in words. */
  onDone: (receipts: readonly Receipt[], lines: readonly string[]) => void;
  onCancel?: () => void;
  /** More buttons for the receipt, like copying its line. */
  receiptActions?: (receipts: readonly Receipt[]) => ComponentChildren;
};

type Step =
  | { at: 'draw' }
  | {
      at: 'leftover';
      container: ContainerView;
      quantity: string;
      draw: string;
      pin: string;
      performer: string;
    }
  | { at: 'receipt' };

/** Draw or give, then the leftover with its witness, then the receipt. Knows the ledger only as a {@link CapturePort}. */
export function CaptureForm(props: CaptureProps) {
  const loaded = useCaptureData(props.port);
  if (loaded.state === 'loading') {
    return (
      <p class="muted" role="status">
        Reading the ledger…
      </p>
    );
  }
  if (loaded.state === 'failed') {
    return (
      <Notice kind="danger" title="The ledger did not answer.">
        <p>{loaded.message}</p>
        <div>
          <Button onClick={loaded.reload}>Try again</Button>
        </div>
      </Notice>
    );
  }
  return <Capture {...props} data={loaded.data} />;
}

function Capture(props: CaptureProps & { data: CaptureData }) {
  const { port, data } = props;
  const [step, setStep] = useState<Step>({ at: 'draw' });
  const [receipts, setReceipts] = useState<readonly Receipt[]>([]);
  const [lines, setLines] = useState<readonly string[]>([]);

  const took = (receipt: Receipt, line: string) => {
    setReceipts((old) => [...old, receipt]);
    setLines((old) => [...old, line]);
  };
  if (step.at === 'receipt') {
    return (
      <ReceiptView receipts={receipts} lines={lines}>
        <Button kind="primary" onClick={() => props.onDone(receipts, lines)}>
          Done
        </Button>
        {props.receiptActions?.(receipts)}
      </ReceiptView>
    );
  }
  if (step.at === 'leftover') {
    return (
      <WasteStep
        {...{ port, data, source: props.source }}
        {...{ container: step.container, quantity: step.quantity, draw: step.draw }}
        {...{ performer: step.performer, heldPin: step.pin, keepsDraft: props.source.door === 'overlay' }}
        onDone={(receipt, said) => {
          took(receipt, said);
          setStep({ at: 'receipt' });
        }}
        onLeave={{
          label: 'Leave it open',
          act: () => {
            setLines((old) => [
              ...old,
              `${step.quantity} ${step.container.unit} left over, still to be wasted`,
            ]);
            setStep({ at: 'receipt' });
          },
        }}
      />
    );
  }
  return <Draw {...props} onTook={took} onNext={setStep} />;
}

type DrawProps = CaptureProps & {
  data: CaptureData;
  onTook: (receipt: Receipt, line: string) => void;
  onNext: (step: Step) => void;
};

function Draw(props: DrawProps) {
  const { port, data, source, onDirty } = props;
  const [values, setValues] = useState<CaptureValues>(() =>
    props.draft ? valuesOf(props.draft.form) : { ...BLANK_VALUES, ...props.initial },
  );
  const [touched, setTouched] = useState(false);
  const [pin, setPin] = useState('');
  const [errors, setErrors] = useState<CaptureErrors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const entryId = useEntryId(port, props.draft?.entryId);
  const startedAt = useRef(props.draft?.startedAt ?? new Date().toISOString());
  const draft = useDraft(port, entryId, { type: 'draw', startedAt: startedAt.current, ...source });
  const patient = useRef<{ key: string; reference: PatientReference } | null>(null);

  useEffect(() => {
    if (touched) draft.save(values);
  }, [values, touched, entryId]);
  useEffect(() => () => onDirty?.(false), [onDirty]);

  const set = (field: CaptureField, value: string) => {
    setValues((old) => ({ ...old, [field]: value }));
    setErrors((old) => ({ ...old, [field]: undefined }));
    setTouched(true);
    onDirty?.(true);
  };

  const keepPatient = async (): Promise<PatientReference | null | string> => {
    const details = patientOf(values);
    if (details === null) return null;
    const key = JSON.stringify(details);
    if (patient.current?.key === key) return patient.current.reference;
    const kept = await port.keepPatient(details);
    if (!kept.ok) return kept.refusal.message;
    patient.current = { key, reference: kept.value };
    return kept.value;
  };

  const submit = async (form: HTMLFormElement) => {
    const container = data.containers.find((c) => c.id === values.container);
    const read = readCapture(values, container);
    const faults: CaptureErrors = {
      ...(read.ok ? {} : read.errors),
      ...(pin === '' ? { pin: 'Type your PIN.' } : {}),
    };
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
    next(container, read.amounts, outcome.value);
  };

  const record = async (
    container: ContainerView,
    amounts: { drawn: string; given: string; leftover: string },
  ) => {
    const kept = await keepPatient().catch(
      () => 'The patient could not be kept. Nothing was recorded; try again.',
    );
    if (typeof kept === 'string') return kept;
    const body = drawBody({ values, amounts, container, patient: kept, source });
    const signers = [{ as: 'performer' as const, by: values.performer, pin }];
    return recordAct(port, { id: entryId ?? '', type: 'draw', by: values.performer, body, signers });
  };

  const next = (
    container: ContainerView,
    { drawn, given, leftover }: { drawn: string; given: string; leftover: string },
    receipt: Receipt,
  ) => {
    const { unit, number, product } = container;
    props.onTook(receipt, `Drew ${drawn} ${unit} of ${product} from ${number}, gave ${given} ${unit}`);
    const { performer } = values;
    props.onNext(
      leftover === '0'
        ? { at: 'receipt' }
        : { at: 'leftover', container, quantity: leftover, draw: receipt.entryId, pin, performer },
    );
    setPin('');
  };

  const cancel = props.onCancel;
  return (
    <>
      {draft.refusal ? <Notice kind="warn">{draft.refusal}</Notice> : null}
      <DrawStep
        {...{ data, values, pin, errors, refusal, busy }}
        suggestions={props.suggestions ?? []}
        scanner={props.scanner}
        remarkOn={props.remarkOn}
        onSet={set}
        onPin={setPin}
        onSubmit={(form) => {
          if (!busy) void submit(form);
        }}
        onLeave={cancel}
        onCancel={
          cancel &&
          (() => {
            draft.drop();
            cancel();
          })
        }
      />
    </>
  );
}
