import { isActive, othersWith, rolesAt } from '../access.ts';
import type { TypedBody } from '../entries.ts';
import { ROLES, type Role } from '../roles.ts';
import type { Schedule } from '../schema.ts';
import { proposedIn, type StaffMember, type State, schedulesOf } from '../state.ts';
import { approversOf, performersOf, witnessesOf } from './base.ts';
import { type EffectiveRule, ruleFor, ruleForAll } from './combine.ts';
import { FACTORED } from './faults.ts';
import { type Policy, type PolicyAct, policyActOf, SCHEDULES } from './schema.ts';

/** Where a policy asks for a second factor (a passkey or security key with every signature), and of whom. */

/** Whether every signature of such an act needs one. */
export const factorDue = (policy: Policy, act: PolicyAct, schedules: readonly Schedule[] = []): boolean =>
  ruleForAll(policy, act, schedules).needs.some(({ need }) => need === 'second-factor');

/**
 * The rule for which every signature of an entry needs one, or `undefined`: its own, and for what adds a signature
 * to an act (a witness who signs later, an approval) the rule of that act.
 */
export function factorRule(state: State, entry: TypedBody & { by: string }): FactorRule | undefined {
  if (guardsItself(state, entry)) return { need: 'second-factor', sources: ['countersign'] };
  const schedules = schedulesOf(state, entry);
  const added =
    entry.type === 'cosign'
      ? state.pending[entry.body.entry]?.type
      : entry.type === 'proposal.approved'
        ? proposedIn(state, entry)?.type
        : undefined;
  return [entry.type, added]
    .flatMap((type) => (type === undefined ? [] : (policyActOf(type) ?? [])))
    .flatMap((act) => ruleForAll(state.policy, act, schedules).needs)
    .find(({ need }) => need === 'second-factor');
}

type FactorRule = EffectiveRule['needs'][number];

/**
 * Whoever has a second factor changes it with one, whatever the policy says: a PIN that somebody else knows must not
 * be enough. Whose only one is lost asks who enrols people; where there is nobody else of those, the PIN has to do.
 */
function guardsItself(state: State, { type, body, by }: TypedBody & { by: string }): boolean {
  if (type !== 'staff.factor-added' && type !== 'staff.factor-removed') return false;
  const held = state.staff[by]?.factors ?? [];
  if (by !== body.staff.id || held.length === 0) return false;
  const office = performersOf(state.policy, 'staff.enrolled');
  return (
    type === 'staff.factor-added' || othersWith(state, office, { at: state.recorded, not: [by] }).length > 0
  );
}

/** The acts at which the policy asks for one, on drugs of whatever schedule. */
export const factoredActs = (policy: Policy): PolicyAct[] =>
  FACTORED.filter((act) => factorDue(policy, act) || SCHEDULES.some((one) => factorDue(policy, act, [one])));

/** The roles that sign somewhere where one is asked for: as performer, witness or approver. */
export function factoredRoles(policy: Policy): Role[] {
  const roles = factoredActs(policy).flatMap((act) =>
    [undefined, ...SCHEDULES].flatMap((schedule) => {
      const about = schedule === undefined ? [] : [schedule];
      if (!factorDue(policy, act, about)) return [];
      const { witness, approver } = ruleFor(policy, act, schedule);
      return [
        ...performersOf(policy, act, about),
        ...(witness ? witnessesOf(policy, act, about) : []),
        ...(approver ? approversOf(policy, act, about) : []),
      ];
    }),
  );
  return ROLES.filter((role) => roles.includes(role));
}

/** Those who could not sign everything of theirs at that time (RFC 3339), since they have added no second factor. */
export function withoutFactor(state: State, policy: Policy, at: string): StaffMember[] {
  const roles = factoredRoles(policy);
  if (roles.length === 0) return [];
  return Object.values(state.staff).filter(
    (member) =>
      isActive(member, at) &&
      (member.factors ?? []).length === 0 &&
      rolesAt(state, member, at).some((role) => roles.includes(role)),
  );
}
