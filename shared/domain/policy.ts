import * as v from 'valibot';
import { ROLES } from './roles.ts';
import { type Schedule, schedule } from './schema.ts';

/**
 * The facility's own rules, kept in the ledger so that a record is judged by the policy of its time.
 * A witness is due `now` (in the same record), `late` (a cosign within `lateHours` is accepted) or `never`.
 */
const witnessRule = v.strictObject({
  act: v.picklist(['waste', 'container.closed', 'count', 'discrepancy.resolved']),
  schedules: v.array(schedule),
  due: v.picklist(['now', 'late']),
  lateHours: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8784)),
});

const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const role = v.picklist(ROLES);

export const policySchema = v.strictObject({
  profile: v.picklist(['federal-minimum', 'strict']),
  witness: v.array(witnessRule),
  /** Roles that may handle stock: draw, waste, return, receive, open, close, count. */
  handle: v.array(role),
  /** Roles that may witness. */
  mayWitness: v.array(role),
  /** Roles that may receive stock and close containers. */
  stock: v.array(role),
  /** Roles that may enrol or disable staff, resolve discrepancies and change the policy. */
  administer: v.array(role),
  countEveryDays: count,
  retentionYears: count,
  idleSeconds: count,
  /** Entries after which an export to a place outside the browser is asked for. */
  exportEveryEntries: count,
});
export type Policy = v.InferOutput<typeof policySchema>;
export type WitnessedAct = Policy['witness'][number]['act'];

export const STRICT_POLICY: Policy = {
  profile: 'strict',
  witness: [
    { act: 'waste', schedules: ['II', 'III', 'IV', 'V'], due: 'late', lateHours: 24 },
    { act: 'container.closed', schedules: ['II'], due: 'late', lateHours: 24 },
    { act: 'discrepancy.resolved', schedules: ['II', 'III', 'IV', 'V'], due: 'now', lateHours: 0 },
  ],
  handle: ['registrant', 'veterinarian', 'pharmacist', 'lead-technician', 'technician'],
  mayWitness: [
    'registrant',
    'veterinarian',
    'pharmacist',
    'lead-technician',
    'technician',
    'witness',
    'compliance-officer',
  ],
  stock: ['registrant', 'veterinarian', 'pharmacist', 'lead-technician'],
  administer: ['registrant', 'compliance-officer'],
  countEveryDays: 30,
  retentionYears: 5,
  idleSeconds: 120,
  exportEveryEntries: 100,
};

/** Federal law names no witness for the waste of an administered remainder (21 CFR 1304.21(e), 1304.22(c)). */
export const FEDERAL_MINIMUM_POLICY: Policy = {
  ...STRICT_POLICY,
  profile: 'federal-minimum',
  witness: [],
  countEveryDays: 730,
  retentionYears: 2,
};

/** The witness rule for an act on a drug of this schedule, or `undefined` where none is due. */
export function witnessRuleFor(policy: Policy, act: string, of: Schedule) {
  return policy.witness.find((rule) => rule.act === act && rule.schedules.includes(of));
}
