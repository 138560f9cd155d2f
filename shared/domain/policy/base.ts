import type { Role } from '../roles.ts';
import type { Schedule } from '../schema.ts';
import { ruleFor, ruleForAll } from './combine.ts';
import type { Policy, PolicyAct } from './schema.ts';

/** Who does what where nobody has decided otherwise: no law names these roles, they are the product's own. */

const HANDLE: readonly Role[] = ['registrant', 'veterinarian', 'pharmacist', 'lead-technician', 'technician'];
const STOCK: readonly Role[] = ['registrant', 'veterinarian', 'pharmacist', 'lead-technician'];
const ADMINISTER: readonly Role[] = ['registrant', 'compliance-officer'];

/** Those who may witness: everybody but the auditor, who only reads. */
export const WITNESSES: readonly Role[] = [...HANDLE, 'witness', 'compliance-officer'];

/** Those who may approve what another one proposes: wide enough for a clinic with one registrant. */
export const APPROVERS: readonly Role[] = [...STOCK, 'compliance-officer'];

/** An auditor signs for two things alone, because the record has to say who did them: an export and a check. */
const READERS: readonly Role[] = [...HANDLE, 'compliance-officer', 'auditor'];
/** Everybody has a key, and a PIN to change. */
const EVERYBODY: readonly Role[] = [...HANDLE, 'witness', 'compliance-officer', 'auditor'];
/** Whoever may stand for a visitor at the counter. */
const HOSTS: readonly Role[] = [...STOCK, 'compliance-officer'];
/** Everybody who has a part in what can be proposed, or is told of a discrepancy. */
const PROPOSERS: readonly Role[] = [...HANDLE, 'compliance-officer'];

export const BASE_PERFORMERS: Readonly<Record<PolicyAct, readonly Role[]>> = {
  draw: HANDLE,
  waste: HANDLE,
  return: HANDLE,
  cosign: WITNESSES,
  reversal: HANDLE,
  count: HANDLE,
  'discrepancy.opened': HANDLE,
  'discrepancy.noted': PROPOSERS,
  'discrepancy.resolved': [...STOCK, 'compliance-officer'],
  'container.received': STOCK,
  'container.opened': HANDLE,
  'container.closed': STOCK,
  'product.added': STOCK,
  'staff.enrolled': ADMINISTER,
  'staff.admitted': HOSTS,
  'staff.changed': ADMINISTER,
  'staff.key-rotated': EVERYBODY,
  'staff.key-added': EVERYBODY,
  'staff.key-removed': EVERYBODY,
  'staff.pin-changed': EVERYBODY,
  'staff.factor-added': EVERYBODY,
  'staff.factor-removed': EVERYBODY,
  'staff.disabled': ADMINISTER,
  'access.elevated': WITNESSES,
  'access.ended': WITNESSES,
  'proposal.made': PROPOSERS,
  'proposal.approved': APPROVERS,
  'proposal.rejected': PROPOSERS,
  'vault.rotated': ADMINISTER,
  'patients.erased': ADMINISTER,
  'policy.changed': ADMINISTER,
  exported: READERS,
  verified: READERS,
};

/**
 * The roles that may perform an act on drugs of these schedules. An act that the policy does not speak of, as one
 * of a version later than the policy, is done by the product's own roles for it.
 */
export function performersOf(
  policy: Policy,
  act: PolicyAct,
  schedules: readonly Schedule[] = [],
): readonly Role[] {
  return ruleForAll(policy, act, schedules).perform?.value ?? BASE_PERFORMERS[act];
}

/** The roles that may witness an act: those that its witness rule takes, or anybody who may witness at all. */
export function witnessesOf(
  policy: Policy,
  act: PolicyAct,
  schedules: readonly Schedule[] = [],
): readonly Role[] {
  return ruleForAll(policy, act, schedules).witness?.value.by ?? WITNESSES;
}

/** The roles that may approve an act on drugs of these schedules. */
export function approversOf(
  policy: Policy,
  act: PolicyAct,
  schedules: readonly Schedule[] = [],
): readonly Role[] {
  return ruleForAll(policy, act, schedules).approver?.value.by ?? APPROVERS;
}

/** Whether a witness signs in the same record, may follow later, or is not asked for. */
export function witnessDue(policy: Policy, act: PolicyAct, schedule: Schedule): 'now' | 'late' | 'none' {
  return ruleFor(policy, act, schedule).witness?.value.due ?? 'none';
}
