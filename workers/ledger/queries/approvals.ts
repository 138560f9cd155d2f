import { isActive, othersWith, rolesAt } from '../../../shared/domain/access.ts';
import { approvalDue } from '../../../shared/domain/approval.ts';
import { carriedOut } from '../../../shared/domain/bodies/proposals.ts';
import { subjectOf } from '../../../shared/domain/effects.ts';
import { type DomainEntry, type Product, parseEntry } from '../../../shared/domain/entries.ts';
import type { Finding } from '../../../shared/domain/findings.ts';
import { judge, type Target } from '../../../shared/domain/judge.ts';
import { approversOf, witnessesOf } from '../../../shared/domain/policy/base.ts';
import { ruleForAll } from '../../../shared/domain/policy/combine.ts';
import { ALWAYS_APPROVED, PROPOSABLE } from '../../../shared/domain/policy/faults.ts';
import { policyActOf } from '../../../shared/domain/policy/schema.ts';
import {
  type OpenProposal,
  type StaffMember,
  type State,
  schedulesOf,
} from '../../../shared/domain/state.ts';
import { newId } from '../../../shared/ledger/ids.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type {
  ActQuestion,
  ApprovalAnswer,
  ApprovalService,
  ClosedProposal,
  ProposalsView,
  ProposalView,
} from '../../../shared/protocol/approvals.ts';
import { type Context, random } from '../context.ts';
import { readStored } from '../gate/read-record.ts';
import { gatherTarget } from '../gate/steps.ts';
import { changesOf } from './proposal-words.ts';
import { entryOf, nameOf, summaryOf, targetOf } from './words.ts';

/** Who may do, approve and witness what: asked of the same rules that the gate holds an append against. */
export const approvalQueries = (context: Context): ApprovalService => ({
  approval: (question) => approval(context, question),
  whoMay: (question) => whoMay(context, question),
  proposals: () => proposals(context),
  openProposals: async () => Object.keys((await context.projection.catchUp()).state.proposals).length,
});

/** Proposals that ended are shown for as long as somebody may still ask what became of theirs. */
const CLOSED_SHOWN = 20;

/** What a signature or factor beside the performer's would settle: no matter of who performs. */
const SETTLED_BESIDE = ['witness-missing', 'approver-missing', 'factor-missing'];

const refusals = (findings: readonly Finding[]): Finding[] =>
  findings.filter(({ severity, code }) => severity === 'refuse' && !SETTLED_BESIDE.includes(code));

/** The question as an entry that could be appended now; `null` where its body is none. */
export function draftOf(
  { now }: Context,
  { type, body }: Pick<ActQuestion, 'type' | 'body'>,
  by: string,
): DomainEntry | null {
  const id = newId(now(), random(10));
  const entry = { id, type, body, at: formatTime(now()), after: '0'.repeat(64), by: by === '' ? id : by };
  const parsed = parseEntry(entry);
  return parsed.ok ? parsed.entry : null;
}

async function approval(context: Context, question: ActQuestion & { by: string }): Promise<ApprovalAnswer> {
  const known = (await context.projection.catchUp()).state;
  const state = withProducts(known, question.adding);
  const act = draftOf(context, question, question.by);
  const named = act && policyActOf(act.type);
  if (!act || !named) return { due: 'no' };
  const target = await gatherTarget(context.effects.store, act);
  const { by, at } = act;
  const asked = approvalDue(state, { act, by, at, target });
  const always = ALWAYS_APPROVED.includes(named);
  if (asked.due === false && !always) return { due: 'no' };
  const sources = asked.due === false ? [] : asked.rule.sources;
  if (asked.due === 'nobody' && !always) return { due: 'nobody', sources };
  const subject = subjectOf(act);
  const roles = approversOf(state.policy, named, schedulesOf(state, act));
  const approvers = othersWith(state, roles, { at, not: subject === undefined ? [by] : [by, subject] });
  const threePeople = asked.due === true && asked.rule.value.threePeople;
  return {
    ...{ due: 'yes', sources, approvers: approvers.map(({ id }) => id), beside: !threePeople },
    proposable: PROPOSABLE.includes(named),
  };
}

function withProducts(state: State, adding: readonly Product[] = []): State {
  if (adding.length === 0) return state;
  const products = Object.fromEntries(adding.map((product) => [product.id, product]));
  return { ...state, products: { ...products, ...state.products } };
}

type Judging = { state: State; entry: DomainEntry; target: Target | undefined; device: string };

/** What the gate would have against this member as the performer, besides what others settle. */
function against({ state, entry, target, device }: Judging, member: StaffMember): Finding[] {
  const { at } = entry;
  return refusals(
    judge(state, {
      ...{ entry: { ...entry, by: member.id }, recorded: at, device },
      signatures: [{ as: 'performer', by: member.id, at }],
      ...(target === undefined ? {} : { target }),
    }),
  );
}

const active = (state: State, at: string): StaffMember[] =>
  Object.values(state.staff).filter((member) => isActive(member, at));

async function whoMay(context: Context, question: ActQuestion): Promise<string[]> {
  const { state } = await context.projection.catchUp();
  const entry = draftOf(context, question, '');
  if (!entry) return [];
  const target = await gatherTarget(context.effects.store, entry);
  const device = (await context.effects.store.head())?.device ?? '';
  return active(state, entry.at)
    .filter((member) => against({ state, entry, target, device }, member).length === 0)
    .map(({ id }) => id);
}

async function proposals(context: Context): Promise<ProposalsView> {
  const { state } = await context.projection.catchUp();
  const standing = Object.values(state.proposals).sort((a, b) => a.at.localeCompare(b.at));
  const open = await Promise.all(standing.map((proposal) => viewOf(context, state, proposal)));
  return { open, closed: await closedOf(context, state) };
}

async function viewOf(context: Context, state: State, proposal: OpenProposal): Promise<ProposalView> {
  const { id, record, act, reason, by, at, approved } = proposal;
  const { effects, now, db } = context;
  const stored = await db.records.where('entryId').equals(id).first();
  const time = formatTime(now());
  const carried = entryOf(act, { id: newId(now(), random(10)), by, at: time });
  const target = await gatherTarget(effects.store, carried);
  const schedules = schedulesOf(state, act);
  const rule = ruleForAll(state.policy, act.type, schedules);
  const device = (await effects.store.head())?.device ?? '';
  const people = active(state, time);
  const witnesses = witnessesOf(state.policy, act.type, schedules);
  return {
    ...{ id, record, act, reason, by, at, byName: nameOf(state, by), seq: stored?.seq ?? 0 },
    ...{
      summary: summaryOf(state, carried, target && targetOf(state, target.entry)),
    },
    ...{ changes: changesOf(state, act, target?.entry), schedules },
    ...(approved ? { approved: { ...approved, byName: nameOf(state, approved.by) } } : {}),
    threePeople: rule.approver?.value.threePeople ?? false,
    ...answering({ state, device, proposal, people, time, newId: carried.id }),
    ...carrying(
      { state: asApproved(state, proposal), entry: entryOf(carriedOut(act, id), carried), target, device },
      people,
    ),
    witness: rule.witness?.value.due ?? 'none',
    mayWitness: people
      .filter((member) => rolesAt(state, member, time).some((role) => witnesses.includes(role)))
      .map((member) => member.id),
  };
}

/** The log as it would be, were the proposal approved by somebody who is nobody of those who could carry it out. */
function asApproved(state: State, proposal: OpenProposal): State {
  const approved = proposal.approved ?? { by: '', at: proposal.at };
  return { ...state, proposals: { ...state.proposals, [proposal.id]: { ...proposal, approved } } };
}

/** Who could approve, and who could reject or withdraw. */
function answering(of: {
  state: State;
  device: string;
  proposal: OpenProposal;
  people: readonly StaffMember[];
  time: string;
  newId: string;
}): Pick<ProposalView, 'mayApprove' | 'mayReject'> {
  const { state, device, proposal, people, time } = of;
  const { id, record } = proposal;
  const envelope = { id: of.newId, at: time, after: '0'.repeat(64), by: '' };
  const may = (entry: DomainEntry) =>
    people
      .filter((member) => against({ state, entry, target: undefined, device }, member).length === 0)
      .map((member) => member.id);
  return {
    mayApprove: may({ ...envelope, type: 'proposal.approved', body: { proposal: id, record } }),
    mayReject: may({ ...envelope, type: 'proposal.rejected', body: { proposal: id, record, reason: '-' } }),
  };
}

/** What speaks against a person, and not against the act. */
const PERSONAL = ['role', 'self-witness', 'three-people'];

/** Who could carry it out; where nobody could, whatever speaks against the act itself. */
function carrying(
  judging: Judging,
  people: readonly StaffMember[],
): Pick<ProposalView, 'mayCarryOut' | 'stale'> {
  const held = people.map((member) => ({ member, findings: against(judging, member) }));
  const able = held.filter(({ findings }) => findings.length === 0);
  if (able.length > 0) return { mayCarryOut: able.map(({ member }) => member.id) };
  const about = held.flatMap(({ findings }) => findings).find(({ code }) => !PERSONAL.includes(code));
  return { mayCarryOut: [], ...(about ? { stale: about.message } : {}) };
}

/** What became of the last proposals that do not stand open any more. */
async function closedOf({ db }: Context, state: State): Promise<ClosedProposal[]> {
  const made = await db.records
    .where('[type+seq]')
    .between(['proposal.made', 0], ['proposal.made', Number.MAX_SAFE_INTEGER])
    .reverse()
    .filter((row) => !state.proposals[row.entryId])
    .limit(CLOSED_SHOWN)
    .toArray();
  const closed = await Promise.all(
    made.map(async (row): Promise<ClosedProposal[]> => {
      const entry = readStored(row)?.fold.entry;
      if (entry?.type !== 'proposal.made') return [];
      const rows = await db.records.where('refs').equals(row.entryId).sortBy('seq');
      const later = rows.flatMap((one) => {
        const read = readStored(one);
        return read ? [{ seq: one.seq, entry: read.fold.entry }] : [];
      });
      const last = later.find((one) => one.entry.type !== 'proposal.approved');
      if (!last) return [];
      const approved = later.find((one) => one.entry.type === 'proposal.approved');
      const { seq, at, by } = { seq: row.seq, at: entry.at, by: entry.by };
      return [
        {
          ...{ id: row.entryId, seq, at, byName: nameOf(state, by) },
          summary: summaryOf(state, entryOf(entry.body.act, entry)),
          ...(approved ? { approvedByName: nameOf(state, approved.entry.by) } : {}),
          end: endOf(state, last, by),
        },
      ];
    }),
  );
  return closed.flat();
}

function endOf(
  state: State,
  { seq, entry }: { seq: number; entry: DomainEntry },
  proposer: string,
): ClosedProposal['end'] {
  const end = { seq, byName: nameOf(state, entry.by), at: entry.at };
  if (entry.type !== 'proposal.rejected') return { kind: 'carried-out', ...end };
  const kind = entry.by === proposer ? 'withdrawn' : 'rejected';
  return { kind, ...end, reason: entry.body.reason };
}
