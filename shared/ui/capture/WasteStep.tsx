import { useEffect, useRef, useState } from 'preact/hooks';
import { witnessRuleFor } from '../../domain/policy.ts';
import type { Quantity } from '../../domain/quantity.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { ContainerView, Receipt, Signer } from '../../protocol/ledger.ts';
import { recordAct } from './record.ts';
import { ableTo } from './Signature.tsx';
import type { CaptureData } from './use-capture.ts';
import { type WitnessAnswer, type WitnessErrors, WitnessPanel } from './WitnessPanel.tsx';

/** Wastes what is left of a draw, or out of a container, with the witness that the policy asks for. */
export function WasteStep(props: {
  port: CapturePort;
  data: CaptureData;
  container: ContainerView;
  quantity: Quantity;
  /** The draw whose leftover this is; absent when it goes straight from the container. */
  draw?: string;
  performer: string;
  /** The performer's PIN, when they have typed it on this very form; forgotten after the policy's idle time. */
  heldPin: string | null;
  source: { door: 'pwa' | 'overlay'; site?: string };
  onDone: (receipt: Receipt, said: string) => void;
  onLeave?: { label: string; act: () => void };
}) {
  const { port, data, container, quantity, performer } = props;
  const entry = useRef<Promise<string> | null>(null);
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<WitnessErrors>({});
  const heldPin = useHeldPin(props.heldPin, data.policy.idleSeconds);
  const rule = witnessRuleFor(data.policy, 'waste', container.schedule);
  const nameOf = (id: string) => data.staff.find((person) => person.id === id)?.name ?? 'somebody';

  const sign = async ({ reason, witness, performerPin }: WitnessAnswer) => {
    setBusy(true);
    setErrors({});
    entry.current ??= port.newId();
    const signers: Signer[] = [
      { as: 'performer', by: performer, pin: performerPin ?? heldPin ?? '' },
      ...(witness ? [{ as: 'witness' as const, by: witness.by, pin: witness.pin }] : []),
    ];
    const outcome = await recordAct(port, {
      id: await entry.current,
      type: 'waste',
      by: performer,
      body: {
        ...{ container: container.id, quantity, unit: container.unit, reason, source: props.source },
        ...(props.draw === undefined ? {} : { draw: props.draw }),
      },
      signers,
    });
    setBusy(false);
    if (!outcome.ok) {
      const { message } = outcome.refusal;
      if (outcome.of === 'witness') setErrors({ witness: message });
      else if (outcome.of === 'performer') setErrors({ performer: message });
      else setErrors({ form: message });
      return;
    }
    const seen = witness
      ? `witnessed by ${nameOf(witness.by)}`
      : rule
        ? 'witness pending'
        : 'no witness needed';
    props.onDone(outcome.value, `Wasted ${quantity} ${container.unit}, ${seen}`);
  };

  return (
    <WitnessPanel
      what={{
        ...{ product: container.product, strength: container.strength, schedule: container.schedule },
        ...{ number: container.number, quantity, unit: container.unit },
      }}
      due={rule?.due ?? 'none'}
      performer={data.staff.find((person) => person.id === performer)}
      askPerformer={heldPin === null}
      witnesses={ableTo(data.staff, data.policy.mayWitness)}
      errors={errors}
      busy={busy}
      onSign={(answer) => void sign(answer)}
      {...(props.onLeave ? { onLeave: props.onLeave } : {})}
    />
  );
}

/** A PIN is held no longer than the policy's idle time, and never beyond the form. */
function useHeldPin(pin: string | null, idleSeconds: number): string | null {
  const [held, setHeld] = useState(pin);
  useEffect(() => {
    if (pin === null) return undefined;
    const timer = setTimeout(() => setHeld(null), idleSeconds * 1000);
    return () => clearTimeout(timer);
  }, [pin, idleSeconds]);
  return held;
}
