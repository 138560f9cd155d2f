import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { TOGETHER_MS } from '../../domain/judge-witness.ts';
import { witnessDue, witnessesOf } from '../../domain/policy/base.ts';
import { idleSecondsOf } from '../../domain/policy/combine.ts';
import { factorDue } from '../../domain/policy/factors.ts';
import type { Quantity } from '../../domain/quantity.ts';
import type { CaptureDraft, Receipt, SignedStatement, Signer } from '../../protocol/ledger.ts';
import type { ContainerView } from '../../protocol/views.ts';
import { useForgottenPin } from '../pins.ts';
import { type ActFacts, aboutOf, factsOf } from './facts.ts';
import {
  type Act,
  appendSigned,
  type Recorded,
  recordAct,
  type Signed,
  type SigningPort,
  signAct,
} from './record.ts';
import { ableTo, signsAs } from './Signature.tsx';
import { type CaptureData, useDraft, useEntryId } from './use-capture.ts';
import {
  type WitnessAnswer,
  type WitnessDue,
  type WitnessErrors,
  WitnessPanel,
  type WitnessValues,
} from './WitnessPanel.tsx';

/** An act that its performer has signed, for a witness who is not at this screen. */
export type ElsewhereAsked = {
  signed: Signed;
  names: { performer: string; drug: string; container: string };
  /** Who may witness it. */
  witnesses: readonly string[];
  /** Whether a witness who signs later still counts. */
  due: WitnessDue;
  onAnswer: (witness: SignedStatement) => void;
  onBack: () => void;
  busy: boolean;
  refusal: string | undefined;
};

/** Wastes what is left of a draw, or out of a container, with the witness that the policy asks for. */
export function WasteStep(props: {
  port: SigningPort;
  data: CaptureData;
  container: ContainerView;
  quantity: Quantity;
  /** The draw whose leftover this is; absent when it goes straight from the container. */
  draw?: string;
  performer: string;
  /** The performer's PIN, when they have typed it on this very form; forgotten after the policy's idle time. */
  heldPin: string | null;
  source: { door: 'pwa' | 'overlay'; site?: string };
  /** Keeps what is typed as a draft, PINs never; for a form that may be closed under a person at any time. */
  keepsDraft?: boolean;
  /** A draft to go on with: it keeps its entry id. */
  draft?: CaptureDraft | undefined;
  /** Lets the witness sign on a phone of their own, where this device has a camera to read the answer with. */
  elsewhere?: (asked: ElsewhereAsked) => ComponentChildren;
  onDone: (receipt: Receipt, said: string, facts: ActFacts) => void;
  onLeave?: { label: string; act: () => void };
}) {
  const { port, data, container, quantity, performer } = props;
  const entryId = useEntryId(port, props.draft?.entryId);
  const madeId = useRef<string | null>(null);
  const startedAt = useRef(props.draft?.startedAt ?? new Date().toISOString());
  const draft = useDraft(port, entryId, { type: 'waste', startedAt: startedAt.current, ...props.source });
  const [initial] = useState(() => panelValues(props.draft?.form));
  const typed = useRef(initial);
  const keep = (values: WitnessValues) => {
    typed.current = values;
    if (!props.keepsDraft) return;
    draft.save({
      ...values,
      ...{ container: container.id, quantity, unit: container.unit, performer },
      ...(props.draw === undefined ? {} : { draw: props.draw }),
    });
  };
  const [busy, setBusy] = useState(false);
  const [errors, setErrors] = useState<WitnessErrors>({});
  const heldPin = useHeldPin(props.heldPin, idleSecondsOf(data.policy));
  const due = witnessDue(data.policy, 'waste', container.schedule);
  const factored = factorDue(data.policy, 'waste', [container.schedule]);
  const nameOf = (id: string) => signsAs(data.staff.find((person) => person.id === id));

  const [asked, setAsked] = useState<Signed | null>(null);
  /** Whose phone has answered last. */
  const answered = useRef<string | undefined>(undefined);

  const sign = async ({ reason, witness, performerPin }: WitnessAnswer) => {
    setBusy(true);
    setErrors({});
    // One id for good: a second press after a break must be the same entry.
    madeId.current ??= entryId ?? (await port.newId().catch(() => null));
    const id = madeId.current;
    if (id === null) {
      setBusy(false);
      return setErrors({ form: 'The ledger did not answer. Nothing was recorded; try again.' });
    }
    // Kept before it is sent, so that a refusal or a break leaves something to go on with.
    keep(typed.current);
    const beside = witness === 'elsewhere' ? null : witness;
    const signers: Signer[] = [
      { as: 'performer', by: performer, pin: performerPin ?? heldPin ?? '' },
      ...(beside ? [{ as: 'witness' as const, by: beside.by, pin: beside.pin }] : []),
    ];
    const act: Act = {
      ...{ id, type: 'waste', by: performer, signers },
      body: {
        ...{ container: container.id, quantity, unit: container.unit, reason, source: props.source },
        ...(props.draw === undefined ? {} : { draw: props.draw }),
      },
    };
    if (witness === 'elsewhere') {
      const outcome = await signAct(port, act);
      setBusy(false);
      if (!outcome.ok) return refuse(outcome);
      return 'known' in outcome
        ? finish({ ok: true, value: outcome.known }, answered.current)
        : setAsked(outcome.value);
    }
    finish(await recordAct(port, act), beside?.by);
  };

  const refuse = ({ refusal, of }: Extract<Recorded, { ok: false }>) => {
    const { message } = refusal;
    setErrors(of === 'witness' || of === 'performer' ? { [of]: message } : { form: message });
  };

  const finish = (outcome: Recorded, witness: string | undefined) => {
    setBusy(false);
    if (!outcome.ok) return refuse(outcome);
    draft.drop();
    const nobody = due === 'none' ? 'not needed' : 'pending';
    const seen = witness
      ? `witnessed by ${nameOf(witness)}`
      : due === 'none'
        ? 'no witness needed'
        : 'witness pending';
    props.onDone(outcome.value, `Wasted ${quantity} ${container.unit}, ${seen}`, {
      ...factsOf(container),
      ...{ waste: quantity, witness: witness ? nameOf(witness) : nobody },
    });
  };

  const witnesses = ableTo(data.staff, witnessesOf(data.policy, 'waste', [container.schedule]));
  if (asked && props.elsewhere) {
    return props.elsewhere({
      ...{ signed: asked, busy, refusal: errors.form ?? errors.witness ?? errors.performer },
      names: { performer: nameOf(performer), ...aboutOf(container) },
      ...{ witnesses: witnesses.map(({ id }) => id), due },
      onAnswer: async (witness) => {
        setBusy(true);
        setErrors({});
        answered.current = witness.by;
        const signatures = [...asked.signatures, witness];
        finish(await appendSigned(port, { entry: asked.entry, signatures }), witness.by);
      },
      onBack: () => setAsked(null),
    });
  }
  return (
    <WitnessPanel
      what={{
        ...{ product: container.product, strength: container.strength, schedule: container.schedule },
        ...{ number: container.number, quantity, unit: container.unit },
      }}
      due={due}
      performer={data.staff.find((person) => person.id === performer)}
      askPerformer={heldPin === null}
      askAgain={props.heldPin !== null}
      witnesses={witnesses}
      // A phone answers with a signature alone.
      elsewhere={props.elsewhere !== undefined && !factored}
      factor={{ due: factored, here: port.askFactor !== undefined }}
      errors={errors}
      busy={busy}
      initial={initial}
      onChange={keep}
      onSign={(answer) => void sign(answer)}
      {...(props.onLeave ? { onLeave: props.onLeave } : {})}
    />
  );
}

/** What a draft has for the panel; the first reason and no witness where there is none. */
const panelValues = (form: Record<string, string> | undefined): WitnessValues => ({
  reason: form?.reason ?? '',
  other: form?.other ?? '',
  witness: form?.witness ?? '',
});

/**
 * A PIN is held no longer than the policy's idle time, never beyond the form, and never so long that its person and
 * the witness would not be here together.
 */
function useHeldPin(pin: string | null, idleSeconds: number): string | null {
  const [held, setHeld] = useState(pin);
  useForgottenPin(() => setHeld(null));
  useEffect(() => {
    if (pin === null) return undefined;
    const timer = setTimeout(() => setHeld(null), Math.min(idleSeconds * 1000, TOGETHER_MS));
    return () => clearTimeout(timer);
  }, [pin, idleSeconds]);
  return held;
}
