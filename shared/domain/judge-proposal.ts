import { canonicalize } from '../ledger/canonical.ts';
import { isActive, rolesAt } from './access.ts';
import { approvalDue, partsOfProposal } from './approval.ts';
import { subjectOf } from './effects.ts';
import type { EntryOf } from './entries.ts';
import { type Finding, flag, refusal } from './findings.ts';
import type { Act } from './judge.ts';
import { approversOf, performersOf } from './policy/base.ts';
import { ruleForAll } from './policy/combine.ts';
import { ALWAYS_APPROVED } from './policy/faults.ts';
import { policyActOf } from './policy/schema.ts';
import { ROLE_NAMES } from './roles.ts';
import { type OpenProposal, type State, schedulesOf } from './state.ts';

/** Rules about what one person proposes, another approves, and one who may carries out. */

/** Holds the entries of a proposal, and an act that says that it carries one out, against what is open. */
export function judgeProposal(state: State, act: Act): Finding[] {
  const { entry, recorded } = act;
  switch (entry.type) {
    case 'proposal.approved':
      return judgeAnswer(state, entry, (proposal) => judgeApproval(state, entry, recorded, proposal));
    case 'proposal.rejected':
      return judgeAnswer(state, entry, (proposal) =>
        proposal.by === entry.by ? [] : judgeOwnRight(state, entry, recorded, proposal),
      );
    default:
      return judgeCarriedOut(state, act);
  }
}

const GONE = 'This proposal is not open: it was carried out, rejected or withdrawn.';

function judgeAnswer(
  state: State,
  { body }: EntryOf<'proposal.approved'> | EntryOf<'proposal.rejected'>,
  then: (proposal: OpenProposal) => Finding[],
): Finding[] {
  const proposal = state.proposals[body.proposal];
  if (!proposal) return [refusal('unknown-proposal', GONE)];
  return proposal.record === body.record
    ? then(proposal)
    : [refusal('wrong-record', 'The proposal is not the one on the screen. Reload.')];
}

function judgeApproval(
  state: State,
  entry: EntryOf<'proposal.approved'>,
  recorded: string,
  proposal: OpenProposal,
): Finding[] {
  if (proposal.approved) return [refusal('unknown-proposal', 'This proposal is approved already.')];
  const { by } = entry;
  if (by === proposal.by || by === subjectOf(proposal.act)) {
    return [
      refusal('self-witness', 'Nobody approves what they proposed, or what is about them. Ask a colleague.'),
    ];
  }
  return judgeOwnRight(state, entry, recorded, proposal);
}

/** Who approves is entitled by their own role, and not for a while. Whoever may not answer at all was told that. */
function judgeOwnRight(
  state: State,
  { by, type }: EntryOf<'proposal.approved'> | EntryOf<'proposal.rejected'>,
  recorded: string,
  { act }: OpenProposal,
): Finding[] {
  const member = state.staff[by];
  const named = policyActOf(act.type);
  const schedules = schedulesOf(state, act);
  const answers = performersOf(state.policy, type, schedules);
  if (!member || !named || !rolesAt(state, member, recorded).some((role) => answers.includes(role)))
    return [];
  if (approversOf(state.policy, named, schedules).includes(member.role)) return [];
  return [refusal('role', `${member.name} (${ROLE_NAMES[member.role]}) may not approve this.`)];
}

function judgeCarriedOut(state: State, { entry, signatures, recorded }: Act): Finding[] {
  if (!('proposal' in entry.body) || entry.body.proposal === undefined) return [];
  const { proposal: id, ...body } = entry.body;
  const proposal = state.proposals[id];
  if (!proposal) return [refusal('unknown-proposal', GONE)];
  if (!proposal.approved) return [refusal('approver-missing', 'This proposal waits for approval.')];
  if (proposal.act.type !== entry.type || canonicalize(body) !== canonicalize(proposal.act.body)) {
    return [refusal('other-act', 'This is not what was approved. Propose it anew.')];
  }
  const lapsed = judgeStanding(state, entry, recorded, proposal.approved.by);
  if (lapsed.length > 0) return lapsed;
  if (proposal.approved.by === entry.by) {
    return [refusal('self-witness', 'Who approved it does not carry it out. Ask a colleague.')];
  }
  const parts = partsOfProposal(state, entry);
  return signatures.some(({ as, by }) => as !== 'performer' && parts.includes(by))
    ? [refusal('self-witness', 'Who proposed or approved it is not its witness. Ask another colleague.')]
    : [];
}

/** An approval stands for as long as whoever gave it could give it: none is put by for after they left. */
function judgeStanding(state: State, entry: Act['entry'], recorded: string, by: string): Finding[] {
  const member = state.staff[by];
  const named = policyActOf(entry.type);
  if (!member || !named) return [];
  if (!isActive(member, recorded)) {
    const message = `${member.name} approved this and can no longer sign. Propose it anew.`;
    return [refusal('disabled-staff', message)];
  }
  const schedules = schedulesOf(state, entry);
  if (approversOf(state.policy, named, schedules).includes(member.role)) return [];
  const { approver } = ruleForAll(state.policy, named, schedules);
  const message = `${member.name} (${ROLE_NAMES[member.role]}) approved this and may not any more. Propose it anew.`;
  return [refusal('role', message, approver?.sources)];
}

/** Whether somebody else has approved the act, where the policy or the act itself wants that. */
export function judgeApprover(state: State, { entry, signatures, recorded, target }: Act): Finding[] {
  const { by } = entry;
  const subject = subjectOf(entry);
  const asked = approvalDue(state, { act: entry, by, at: recorded, target });
  const carried = 'proposal' in entry.body ? entry.body.proposal : undefined;
  const beside = signatures.some((one) => one.as === 'approver' && one.by !== by && one.by !== subject);
  const always = ALWAYS_APPROVED.some((act) => act === entry.type);
  if (asked.due === false && !always) return [];
  const rule = asked.due === false ? undefined : asked.rule;
  if (asked.due === true && asked.rule.value.threePeople) {
    if (carried === undefined) {
      const message = 'Three people do this: one proposes, one approves, another carries it out.';
      return [refusal('three-people', message, rule?.sources)];
    }
    return state.proposals[carried]?.by === by
      ? [refusal('three-people', 'Who proposed it does not carry it out. Ask a colleague.', rule?.sources)]
      : [];
  }
  if (carried !== undefined || beside) return [];
  if (asked.due === 'nobody' && !always) {
    return [flag('approver-nobody', 'Nobody else here could have approved this.', rule?.sources)];
  }
  const message = 'A second person has to approve this and sign with their own PIN.';
  return [refusal('approver-missing', message, rule?.sources)];
}
