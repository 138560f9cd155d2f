import './approvals.css';
import { useState } from 'preact/hooks';
import type { ClosedProposal, ProposalsView, ProposalView } from '../../../shared/protocol/approvals.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { SelectField } from '../../../shared/ui/Field.tsx';
import { agoText } from '../../../shared/ui/format.ts';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { type People, usePeople } from '../../app/use-people.ts';
import { useQuery } from '../../app/use-query.ts';
import { forPerson, STANDING_TITLES, type Standing, standingOf, waitedFor, waitingText } from './model.ts';
import { ProposalDetail } from './ProposalDetail.tsx';

/** Who waits for whom (`#/approvals`), or one proposal with what can be done about it (`#/approvals/ID`). */
export function Screen() {
  const proposals = useQuery(() => service.proposals());
  const people = usePeople();
  const id = place.value.rest[0];
  return (
    <Loading of={people}>
      {(who) => (
        <Loading of={proposals}>
          {(view) =>
            id === undefined ? (
              <Proposals view={view} people={who} />
            ) : (
              <ProposalDetail key={id} id={id} view={view} people={who} />
            )
          }
        </Loading>
      )}
    </Loading>
  );
}

const STANDINGS: readonly Standing[] = ['to-approve', 'to-carry-out', 'stuck'];

function Proposals({ view, people }: { view: ProposalsView; people: People }) {
  const { staff } = people;
  const [person, setPerson] = useState('');
  const mine = view.open.filter(({ by }) => by === person);
  const open = forPerson(view.open, person);
  return (
    <>
      <ScreenHead title="Approvals" />
      <div class="stack">
        {view.open.length === 0 ? (
          <EmptyState what="Nothing waits for approval. What one person proposes and another has to approve stands here." />
        ) : (
          <div class="narrow">
            <SelectField
              label="What waits for"
              value={person}
              placeholder="Everybody"
              options={staff.filter((p) => !p.disabled).map((p) => ({ value: p.id, label: p.name }))}
              onInput={setPerson}
            />
          </div>
        )}
        {STANDINGS.map((standing) => (
          <Group
            key={standing}
            title={STANDING_TITLES[standing]}
            person={person}
            staff={staff}
            proposals={open
              .filter((one) => standingOf(one) === standing)
              .filter((one) => person === '' || waitedFor(one).includes(person))}
          />
        ))}
        {person === '' ? null : <Group title="Made by them" person={person} staff={staff} proposals={mine} />}
        {person !== '' && open.every((one) => !waitedFor(one).includes(person)) ? (
          <p class="muted">Nothing waits for them.</p>
        ) : null}
        <Closed closed={view.closed} />
      </div>
    </>
  );
}

function Group(props: {
  title: string;
  person: string;
  staff: readonly StaffView[];
  proposals: readonly ProposalView[];
}) {
  const { title, proposals, staff } = props;
  if (proposals.length === 0) return null;
  const now = Date.now();
  return (
    <section class="panel stack" aria-label={title}>
      <h2>
        {title} <span class="badge">{proposals.length}</span>
      </h2>
      <ul class="list work">
        {proposals.map((proposal) => (
          <li key={proposal.id} class={toneOf(proposal, now)}>
            <div>
              <p class="work-title">
                {proposal.summary}{' '}
                {proposal.schedules.map((schedule) => (
                  <ScheduleTag key={schedule} schedule={schedule} />
                ))}
              </p>
              <p class="small muted">
                Proposed by {proposal.byName} {agoText(proposal.at, now)}
                {proposal.summary.includes(proposal.reason) ? '' : `: ${proposal.reason}`}
              </p>
              <p class="small">{waitingText(proposal, staff)}</p>
            </div>
            <a
              class="button small"
              href={href('approvals', [proposal.id])}
              aria-label={`Open: ${proposal.summary}`}
            >
              Open
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const DAY_MS = 86_400_000;

const toneOf = ({ stale, at, approved }: ProposalView, now: number): string =>
  stale !== undefined || now - Date.parse(approved?.at ?? at) > DAY_MS ? 'danger' : 'warn';

const ENDS: Readonly<Record<ClosedProposal['end']['kind'], { word: string; tone: string }>> = {
  'carried-out': { word: 'carried out', tone: 'ok' },
  rejected: { word: 'rejected', tone: 'danger' },
  withdrawn: { word: 'withdrawn', tone: '' },
};

function Closed({ closed }: { closed: readonly ClosedProposal[] }) {
  if (closed.length === 0) return null;
  const now = Date.now();
  return (
    <section class="panel stack" aria-label="Done lately">
      <h2>Done lately</h2>
      <ul class="list">
        {closed.map(({ id, seq, summary, byName, approvedByName, end }) => (
          <li key={id}>
            <p>
              <span class={`badge ${ENDS[end.kind].tone}`}>{ENDS[end.kind].word}</span> {summary}
            </p>
            <p class="small muted">
              <a href={href('ledger', [String(seq)])}>Proposed</a> by {byName}
              {approvedByName === undefined ? '' : `, approved by ${approvedByName}`},{' '}
              <a href={href('ledger', [String(end.seq)])}>{ENDS[end.kind].word}</a> by {end.byName}{' '}
              {agoText(end.at, now)}
              {end.reason === undefined ? '' : `: ${end.reason}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
