import { elevationUsed, isActive, rolesFor } from './access.ts';
import { subjectOf } from './effects.ts';
import type { DomainEntry } from './entries.ts';
import { type Finding, refusal } from './findings.ts';
import type { Act } from './judge.ts';
import { approversOf } from './policy/base.ts';
import { ruleForAll } from './policy/combine.ts';
import { policyActOf } from './policy/schema.ts';
import { ROLE_NAMES } from './roles.ts';
import { type Signed, type StaffMember, type State, schedulesOf } from './state.ts';

/** Holds one signature of an act against what the policy lets the role of its signer do. */
export function judgeSigner(state: State, { entry, recorded }: Act, signed: Signed): Finding[] {
  const member = state.staff[signed.by];
  if (member && !isActive(member, recorded)) return [noLonger(member)];
  if (signsForOwnKey(entry, signed)) return judgeOwnKey(signed);
  if (!member) return [refusal('unknown-staff', 'This person is not enrolled in this ledger.')];
  return judgeRole(state, { entry, recorded }, signed, member);
}

const noLonger = ({ name, disabledSeq }: StaffMember): Finding =>
  disabledSeq === undefined
    ? refusal('admission-over', `${name} was here for a day, which is over. Ask another colleague.`)
    : refusal('disabled-staff', `${name} can no longer sign. Ask the registrant.`);

/** In the entry that brings in a key, its owner may sign after the performer (format README, "Whose key"). */
function signsForOwnKey(entry: DomainEntry, { as, by }: Signed): boolean {
  const brings = ['staff.enrolled', 'staff.admitted', 'staff.key-rotated'].includes(entry.type);
  return brings && as !== 'performer' && by === subjectOf(entry);
}

/**
 * That signature shows that the key is theirs, and needs no role for it. It witnesses no act on a container, and an
 * approver or registrant has to be one before.
 */
const judgeOwnKey = ({ as }: Signed): Finding[] =>
  as === 'witness'
    ? []
    : [refusal('role', 'Whose key this brings in signs for it as a witness, and approves nothing by it.')];

function judgeRole(
  state: State,
  { entry, recorded }: Pick<Act, 'entry' | 'recorded'>,
  { as, by }: Signed,
  member: StaffMember,
): Finding[] {
  const act = policyActOf(entry.type);
  if (act === undefined) return [];
  const { policy } = state;
  const schedules = schedulesOf(state, entry);
  const rule = ruleForAll(policy, act, schedules);
  const who = `${member.name} (${ROLE_NAMES[member.role]})`;
  // Whoever approves, or answers for the registration, is that in their own right.
  if (as === 'approver') {
    return approversOf(policy, act, schedules).includes(member.role)
      ? []
      : [refusal('role', `${who} may not approve this.`, rule.approver?.sources)];
  }
  if (as === 'registrant') {
    return member.role === 'registrant' ? [] : [refusal('role', `${who} is not the registrant.`)];
  }
  const own = rolesFor(state, entry, as)?.includes(member.role);
  if (own || elevationUsed(state, entry, { as, by, at: recorded })) return [];
  return as === 'performer'
    ? [refusal('role', `${who} may not do this. Ask someone who may.`, rule.perform?.sources)]
    : [refusal('witness-role', `${who} may not witness this.`, rule.witness?.sources)];
}
