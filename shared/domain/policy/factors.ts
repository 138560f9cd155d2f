import { isActive, rolesAt } from '../access.ts';
import { ROLES, type Role } from '../roles.ts';
import type { Schedule } from '../schema.ts';
import type { StaffMember, State } from '../state.ts';
import { approversOf, performersOf, witnessesOf } from './base.ts';
import { ruleFor, ruleForAll } from './combine.ts';
import { FACTORED } from './faults.ts';
import { type Policy, type PolicyAct, SCHEDULES } from './schema.ts';

/** Where a policy asks for a second factor (a passkey or security key with every signature), and of whom. */

/** Whether every signature of such an act needs one. */
export const factorDue = (policy: Policy, act: PolicyAct, schedules: readonly Schedule[] = []): boolean =>
  ruleForAll(policy, act, schedules).needs.some(({ need }) => need === 'second-factor');

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
