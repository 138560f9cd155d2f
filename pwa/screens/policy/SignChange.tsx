import { useRef, useState } from 'preact/hooks';
import { approversOf, performersOf } from '../../../shared/domain/policy/base.ts';
import { loosenedBy, loosenedTerms } from '../../../shared/domain/policy/facility.ts';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
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
import { Loading } from '../../app/Loading.tsx';
import { useAct } from '../../app/use-act.ts';
import { type People, usePeople } from '../../app/use-people.ts';
import { changesBetween } from './words.ts';

type Props = { before: Policy; after: Policy; onBack: () => void; onEnd: (said: string) => void };

/** What changes, a reason, and two people with their own PINs. */
export function SignChange(props: Props) {
  const people = usePeople();
  return <Loading of={people}>{(value) => <Ready {...props} people={value} />}</Loading>;
}

type Faults = { reason?: string; performer?: Missing; approver?: Missing };
type Missing = { by?: string; pin?: string };

function Ready({ before, after, onBack, onEnd, people }: Props & { people: People }) {
  const act = useAct();
  const form = useRef<HTMLFormElement>(null);
  const [reason, setReason] = useState('');
  const [performer, setPerformer] = useState<Signing>(NO_SIGNING);
  const [approver, setApprover] = useState<Signing>(NO_SIGNING);
  const [faults, setFaults] = useState<Faults>({});
  const said = act.refusal?.message;

  const sign = async () => {
    const text = cleanLine(reason);
    const [first, second] = [signingFaults(performer), signingFaults(approver)];
    setFaults({
      ...{ performer: first, approver: second },
      ...(text === '' ? { reason: 'Say why, so that it can be understood in two years.' } : {}),
    });
    if (text === '' || Object.keys({ ...first, ...second }).length > 0) return focusFirstFault(form.current);
    const signed = await act.submit({
      ...{ type: 'policy.changed', by: performer.by, body: { policy: after, reason: text } },
      signers: [
        { as: 'performer', ...performer },
        { as: 'approver', ...approver },
      ],
    });
    if (!signed.ok) return focusFirstFault(form.current);
    onEnd(`The policy is changed. Recorded as number ${signed.value.seq}.`);
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
      <Diff before={before} after={after} />
      <TextField label="Reason" maxLength={200} value={reason} error={faults.reason} onInput={setReason} />
      <Signature
        who="Proposed by"
        people={ableTo(people.staff, performersOf(before, 'policy.changed'))}
        value={performer}
        errors={{ ...faults.performer, ...(act.of === 'performer' ? { pin: said } : {}) }}
        onInput={setPerformer}
      />
      <Signature
        who="Approved by, another person"
        people={ableTo(people.staff, approversOf(before, 'policy.changed'))}
        performer={performer.by}
        value={approver}
        errors={{ ...faults.approver, ...(act.of === 'approver' ? { pin: said } : {}) }}
        onInput={setApprover}
      />
      {said && act.of === null ? <Notice kind="danger">{said}</Notice> : null}
      <div class="row">
        <Button kind="primary" type="submit" busy={act.busy}>
          Sign and change the policy
        </Button>
        <Button onClick={onBack}>Back to the rules</Button>
      </div>
    </form>
  );
}

/** Old and new, line by line; what gets looser is said before anybody signs. */
function Diff({ before, after }: { before: Policy; after: Policy }) {
  const changes = changesBetween(before, after);
  const looser = loosenedBy(before, after).length + loosenedTerms(before, after).length > 0;
  return (
    <>
      {changes.length === 0 ? <p class="muted">Only the profiles change; the rules stay the same.</p> : null}
      <ul class="policy-diff">
        {changes.map(({ kind, where, text }) => (
          <li key={`${kind} ${where} ${text}`} class={kind}>
            <span class="badge">{kind === 'added' ? 'new' : 'gone'}</span>{' '}
            {kind === 'added' ? (
              <ins>
                {where}: {text}
              </ins>
            ) : (
              <del>
                {where}: {text}
              </del>
            )}
          </li>
        ))}
      </ul>
      {looser ? (
        <Notice kind="warn">
          <p>
            This policy asks for less than the one in force. What was recorded until now stays judged by that
            one.
          </p>
        </Notice>
      ) : null}
    </>
  );
}
