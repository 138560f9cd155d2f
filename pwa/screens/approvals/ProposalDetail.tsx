import { useState } from 'preact/hooks';
import type { ClosedProposal, ProposalsView, ProposalView } from '../../../shared/protocol/approvals.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { agoText, timeText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import type { People } from '../../app/use-people.ts';
import { PolicyDiff } from '../policy/PolicyDiff.tsx';
import { AnswerPanel } from './AnswerPanel.tsx';
import { type How, waitingText } from './model.ts';

/** One proposal: what it would change, who made it, what it waits for, and the steps that can be taken. */
export function ProposalDetail(props: { id: string; view: ProposalsView; people: People }) {
  const { id, view, people } = props;
  // Held from the first press on, so that the receipt of the answer stands after the proposal is gone.
  const [acting, setActing] = useState<{ how: How; proposal: ProposalView } | null>(null);
  const open = acting?.proposal ?? view.open.find((one) => one.id === id);
  return (
    <>
      <p>
        <a class="back" href={href('approvals')}>
          ‹ All approvals
        </a>
      </p>
      <ScreenHead title="Proposal" />
      <div class="stack narrow">
        {open ? (
          <>
            <What proposal={open} people={people} />
            {acting ? (
              <AnswerPanel {...acting} onLeave={() => setActing(null)} />
            ) : (
              <Steps proposal={open} onTake={(how) => setActing({ how, proposal: open })} />
            )}
          </>
        ) : (
          <Ended closed={view.closed.find((one) => one.id === id)} />
        )}
      </div>
    </>
  );
}

function What({ proposal, people }: { proposal: ProposalView; people: People }) {
  const { act, changes, summary, reason, byName, at, seq, schedules, stale } = proposal;
  return (
    <section class="panel stack" aria-label="What is proposed">
      <div class="witness-what">
        <p class="muted small">Not done yet. It would be recorded as:</p>
        <h2 class="sentence">
          {summary}{' '}
          {schedules.map((schedule) => (
            <ScheduleTag key={schedule} schedule={schedule} />
          ))}
        </h2>
        {summary.includes(reason) ? null : <p class="witness-reason">{reason}</p>}
        <p>
          Proposed by <strong>{byName}</strong> {agoText(at, Date.now())} ({timeText(at)}), record{' '}
          <a class="amount" href={href('ledger', [String(seq)])}>
            {seq}
          </a>
        </p>
      </div>
      {changes.length === 0 ? null : <Changes changes={changes} />}
      {act.type === 'policy.changed' ? <PolicyDiff before={people.policy} after={act.body.policy} /> : null}
      {stale === undefined ? (
        <p>{waitingText(proposal, people.staff)}</p>
      ) : (
        <Notice kind="danger" quiet title="It could not be carried out any more.">
          <p>{stale} Reject or withdraw it, and propose it anew if it is still wanted.</p>
        </Notice>
      )}
      {proposal.threePeople ? (
        <p class="muted small">
          Three people do this: who proposes, who approves and who carries it out are not the same.
        </p>
      ) : null}
    </section>
  );
}

function Changes({ changes }: { changes: ProposalView['changes'] }) {
  return (
    <dl class="proposal-changes">
      {changes.map(({ what, before, after }) => (
        <div key={`${what} ${after}`}>
          <dt>{what}</dt>
          <dd>
            {before === undefined ? null : (
              <>
                <del>{before}</del> <span aria-hidden="true">→</span>{' '}
              </>
            )}
            {before === undefined ? after : <ins>{after}</ins>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Steps({ proposal, onTake }: { proposal: ProposalView; onTake: (how: How) => void }) {
  const { approved, stale, mayApprove, mayReject, mayCarryOut, by } = proposal;
  const others = mayReject.some((id) => id !== by);
  return (
    <div class="row">
      {!approved && stale === undefined && mayApprove.length > 0 ? (
        <Button kind="primary" onClick={() => onTake('approve')}>
          Approve
        </Button>
      ) : null}
      {approved && stale === undefined && mayCarryOut.length > 0 ? (
        <Button kind="primary" onClick={() => onTake('carry-out')}>
          Carry it out
        </Button>
      ) : null}
      {others ? <Button onClick={() => onTake('reject')}>Reject</Button> : null}
      {mayReject.includes(by) ? <Button onClick={() => onTake('withdraw')}>Withdraw</Button> : null}
    </div>
  );
}

function Ended({ closed }: { closed: ClosedProposal | undefined }) {
  if (!closed) {
    return (
      <EmptyState what="There is no such proposal, or it ended long ago.">
        <a class="button" href={href('ledger', [], { type: 'proposal.made' })}>
          Look in the ledger
        </a>
      </EmptyState>
    );
  }
  const { summary, byName, end } = closed;
  const word = { 'carried-out': 'Carried out', rejected: 'Rejected', withdrawn: 'Withdrawn' }[end.kind];
  return (
    <section class="panel stack" aria-label="What became of it">
      <h2>{summary}</h2>
      <p>
        Proposed by {byName}. {word} by {end.byName}, {timeText(end.at)}
        {end.reason === undefined ? '' : `: ${end.reason}`}
      </p>
      <div class="row">
        <a class="button" href={href('ledger', [String(end.seq)])}>
          Record {end.seq}
        </a>
      </div>
    </section>
  );
}
