import { useState } from 'preact/hooks';
import { carriedOut } from '../../../shared/domain/bodies/proposals.ts';
import type { ProposalView } from '../../../shared/protocol/approvals.ts';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ActForm, type Draft } from '../../app/ActForm.tsx';
import { go } from '../../app/router.ts';
import { barredOf, type How } from './model.ts';

type Props = { proposal: ProposalView; how: How; onLeave: () => void };

const TITLES: Readonly<Record<How, string>> = {
  approve: 'Approve it',
  reject: 'Reject it',
  withdraw: 'Withdraw it',
  'carry-out': 'Carry it out',
};

/** Name, PIN and what else the step takes. Who may not take it stands in the list, with the reason. */
export function AnswerPanel(props: Props) {
  return (
    <section class="panel stack" aria-label={TITLES[props.how]}>
      <h2>{TITLES[props.how]}</h2>
      {props.how === 'approve' ? (
        <Approve {...props} />
      ) : props.how === 'carry-out' ? (
        <CarryOut {...props} />
      ) : (
        <Reject {...props} />
      )}
    </section>
  );
}

const toList = () => go('approvals');

function Approve({ proposal, onLeave }: Props) {
  const { id, record, mayApprove, mayCarryOut, approved } = proposal;
  const barred = barredOf(proposal, 'approve');
  return (
    <ActForm
      who="Approved by"
      act="proposal.approved"
      may={mayApprove}
      {...(barred ? { barred } : {})}
      submitLabel="Sign and approve"
      build={() => ({ type: 'proposal.approved', body: { proposal: id, record } })}
      said={`Approved: ${proposal.summary}`}
      onDone={toList}
      onCancel={onLeave}
    >
      <p>
        Who approves answers for it with their own signature. It changes nothing yet:{' '}
        {mayCarryOut.length === 0 && !approved
          ? 'nobody here could carry it out now'
          : 'a colleague carries it out'}
        .
      </p>
    </ActForm>
  );
}

function Reject({ proposal, how, onLeave }: Props) {
  const { id, record, by, mayReject } = proposal;
  const [reason, setReason] = useState('');
  const [error, setError] = useState('');
  const own = how === 'withdraw';
  const build = (): Draft | null => {
    const text = cleanLine(reason);
    setError(text === '' ? 'Say why, for whoever proposed it.' : '');
    return text === '' ? null : { type: 'proposal.rejected', body: { proposal: id, record, reason: text } };
  };
  return (
    <ActForm
      who={own ? 'Withdrawn by' : 'Rejected by'}
      act="proposal.rejected"
      may={mayReject.filter((person) => (person === by) === own)}
      submitLabel={own ? 'Sign and withdraw' : 'Sign and reject'}
      danger
      dirty={reason !== ''}
      build={build}
      said={`${own ? 'Withdrawn' : 'Rejected'}: ${proposal.summary}`}
      onDone={toList}
      onCancel={onLeave}
    >
      <TextField label="Reason" maxLength={200} value={reason} error={error} onInput={setReason} />
    </ActForm>
  );
}

function CarryOut({ proposal, onLeave }: Props) {
  const { id, act, schedules, mayCarryOut, witness, mayWitness } = proposal;
  const barred = barredOf(proposal, 'carry-out');
  const build = (): Draft => carriedOut(act, id);
  return (
    <ActForm
      who="Carried out by"
      act={act.type}
      schedules={schedules}
      may={mayCarryOut}
      {...(barred ? { barred } : {})}
      witnessing={{ due: witness, may: mayWitness }}
      submitLabel="Sign and carry it out"
      build={build}
      said={proposal.summary}
      onDone={toList}
      onCancel={onLeave}
    >
      {act.type === 'policy.changed' ? (
        <Notice quiet>The policy is in force from this signature on.</Notice>
      ) : (
        <p>Exactly what was approved goes into the book. Whoever approved it does not carry it out.</p>
      )}
    </ActForm>
  );
}
