import { toTenThousandths } from '../quantity.ts';
import type { Role } from '../roles.ts';
import { ruleFor, termOf } from './combine.ts';
import {
  type ApprovalCase,
  POLICY_ACTS,
  type Policy,
  type PolicyAct,
  type Rule,
  SCHEDULES,
  type Term,
} from './schema.ts';

/** Acts at whose screens a second person signs beside the first. */
export const WITNESSED_NOW: readonly PolicyAct[] = [
  'waste',
  'return',
  'reversal',
  'container.closed',
  'discrepancy.resolved',
];
/** Acts that a witness may sign for later, in an entry of their own. */
export const WITNESSED_LATE: readonly PolicyAct[] = [...WITNESSED_NOW, 'draw', 'count', 'container.received'];
/** Acts that can carry a reason in a person's own words. */
export const REASONED: readonly PolicyAct[] = [
  'draw',
  'waste',
  'return',
  'reversal',
  'container.closed',
  'discrepancy.opened',
  'discrepancy.noted',
  'discrepancy.resolved',
  'staff.disabled',
  'policy.changed',
];
/** Approved beside the performer alone: what has to be done at once, or never lightly. */
const BESIDE: readonly PolicyAct[] = ['staff.key-removed', 'staff.factor-removed', 'patients.erased'];
/** Acts that somebody else can be asked to approve. */
export const APPROVED: readonly PolicyAct[] = [
  'container.received',
  'container.closed',
  'discrepancy.resolved',
  'reversal',
  'staff.enrolled',
  'staff.changed',
  'staff.key-rotated',
  'access.elevated',
  'policy.changed',
  ...BESIDE,
];
/** Acts that one person can propose to another. */
export const PROPOSABLE: readonly PolicyAct[] = APPROVED.filter((act) => !BESIDE.includes(act));
/** What two people do whatever a policy says. */
export const ALWAYS_APPROVED: readonly PolicyAct[] = ['policy.changed', 'access.elevated', 'patients.erased'];
/** What each case of an approval can be said of. */
const CASES: Readonly<Record<ApprovalCase, readonly PolicyAct[]>> = {
  adjusts: ['container.closed', 'discrepancy.resolved'],
  'beyond-band': ['container.closed'],
  disposes: ['container.closed'],
  'of-another': ['reversal', 'staff.key-rotated', 'staff.key-removed', 'staff.factor-removed'],
};
/** Acts that can be asked to carry a second factor. A lost one must not keep anybody from mending that. */
export const FACTORED: readonly PolicyAct[] = [
  'draw',
  'waste',
  'return',
  'cosign',
  'reversal',
  'count',
  'discrepancy.resolved',
  'container.received',
  'container.closed',
  'proposal.approved',
  'access.elevated',
  'exported',
];
export const COUNTED_BEFORE: readonly PolicyAct[] = ['container.closed'];
export const HOLDING: readonly PolicyAct[] = ['discrepancy.opened'];
/** What concerns one's own key and PIN alone. */
export const OWN_KEY: readonly PolicyAct[] = [
  'staff.key-rotated',
  'staff.key-added',
  'staff.key-removed',
  'staff.pin-changed',
  'staff.factor-added',
  'staff.factor-removed',
];
/** The two things that an auditor signs for: the record has to say who exported and who checked. */
const AUDITED: readonly PolicyAct[] = ['exported', 'verified', ...OWN_KEY];
/** What somebody who only witnesses may do besides: sign later, ask for more, see to their own key. */
const OF_WITNESS: readonly PolicyAct[] = ['cosign', 'access.elevated', 'access.ended', ...OWN_KEY];

const REQUIRED: readonly Term[] = [
  'retentionYears',
  'inventoryEveryDays',
  'idleSeconds',
  'exportEveryEntries',
];

/**
 * What is wrong with a policy, a sentence a fault; nothing for one that a clinic can work under. A policy never
 * asks for what nobody could give, never makes more of an auditor than a reader, and never asks for less than
 * federal law.
 */
export function faultsOf(policy: Policy): string[] {
  return [...policy.rules.flatMap(faultsOfRule), ...faultsOfTerms(policy), ...faultsOfRoles(policy)];
}

function faultsOfRule(rule: Rule): string[] {
  const { acts, witness, approver, needs = [], hold, notify, perform } = rule;
  const only = (allowed: readonly PolicyAct[], what: string) =>
    acts.filter((act) => !allowed.includes(act)).map((act) => `${what} cannot be asked for at ${act}.`);
  return [
    ...(witness ? only(witness.due === 'now' ? WITNESSED_NOW : WITNESSED_LATE, 'This witness') : []),
    ...(witness?.due === 'late' && witness.lateHours === 0 ? ['A late witness needs at least an hour.'] : []),
    ...(approver ? only(APPROVED, 'An approver') : []),
    ...(approver?.threePeople ? only(PROPOSABLE, 'A third person') : []),
    ...(approver?.when ?? []).flatMap((one) => only(CASES[one], `An approver where it is ${one}`)),
    ...(needs.includes('second-factor') ? only(FACTORED, 'A second factor') : []),
    ...(needs.includes('reason') ? only(REASONED, 'A reason') : []),
    ...(needs.includes('count') ? only(COUNTED_BEFORE, 'A count') : []),
    ...(needs.includes('exact-count') ? only(['count'], 'An exact count') : []),
    ...(hold ? only(HOLDING, 'A hold') : []),
    ...(notify ? only(HOLDING, 'Telling somebody') : []),
    ...faultsOfReaders('auditor', AUDITED, [perform], acts),
    ...faultsOfReaders('auditor', [], [witness?.by, approver?.by], acts),
    ...faultsOfReaders('witness', OF_WITNESS, [perform], acts),
    ...faultsOfReaders('witness', [], [approver?.by], acts),
  ];
}

function faultsOfReaders(
  role: Role,
  allowed: readonly PolicyAct[],
  lists: readonly (readonly Role[] | undefined)[],
  acts: readonly PolicyAct[],
): string[] {
  if (!lists.some((roles) => roles?.includes(role))) return [];
  const name = role === 'auditor' ? 'An auditor' : 'Somebody who only witnesses';
  return acts.filter((act) => !allowed.includes(act)).map((act) => `${name} may not sign for ${act}.`);
}

function faultsOfTerms(policy: Policy): string[] {
  const missing = REQUIRED.filter((term) => termOf(policy, term) === undefined);
  const years = termOf(policy, 'retentionYears')?.value ?? 2;
  const days = termOf(policy, 'inventoryEveryDays')?.value ?? 1;
  return [
    ...missing.map((term) => `The policy does not say ${term}.`),
    ...(years < 2 ? ['Records are kept for at least two years: 21 CFR 1304.04(a).'] : []),
    ...(days > 731 ? ['Stock is taken at least every two years: 21 CFR 1304.11(c).'] : []),
    ...policy.variance
      .filter(({ percent }) => toTenThousandths(percent) > 100 * 10_000)
      .map(({ percent }) => `A band of ${percent} % is more than a container holds.`),
  ];
}

/** Several rules may each leave somebody, and together nobody. */
function faultsOfRoles(policy: Policy): string[] {
  return POLICY_ACTS.flatMap((act) => {
    const rules = [undefined, ...SCHEDULES].map((schedule) => ruleFor(policy, act, schedule));
    return [
      ...(rules.some(({ perform }) => perform?.value.length === 0) ? [`Nobody could do ${act}.`] : []),
      ...(rules.some(({ witness }) => witness?.value.by.length === 0)
        ? [`Nobody could witness ${act}.`]
        : []),
      ...(rules.some(({ approver }) => approver?.value.by.length === 0)
        ? [`Nobody could approve ${act}.`]
        : []),
    ];
  });
}
