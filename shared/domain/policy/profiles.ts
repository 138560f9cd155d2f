import type { Role } from '../roles.ts';
import { APPROVERS, BASE_PERFORMERS, WITNESSES } from './base.ts';
import { combine } from './combine.ts';
import {
  type ApproverRule,
  POLICY_ACTS,
  type Policy,
  PROFILE_IDS,
  type ProfileId,
  type Rule,
  SCHEDULES,
} from './schema.ts';
import { BIENNIAL_DAYS, type Profile, STATE_PROFILES } from './states.ts';

/** Who does what, as rules: acts with the same roles are one rule. */
function baseRules(): Rule[] {
  const byRoles = new Map<readonly Role[], Rule>();
  for (const act of POLICY_ACTS) {
    const perform = BASE_PERFORMERS[act];
    const known = byRoles.get(perform);
    if (known) known.acts.push(act);
    else byRoles.set(perform, { acts: [act], schedules: [], perform: [...perform], source: 'countersign' });
  }
  return [...byRoles.values()];
}

const approval = (rule: Partial<ApproverRule> = {}): ApproverRule => ({
  ...{ by: [...APPROVERS], when: [], unlessAlone: true, threePeople: false },
  ...rule,
});

const FEDERAL_MINIMUM: Policy = {
  profiles: ['federal-minimum'],
  rules: [
    ...baseRules(),
    {
      ...{ acts: ['policy.changed', 'access.elevated', 'patients.erased'], schedules: [] },
      ...{ approver: approval({ unlessAlone: false }), source: 'countersign' },
    },
    {
      ...{ acts: ['staff.enrolled', 'staff.changed'], schedules: [] },
      ...{ approver: approval(), source: 'countersign' },
    },
    {
      ...{ acts: ['staff.key-rotated', 'staff.key-removed', 'staff.factor-removed'], schedules: [] },
      ...{ approver: approval({ when: ['of-another'] }), source: 'countersign' },
    },
    { acts: ['count'], schedules: ['II'], needs: ['exact-count'], source: 'cfr-1304.11e' },
  ],
  terms: [
    { term: 'retentionYears', value: 2, schedules: [], source: 'cfr-1304.04' },
    { term: 'inventoryEveryDays', value: BIENNIAL_DAYS, schedules: [], source: 'cfr-1304.11c' },
    { term: 'idleSeconds', value: 120, schedules: [], source: 'countersign' },
    { term: 'exportEveryEntries', value: 100, schedules: [], source: 'countersign' },
  ],
  variance: [],
};

const ALL = [...SCHEDULES];
const late = { due: 'late' as const, lateHours: 24, by: [...WITNESSES] };

const STRICT: Policy = {
  profiles: ['strict'],
  rules: [
    { acts: ['waste'], schedules: ALL, witness: late, source: 'strict' },
    { acts: ['container.closed'], schedules: ALL, witness: late, source: 'strict' },
    {
      ...{ acts: ['discrepancy.resolved'], schedules: ALL, source: 'strict' },
      witness: { due: 'now', lateHours: 0, by: [...WITNESSES] },
    },
    { acts: ['count'], schedules: ALL, needs: ['exact-count'], source: 'strict' },
    { acts: ['container.received'], schedules: ['II'], approver: approval(), source: 'strict' },
    {
      ...{ acts: ['container.closed'], schedules: ALL, source: 'strict' },
      approver: approval({ when: ['beyond-band', 'disposes'] }),
    },
    {
      ...{ acts: ['discrepancy.resolved'], schedules: ALL, source: 'strict' },
      approver: approval({ when: ['adjusts'] }),
    },
    {
      ...{ acts: ['reversal'], schedules: ALL, source: 'strict' },
      approver: approval({ when: ['of-another'] }),
    },
    {
      ...{ acts: ['discrepancy.opened'], schedules: ALL, hold: true, source: 'strict' },
      notify: ['registrant', 'compliance-officer'],
    },
  ],
  terms: [
    { term: 'retentionYears', value: 5, schedules: [], source: 'strict' },
    { term: 'countEveryDays', value: 30, schedules: [], source: 'strict' },
    { term: 'inventoryEveryDays', value: 365, schedules: [], source: 'strict' },
    { term: 'trainingEveryDays', value: 365, schedules: [], source: 'strict' },
  ],
  variance: [
    { schedules: ['II'], forms: [], percent: '0.1', source: 'strict' },
    // What stays in needles and syringes adds up; what is more than that is no such thing.
    { schedules: ['III', 'IV', 'V'], forms: [], percent: '5', source: 'strict' },
  ],
};

export const PROFILES: Readonly<Record<ProfileId, Profile>> = {
  'federal-minimum': {
    label: 'Federal minimum',
    notes:
      'Always part of the policy. Federal law names no witness for the rest of a dose given on the spot (21 CFR 1304.21(e)), and no roles: who does what is the software’s default.',
    policy: FEDERAL_MINIMUM,
  },
  strict: {
    label: 'Strict',
    notes:
      'A witness for all waste and for closing a container, a second person for adjustments, disposals and Schedule II receipts, exact counts, everything counted every month, five years of records.',
    policy: STRICT,
  },
  ...STATE_PROFILES,
};

/** The policy that these profiles make together. The federal minimum is always part of it. */
export function policyOf(profiles: readonly ProfileId[]): Policy {
  const chosen = PROFILE_IDS.filter((id) => id === 'federal-minimum' || profiles.includes(id));
  return combine(...chosen.map((id) => PROFILES[id].policy));
}

export const FEDERAL_MINIMUM_POLICY: Policy = policyOf([]);
export const STRICT_POLICY: Policy = policyOf(['strict']);
