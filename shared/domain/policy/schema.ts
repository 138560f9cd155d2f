import * as v from 'valibot';
import { isQuantity } from '../quantity.ts';
import { ROLES } from '../roles.ts';
import { schedule } from '../schema.ts';
import { SOURCE_IDS } from './source-ids.ts';

/**
 * The policy as it stands in the ledger: in `ledger.created` and `policy.changed`, so that a record is judged by
 * the policy of its time. It is a list of rules, each with the source behind it; nothing of it is code. Several
 * rules may speak of the same act and schedule: the stricter wins, see `combine.ts`.
 */

/** The acts of people that a policy speaks of, in the order in which a person reads them. */
export const POLICY_ACTS = [
  'draw',
  'waste',
  'return',
  'cosign',
  'reversal',
  'count',
  'discrepancy.opened',
  'discrepancy.noted',
  'discrepancy.resolved',
  'container.received',
  'container.opened',
  'container.closed',
  'product.added',
  'staff.enrolled',
  'staff.admitted',
  'staff.changed',
  'staff.key-rotated',
  'staff.key-added',
  'staff.key-removed',
  'staff.pin-changed',
  'staff.factor-added',
  'staff.factor-removed',
  'staff.disabled',
  'access.elevated',
  'access.ended',
  'proposal.made',
  'proposal.approved',
  'proposal.rejected',
  'vault.rotated',
  'patients.erased',
  'policy.changed',
  'exported',
  'verified',
] as const;
export type PolicyAct = (typeof POLICY_ACTS)[number];

/** The act as the policy names it, or `undefined` for what the device records and for the first record. */
export const policyActOf = (type: string): PolicyAct | undefined => BY_NAME.get(type);
const BY_NAME: ReadonlyMap<string, PolicyAct> = new Map(POLICY_ACTS.map((act) => [act, act]));

export const SCHEDULES = ['II', 'III', 'IV', 'V'] as const;

/**
 * What an act may ask for besides signatures: a reason in words, a count just before, a count that is no estimate,
 * a second factor (passkey or security key) with every signature.
 */
export const NEEDS = ['reason', 'count', 'exact-count', 'second-factor'] as const;
export type Need = (typeof NEEDS)[number];

/**
 * When an approver is due, where that depends on the act: it changes the book, changes it beyond the variance band,
 * disposes of what is left, or takes up what somebody else did.
 */
export const APPROVAL_CASES = ['adjusts', 'beyond-band', 'disposes', 'of-another'] as const;
export type ApprovalCase = (typeof APPROVAL_CASES)[number];

export const PROFILE_IDS = [
  'federal-minimum',
  'strict',
  'ca',
  'ca-pharmacy',
  'tx',
  'fl',
  'fl-shelter',
  'ny',
  'oh',
  'va',
  'mi',
  'or',
  'ia',
  'sc',
  'nc',
  'nv-hospital',
  'wi',
  'wa',
  'wa-shelter',
  'dc',
  'mo',
  'la-shelter',
] as const;
export type ProfileId = (typeof PROFILE_IDS)[number];

/** Intervals and durations. Of two, the longer retention wins, and the shorter of everything else. */
export const TERMS = [
  'retentionYears',
  'countEveryDays',
  'inventoryEveryDays',
  'reconcileEveryDays',
  'trainingEveryDays',
  'idleSeconds',
  'exportEveryEntries',
] as const;
export type Term = (typeof TERMS)[number];

const optional = v.exactOptional;
const source = v.picklist(SOURCE_IDS);
const whole = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const roles = v.pipe(v.array(v.picklist(ROLES)), v.maxLength(ROLES.length));
/** Empty: whatever the schedule, and acts that have none. */
const schedules = v.pipe(v.array(schedule), v.maxLength(SCHEDULES.length));

/** `now`: in the same record. `late`: a cosign within `lateHours` of the record counts as in time. */
const witness = v.strictObject({
  due: v.picklist(['now', 'late']),
  lateHours: whole(0, 8784),
  by: roles,
});

/** Somebody entitled who is not the performer, and signs in the same record or approved it as a proposal before. */
const approver = v.strictObject({
  by: roles,
  /** Only in these cases; always, when empty. */
  when: v.pipe(v.array(v.picklist(APPROVAL_CASES)), v.maxLength(APPROVAL_CASES.length)),
  /** Not asked for where nobody else here could give it. */
  unlessAlone: v.boolean(),
  /** Who carries it out is neither who proposed nor who approved it. */
  threePeople: v.boolean(),
});

const rule = v.strictObject({
  acts: v.pipe(v.array(v.picklist(POLICY_ACTS)), v.minLength(1), v.maxLength(POLICY_ACTS.length)),
  schedules,
  /** Who may do it. */
  perform: optional(roles),
  witness: optional(witness),
  approver: optional(approver),
  needs: optional(v.pipe(v.array(v.picklist(NEEDS)), v.maxLength(NEEDS.length))),
  /** Sets the container aside until the discrepancy is resolved. */
  hold: optional(v.literal(true)),
  /** Who is to be told. */
  notify: optional(roles),
  source,
});

const term = v.strictObject({ term: v.picklist(TERMS), value: whole(1, 1_000_000), schedules, source });

/** By how much of what a container held the book may change without a word, in percent. */
const band = v.strictObject({
  schedules,
  /** Dosage forms; empty: all of them. */
  forms: v.pipe(
    v.array(v.picklist(['injection', 'tablet', 'capsule', 'patch', 'oral-liquid', 'powder', 'other'])),
    v.maxLength(7),
  ),
  percent: v.pipe(
    v.string(),
    v.check((text) => isQuantity(text) && !text.startsWith('-'), 'a percentage of zero or more'),
  ),
  source,
});

export const policySchema = v.strictObject({
  /** The profiles that it was made from, for people: what binds are the rules. */
  profiles: v.pipe(v.array(v.picklist(PROFILE_IDS)), v.maxLength(PROFILE_IDS.length)),
  rules: v.pipe(v.array(rule), v.maxLength(200)),
  terms: v.pipe(v.array(term), v.maxLength(100)),
  variance: v.pipe(v.array(band), v.maxLength(50)),
});
export type Policy = v.InferOutput<typeof policySchema>;
export type Rule = Policy['rules'][number];
export type WitnessRule = v.InferOutput<typeof witness>;
export type ApproverRule = v.InferOutput<typeof approver>;
export type TermRule = Policy['terms'][number];
export type Band = Policy['variance'][number];
export type DosageForm = Band['forms'][number];

/** The policy before there is a ledger: nobody may do anything. */
export const NO_POLICY: Policy = { profiles: [], rules: [], terms: [], variance: [] };
