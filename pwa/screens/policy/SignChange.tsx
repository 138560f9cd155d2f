import { useRef, useState } from 'preact/hooks';
import { performersOf } from '../../../shared/domain/policy/base.ts';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import {
  ableTo,
  NO_SIGNING,
  Signature,
  type Signing,
  signingFaults,
} from '../../../shared/ui/capture/Signature.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ApprovalStep } from '../../app/ApprovalStep.tsx';
import { Loading } from '../../app/Loading.tsx';
import { useAct } from '../../app/use-act.ts';
import { useApproval } from '../../app/use-approval.ts';
import { type People, usePeople } from '../../app/use-people.ts';
import { withoutFactor } from '../people/model.ts';
import { PolicyDiff } from './PolicyDiff.tsx';

type Props = { before: Policy; after: Policy; onBack: () => void; onEnd: (said: string) => void };

/** What changes, a reason, and two people with their own PINs. */
export function SignChange(props: Props) {
  const people = usePeople();
  return <Loading of={people}>{(value) => <Ready {...props} people={value} />}</Loading>;
}

/** Whom the change would keep from signing until they have added a passkey or security key; they can do so any time. */
function LockedOut(props: { staff: readonly StaffView[]; before: Policy; after: Policy }) {
  const { staff, before, after } = props;
  const kept = withoutFactor(staff, before).map(({ id }) => id);
  const names = withoutFactor(staff, after)
    .filter(({ id }) => !kept.includes(id))
    .map(({ name }) => name);
  if (names.length === 0) return null;
  return (
    <Notice kind="warn" title="Not everybody has a passkey or security key yet.">
      <p>
        Under this policy they cannot sign what needs one: {names.join(', ')}. Let them add theirs under
        People first, or right after the change.
      </p>
    </Notice>
  );
}

type Faults = { reason?: string; performer?: Missing };
type Missing = { by?: string; pin?: string };

function Ready({ before, after, onBack, onEnd, people }: Props & { people: People }) {
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState('');
  const [performer, setPerformer] = useState<Signing>(NO_SIGNING);
  const approving = useApproval(
    { type: 'policy.changed', body: { policy: after, reason: cleanLine(reason) || '-' } },
    performer.by,
  );
  const [faults, setFaults] = useState<Faults>({});
  const said = act.refusal?.message;

  const sign = async () => {
    const text = cleanLine(reason);
    const first = signingFaults(performer);
    const approved = approving.check();
    setFaults({
      performer: first,
      ...(text === '' ? { reason: 'Say why, so that it can be understood in two years.' } : {}),
    });
    if (text === '' || !approved || Object.keys(first).length > 0) return focusFirstFault(form.current);
    const signed = await act.submit(
      approving.doing({
        ...{ type: 'policy.changed', by: performer.by, body: { policy: after, reason: text } },
        signers: [{ as: 'performer', ...performer }],
      }),
    );
    if (!signed.ok) return focusFirstFault(form.current);
    onEnd(
      approving.proposing
        ? `The change is proposed, as number ${signed.value.seq}. It waits under Approvals; until then nothing changes.`
        : `The policy is changed. Recorded as number ${signed.value.seq}.`,
    );
  };
  return (
    <form
      class="panel stack"
      ref={form}
      noValidate
      aria-label="Sign the change"
      onSubmit={(event) => {
        event.preventDefault();
        if (!act.busy) void sign();
      }}
    >
      <h2>What changes</h2>
      <PolicyDiff before={before} after={after} />
      <LockedOut staff={people.staff} before={before} after={after} />
      <TextField label="Reason" maxLength={200} value={reason} error={faults.reason} onInput={setReason} />
      <Signature
        who="Proposed by"
        people={ableTo(people.staff, performersOf(before, 'policy.changed'))}
        value={performer}
        errors={{ ...faults.performer, ...(act.of === 'performer' ? { pin: said } : {}) }}
        onInput={setPerformer}
      />
      <ApprovalStep
        approving={approving}
        staff={people.staff}
        performer={performer.by}
        refusal={act.of === 'approver' ? said : undefined}
      />
      {said && act.of === null ? <Notice kind="danger">{said}</Notice> : null}
      <div class="row">
        <Button kind="primary" type="submit" busy={act.busy}>
          {approving.proposing ? 'Sign and propose' : 'Sign and change the policy'}
        </Button>
        <Button onClick={onBack}>Back to the rules</Button>
      </div>
    </form>
  );
}
