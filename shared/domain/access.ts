import type { TypedBody } from './entries.ts';
import { performersOf, witnessesOf } from './policy/base.ts';
import { policyActOf } from './policy/schema.ts';
import type { Role } from './roles.ts';
import { type Elevation, type SignedAs, type StaffMember, type State, schedulesOf } from './state.ts';

/** Who may act now: people come, are disabled or admitted for a day, and are made more for a while. */

export const HOUR_MS = 3_600_000;
/** The longest for which somebody is admitted, or made more than they are. */
export const LONGEST_ACCESS_MS = 24 * HOUR_MS;

/** Whether a member of staff may sign at all at that time (RFC 3339). */
export const isActive = ({ disabledSeq, until }: StaffMember, at: string): boolean =>
  disabledSeq === undefined && (until === undefined || at <= until);

/** The elevations of a person that are not over at that time. */
export const elevationsOf = (state: State, staff: string, at: string): Elevation[] =>
  Object.values(state.elevations).filter((one) => one.staff === staff && at <= one.until);

/** Everything that a person is at that time: their own role first. */
export const rolesAt = (state: State, member: StaffMember, at: string): Role[] => [
  member.role,
  ...elevationsOf(state, member.id, at).map(({ role }) => role),
];

/** The roles that the policy takes for a signature of that kind; `undefined` where it does not speak of the act. */
export function rolesFor(state: State, entry: TypedBody, as: SignedAs): readonly Role[] | undefined {
  const act = policyActOf(entry.type);
  if (act === undefined || as === 'approver' || as === 'registrant') return undefined;
  const of = as === 'performer' ? performersOf : witnessesOf;
  return of(state.policy, act, schedulesOf(state, entry));
}

/** The lists of roles that the signer has to be in, each: who signs later may do that, and may witness the act. */
function askedRoles(state: State, entry: TypedBody, as: SignedAs): (readonly Role[])[] {
  const roles = rolesFor(state, entry, as);
  const waiting = entry.type === 'cosign' && as === 'performer' ? state.pending[entry.body.entry] : undefined;
  return [roles, waiting?.witnesses].filter((one) => one !== undefined);
}

/**
 * The elevation that a signature rests on: their own role would not do, this one does. One that is not used up by
 * it comes first, so that a single use is kept for when it is needed.
 */
export function elevationUsed(
  state: State,
  entry: TypedBody,
  { as, by, at }: { as: SignedAs; by: string; at: string },
): Elevation | undefined {
  const member = state.staff[by];
  const unmet = askedRoles(state, entry, as).filter((roles) => member && !roles.includes(member.role));
  if (unmet.length === 0) return undefined;
  const fitting = elevationsOf(state, by, at).filter(({ role }) =>
    unmet.every((roles) => roles.includes(role)),
  );
  return fitting.find(({ once }) => !once) ?? fitting[0];
}

/** Those other than `not` who hold one of the roles in their own right and may sign at that time. */
export const othersWith = (
  state: State,
  roles: readonly Role[],
  { at, not }: { at: string; not: readonly string[] },
): StaffMember[] =>
  Object.values(state.staff).filter(
    (member) => roles.includes(member.role) && isActive(member, at) && !not.includes(member.id),
  );
