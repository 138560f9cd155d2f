import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { performersOf, witnessDue, witnessesOf } from '../../shared/domain/policy/base.ts';
import { factorDue } from '../../shared/domain/policy/factors.ts';
import type { PolicyAct } from '../../shared/domain/policy/schema.ts';
import type { Schedule } from '../../shared/domain/schema.ts';
import type { Receipt, SignedStatement, Signer } from '../../shared/protocol/ledger.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { FactorNote } from '../../shared/ui/capture/FactorNote.tsx';
import { focusFirstFault, formKeys } from '../../shared/ui/capture/keys.ts';
import { ReceiptView } from '../../shared/ui/capture/ReceiptView.tsx';
import type { Doing, Recorded, Signed } from '../../shared/ui/capture/record.ts';
import {
  ableTo,
  NO_SIGNING,
  Signature,
  type Signing,
  signingFaults,
  signsAs,
} from '../../shared/ui/capture/Signature.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { ApprovalStep } from './ApprovalStep.tsx';
import { Loading } from './Loading.tsx';
import { service } from './ledger.ts';
import { back } from './router.ts';
import { useUnsaved } from './unsaved.ts';
import { useAct } from './use-act.ts';
import { type Approving, proposedLines, useApproval } from './use-approval.ts';
import { type People, usePeople } from './use-people.ts';
import { WitnessElsewhere } from './WitnessElsewhere.tsx';

/** Type and body of an act; who and when are the form's. */
export type Draft = Doing extends infer One
  ? One extends Doing
    ? Pick<One, 'type' | 'body'>
    : never
  : never;

export type ActFormProps = {
  children?: ComponentChildren;
  /** Label of the first signature, like `Reversed by`. */
  who: string;
  /** What the policy calls it: says who may do it, and whether a witness signs beside them. */
  act: PolicyAct;
  /** Of the drug that it is about. */
  schedule?: Schedule;
  /** Where it is about drugs of several schedules. */
  schedules?: readonly Schedule[];
  /** Ids of those who may do it, where the ledger was asked; else whoever has a role for it. */
  may?: readonly string[];
  /** Somebody who may not, and who would look for their name: stands in the list, with the reason. */
  barred?: { id: string; remark: string };
  /** Whether a witness signs too, and who may, where that is known of more than one schedule. */
  witnessing?: { due: 'now' | 'late' | 'none'; may: readonly string[] };
  /** What it is about, in the words that a witness's phone shows. Without it no phone is asked. */
  about?: { drug: string; container: string };
  submitLabel: string;
  danger?: boolean;
  /** The act from what was typed; null after showing what is wrong with it. */
  build: () => Draft | null;
  /** The act as far as it is known, for asking whether somebody has to approve it. */
  asks?: Draft | null;
  /** The act in words, for the receipt. */
  said: string;
  onDone?: (receipt: Receipt) => void;
  /** Where leaving the form leads; back to the screen before, when left out. */
  onCancel?: () => void;
  dirty?: boolean;
};

/** Fields, signature and receipt of one act that a person signs, alone or with a witness. */
export function ActForm(props: ActFormProps) {
  const people = usePeople();
  return <Loading of={people}>{(value) => <Ready {...props} people={value} />}</Loading>;
}

function Ready(props: ActFormProps & { people: People }) {
  const { staff, policy, last } = props.people;
  const schedules = props.schedules ?? (props.schedule === undefined ? [] : [props.schedule]);
  const { may, barred, witnessing } = props;
  const able = may
    ? staff.filter((p) => p.hasKey && !p.disabled && (may.includes(p.id) || p.id === barred?.id))
    : ableTo(staff, performersOf(policy, props.act, schedules));
  const witnesses = witnessing
    ? staff.filter((p) => p.hasKey && !p.disabled && witnessing.may.includes(p.id))
    : ableTo(staff, witnessesOf(policy, props.act, schedules));
  const factored = factorDue(policy, props.act, schedules);
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const [performer, setPerformer] = useState<Signing>({
    by: able.some((p) => p.id === last && p.id !== barred?.id) ? (last ?? '') : '',
    pin: '',
  });
  const [witness, setWitness] = useState<Signing>(NO_SIGNING);
  const approving = useApproval(props.asks ?? null, performer.by);
  const [proposed, setProposed] = useState(false);
  const [faults, setFaults] = useState<{ performer?: Faults; witness?: Faults }>({});
  const [receipt, setReceipt] = useState<Receipt | null>(null);
  /** Who witnessed it, for the receipt. */
  const [witnessedBy, setWitnessed] = useState<string | undefined>();
  /** Signed here, for a witness who signs on a phone. */
  const [waiting, setWaiting] = useState<Signed | null>(null);
  useUnsaved(receipt === null && (props.dirty === true || waiting !== null));
  const ofPolicy = props.schedule === undefined ? 'none' : witnessDue(policy, props.act, props.schedule);
  const asked = witnessing?.due ?? ofPolicy;
  // A proposal changes nothing: whoever carries it out later brings the witness.
  const due = approving.proposing ? 'none' : asked;

  const submit = async (witnessed: Witnessed) => {
    setWaiting(null);
    const draft = props.build();
    const first = signingFaults(performer);
    const second = witnessed === 'beside' ? witnessFaults(witness, approving) : {};
    setFaults({ performer: first, witness: second });
    const approved = approving.check();
    if (draft === null || !approved || Object.keys({ ...first, ...second }).length > 0)
      return focusFirstFault(form.current);
    const signers: Signer[] = [
      { as: 'performer', ...performer },
      ...(witnessed === 'beside' ? [{ as: 'witness' as const, ...witness }] : []),
    ];
    const doing = approving.doing({ ...draft, by: performer.by, signers });
    if (witnessed !== 'phone') {
      return finish(await act.submit(doing), witnessed === 'beside' ? witness.by : undefined);
    }
    const signed = await act.sign(doing);
    if (!signed.ok) return focusFirstFault(form.current);
    if ('known' in signed) return finish({ ok: true, value: signed.known });
    // What is signed next is another act: nobody's PIN is lent to it.
    setPerformer({ ...performer, pin: '' });
    setWitness({ ...witness, pin: '' });
    approving.setSigning({ ...approving.signing, pin: '' });
    setWaiting(signed.value);
  };
  const finish = (outcome: Recorded, seenBy?: string) => {
    if (!outcome.ok) return focusFirstFault(form.current);
    setWitnessed(seenBy);
    setProposed(approving.proposing);
    setReceipt(outcome.value);
    void service.setSetting('lastPerformer', performer.by);
  };

  if (receipt) {
    const seen = staff.find(({ id }) => id === witnessedBy);
    const done = seen ? `${props.said}, witnessed by ${signsAs(seen)}` : props.said;
    return (
      <ReceiptView receipts={[receipt]} lines={proposed ? proposedLines(props.said) : [done]}>
        <Button kind="primary" onClick={() => (props.onDone ? props.onDone(receipt) : back())}>
          Done
        </Button>
      </ReceiptView>
    );
  }
  const said = act.refusal?.message;
  if (waiting && props.about && due !== 'none') {
    const { signatures } = waiting;
    return (
      <WitnessElsewhere
        {...{ signed: waiting, due, busy: act.busy, refusal: said }}
        names={{ ...props.about, performer: signsAs(staff.find(({ id }) => id === performer.by)) }}
        witnesses={witnesses.map(({ id }) => id).filter((id) => !signatures.some(({ by }) => by === id))}
        onAnswer={async (answer: SignedStatement) =>
          finish(await act.append({ ...waiting, signatures: [...signatures, answer] }), answer.by)
        }
        onBack={() => {
          act.clear();
          setWaiting(null);
        }}
      />
    );
  }
  const leave = props.onCancel ?? back;
  return (
    <form
      class="stack"
      ref={form}
      noValidate
      onKeyDown={(event) => formKeys(event, leave)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.busy) void submit(due === 'none' ? 'later' : 'beside');
      }}
    >
      {props.children}
      <FactorNote
        due={factored && !approving.proposing}
        here
        signers={staff.filter(({ id }) => id === performer.by || id === witness.by)}
      />
      <Signature
        who={props.who}
        people={able}
        {...(barred ? { performer: barred.id, remark: barred.remark } : {})}
        value={performer}
        errors={{ ...faults.performer, ...(act.of === 'performer' ? { pin: said } : {}) }}
        onInput={setPerformer}
      />
      {due === 'none' ? null : (
        <Signature
          who="Witness"
          people={witnesses}
          performer={performer.by}
          value={witness}
          errors={{ ...faults.witness, ...(act.of === 'witness' ? { pin: said } : {}) }}
          onInput={setWitness}
        />
      )}
      <ApprovalStep
        approving={approving}
        staff={staff}
        performer={performer.by}
        refusal={act.of === 'approver' ? said : undefined}
      />
      {said && act.of === null ? <Notice kind="danger">{said}</Notice> : null}
      <div class="row">
        <Button
          type="submit"
          kind={props.danger && !approving.proposing ? 'danger' : 'primary'}
          busy={act.busy}
        >
          {approving.proposing ? 'Sign and propose' : props.submitLabel}
        </Button>
        {/* A phone answers with a signature alone. */}
        {due !== 'none' && props.about && !factored ? (
          <Button
            onClick={() => {
              if (!act.busy) void submit('phone');
            }}
          >
            Witness on their phone
          </Button>
        ) : null}
        {due === 'late' ? (
          <Button
            onClick={() => {
              if (!act.busy) void submit('later');
            }}
          >
            Nobody is free: witness pending
          </Button>
        ) : null}
        <Button onClick={leave}>Cancel</Button>
      </div>
    </form>
  );
}

/** Where the witness signs: on this screen, on a phone of their own, or later or not at all. */
type Witnessed = 'beside' | 'phone' | 'later';

/** Nobody signs a record twice; a proposal and what carries it out are two. */
function witnessFaults(witness: Signing, { answer, proposing, signing }: Approving): Faults {
  const twice = answer.due === 'yes' && !proposing && witness.by !== '' && witness.by === signing.by;
  return twice
    ? {
        by: 'They approve it already. Pick another witness, or propose it: then the same person may do both.',
      }
    : signingFaults(witness);
}

type Faults = { by?: string; pin?: string };
