import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { CaptureDraft, Receipt } from '../../protocol/ledger.ts';
import type { ContainerView } from '../../protocol/views.ts';
import { Button } from '../Button.tsx';
import { Notice } from '../Notice.tsx';
import { DrawAct } from './DrawAct.tsx';
import type { ActFacts } from './facts.ts';
import type { CameWith, CaptureValues } from './model.ts';
import { ReceiptView } from './ReceiptView.tsx';
import type { SigningPort } from './record.ts';
import type { Suggestion } from './Suggestions.tsx';
import { type CaptureData, useCaptureData } from './use-capture.ts';
import type { ScannerSlot } from './VialPicker.tsx';
import { type ElsewhereAsked, WasteStep } from './WasteStep.tsx';

export type CaptureProps = {
  port: SigningPort;
  /** Where the form stands, for the record's own note of it. */
  source: { door: 'pwa' | 'overlay'; site?: string };
  /** Filled in already: the chosen container, the person who drew last. */
  initial?: Partial<CaptureValues>;
  /** What a link has filled in already. It is said where it came from, until it is changed or left out. */
  cameFrom?: CameWith;
  /** The person wants nothing of it. */
  onLeftOut?: () => void;
  /** A draft to go on with: it keeps its entry id. */
  draft?: CaptureDraft;
  /** What a page offers. Each is marked with where it comes from, and taken over only by a press. */
  suggestions?: readonly Suggestion[];
  /** What speaks against the amount for the chosen vial; a warning beside it that stops nobody. */
  remarkOn?: (container: ContainerView) => string | null;
  /** A camera view. A USB scanner is heard by the form itself. */
  scanner?: ScannerSlot;
  /** Lets a witness sign on a phone of their own. */
  elsewhere?: (asked: ElsewhereAsked) => ComponentChildren;
  /** Says whether the form holds what is not in the ledger. */
  onDirty?: (dirty: boolean) => void;
  /** Every entry that was taken, as it is taken. */
  onRecorded?: (receipt: Receipt, values: CaptureValues) => void;
  /** The person is through: all receipts, and the acts in words. */
  onDone: (receipts: readonly Receipt[], lines: readonly string[]) => void;
  onCancel?: () => void;
  /** More buttons for the receipt, like copying its line. */
  receiptActions?: (receipts: readonly Receipt[], facts: ActFacts) => ComponentChildren;
  /** Somebody works through a list: no receipt is shown, `onDone` comes at once. */
  goesOn?: boolean;
};

/** Where the form stands: the draw, its leftover where there is one, the receipt. */
export type CaptureStep =
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
  const [step, setStep] = useState<CaptureStep>({ at: 'draw' });
  const [receipts, setReceipts] = useState<readonly Receipt[]>([]);
  const [lines, setLines] = useState<readonly string[]>([]);

  const [facts, setFacts] = useState<ActFacts>({});
  const goneOn = props.goesOn === true && step.at === 'receipt';
  useEffect(() => {
    if (goneOn) props.onDone(receipts, lines);
  }, [goneOn]);

  const took = (receipt: Receipt, line: string, more: ActFacts) => {
    setReceipts((old) => [...old, receipt]);
    setLines((old) => [...old, line]);
    setFacts((old) => ({ ...old, ...more }));
  };
  if (goneOn) return null;
  if (step.at === 'receipt') {
    return (
      <ReceiptView receipts={receipts} lines={lines}>
        <Button kind="primary" onClick={() => props.onDone(receipts, lines)}>
          Done
        </Button>
        {props.receiptActions?.(receipts, facts)}
      </ReceiptView>
    );
  }
  if (step.at === 'leftover') {
    return (
      <WasteStep
        {...{ port, data, source: props.source }}
        {...(props.elsewhere ? { elsewhere: props.elsewhere } : {})}
        {...{ container: step.container, quantity: step.quantity, draw: step.draw }}
        {...{ performer: step.performer, heldPin: step.pin, keepsDraft: props.source.door === 'overlay' }}
        onDone={(receipt, said, more) => {
          took(receipt, said, more);
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
  return <DrawAct {...props} onTook={took} onNext={setStep} />;
}
