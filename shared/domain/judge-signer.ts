import type { DomainEntry } from './entries.ts';
import { type Finding, refusal } from './findings.ts';
import { approversOf, performersOf, witnessesOf } from './policy/base.ts';
import { ruleForAll } from './policy/combine.ts';
import { policyActOf } from './policy/schema.ts';
import { ROLE_NAMES, type Role } from './roles.ts';
import { type Signed, type StaffMember, type State, schedulesOf } from './state.ts';

/** Holds one signature of an act against what the policy lets the role of its signer do. */
export function judgeSigner(state: State, entry: DomainEntry, signed: Signed): Finding[] {
  if (signsForOwnKey(entry, signed)) return judgeOwnKey(state, signed);
  const member = state.staff[signed.by];
  if (!member) return [refusal('unknown-staff', 'This person is not enrolled in this ledger.')];
  if (member.disabledSeq !== undefined) {
    return [refusal('disabled-staff', `${member.name} can no longer sign. Ask the registrant.`)];
  }
  return judgeRole(state, entry, signed, member);
}

/** In the entry that brings in a key, its owner may sign after the performer (format README, "Whose key"). */
function signsForOwnKey(entry: DomainEntry, { as, by }: Signed): boolean {
  const brings = entry.type === 'staff.enrolled' || entry.type === 'staff.key-rotated';
  return brings && as !== 'performer' && by === entry.body.staff.id;
}

/**
 * That signature shows that the key is theirs, and needs no role for it. It witnesses no act on a container, and an
 * approver or registrant has to be one before.
 */
function judgeOwnKey(state: State, { as, by }: Signed): Finding[] {
  const member = state.staff[by];
  if (member?.disabledSeq !== undefined) {
    return [refusal('disabled-staff', `${member.name} can no longer sign. Ask the registrant.`)];
  }
  return as === 'witness'
    ? []
    : [refusal('role', 'Whose key this brings in signs for it as a witness, and approves nothing by it.')];
}

function judgeRole(state: State, entry: DomainEntry, { as }: Signed, member: StaffMember): Finding[] {
  const act = policyActOf(entry.type);
  if (act === undefined) return [];
  const { policy } = state;
  const schedules = schedulesOf(state, entry);
  const rule = ruleForAll(policy, act, schedules);
  const who = `${member.name} (${ROLE_NAMES[member.role]})`;
  const may = (roles: readonly Role[]) => roles.includes(member.role);
  switch (as) {
    case 'performer':
      return may(performersOf(policy, act, schedules))
        ? []
        : [refusal('role', `${who} may not do this. Ask someone who may.`, rule.perform?.sources)];
    case 'witness':
      return may(witnessesOf(policy, act, schedules))
        ? []
        : [refusal('witness-role', `${who} may not witness this.`, rule.witness?.sources)];
    case 'approver':
      return may(approversOf(policy, act))
        ? []
        : [refusal('role', `${who} may not approve this.`, rule.approver?.sources)];
    case 'registrant':
      return may(['registrant']) ? [] : [refusal('role', `${who} is not the registrant.`)];
  }
}
