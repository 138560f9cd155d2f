import { compare } from '../quantity.ts';
import { ROLES, type Role } from '../roles.ts';
import type { Schedule } from '../schema.ts';
import {
  APPROVAL_CASES,
  type ApproverRule,
  type DosageForm,
  NEEDS,
  type Need,
  type Policy,
  type PolicyAct,
  type Rule,
  SCHEDULES,
  type Term,
  type WitnessRule,
} from './schema.ts';
import { SOURCE_IDS, type SourceId } from './source-ids.ts';

/** A value that holds, and the sources that make it hold. */
export type Sourced<T> = { readonly value: T; readonly sources: readonly SourceId[] };

/**
 * What all rules together ask of an act on a drug of some schedule. A member is absent where no rule speaks of it.
 * Lists stand in one order, so that the same rule is the same data however it was combined.
 */
export type EffectiveRule = {
  readonly perform?: Sourced<readonly Role[]>;
  readonly witness?: Sourced<WitnessRule>;
  readonly approver?: Sourced<ApproverRule>;
  readonly needs: readonly { readonly need: Need; readonly sources: readonly SourceId[] }[];
  readonly hold?: Sourced<true>;
  readonly notify?: Sourced<readonly Role[]>;
};

const NOTHING: EffectiveRule = { needs: [] };

/** What the policy asks of an act. `schedule` is absent for acts that are about no drug. */
export function ruleFor(policy: Policy, act: PolicyAct, schedule?: Schedule): EffectiveRule {
  const known = cacheOf(policy);
  const key = `${act} ${schedule ?? ''}`;
  const found = known.get(key);
  if (found) return found;
  const made = policy.rules
    .filter((rule) => rule.acts.includes(act) && speaksOf(rule.schedules, schedule))
    .map(alone)
    .reduce(stricter, NOTHING);
  known.set(key, made);
  return made;
}

/** What the policy asks of an act on several drugs at once: the strictest that it asks for any of them. */
export function ruleForAll(policy: Policy, act: PolicyAct, schedules: readonly Schedule[]): EffectiveRule {
  if (schedules.length < 2) return ruleFor(policy, act, schedules[0]);
  const [first, ...more] = [...new Set(schedules)];
  return more.map((schedule) => ruleFor(policy, act, schedule)).reduce(stricter, ruleFor(policy, act, first));
}

/** Policies never change once they are made: what was worked out for one stays right as long as it lives. */
const effective = new WeakMap<Policy, Map<string, EffectiveRule>>();

function cacheOf(policy: Policy): Map<string, EffectiveRule> {
  const known = effective.get(policy);
  if (known) return known;
  const made = new Map<string, EffectiveRule>();
  effective.set(policy, made);
  return made;
}

const speaksOf = (schedules: readonly Schedule[], schedule: Schedule | undefined): boolean =>
  schedules.length === 0 || (schedule !== undefined && schedules.includes(schedule));

function alone(rule: Rule): EffectiveRule {
  const sources = [rule.source];
  const { perform, witness, approver, needs = [], notify } = rule;
  return {
    ...(perform ? { perform: { value: inOrder(ROLES, perform), sources } } : {}),
    ...(witness ? { witness: { value: inForm(witness), sources } } : {}),
    ...(approver ? { approver: { value: approverInForm(approver), sources } } : {}),
    needs: inOrder(NEEDS, needs).map((need) => ({ need, sources })),
    ...(rule.hold ? { hold: { value: true, sources } } : {}),
    ...(notify ? { notify: { value: inOrder(ROLES, notify), sources } } : {}),
  };
}

const approverInForm = (rule: ApproverRule): ApproverRule => ({
  ...rule,
  by: inOrder(ROLES, rule.by),
  when: inOrder(APPROVAL_CASES, rule.when),
});

/** Due in every case in which either asks for it; an empty list is every case. */
function stricterApprover(a: ApproverRule, b: ApproverRule): ApproverRule {
  const always = a.when.length === 0 || b.when.length === 0;
  return {
    by: a.by.filter((role) => b.by.includes(role)),
    when: always ? [] : inOrder(APPROVAL_CASES, [...a.when, ...b.when]),
    unlessAlone: a.unlessAlone && b.unlessAlone,
    threePeople: a.threePeople || b.threePeople,
  };
}

/** A witness in the same record is never late. */
const inForm = ({ due, lateHours, by }: WitnessRule): WitnessRule => ({
  due,
  lateHours: due === 'now' ? 0 : lateHours,
  by: inOrder(ROLES, by),
});

/** The stricter of two rules, aspect by aspect. Commutative, associative, idempotent. */
export function stricter(a: EffectiveRule, b: EffectiveRule): EffectiveRule {
  const perform = merge(a.perform, b.perform, both(common));
  const witness = merge(a.witness, b.witness, stricterWitness);
  const approver = merge(a.approver, b.approver, both(stricterApprover));
  const hold = merge(
    a.hold,
    b.hold,
    both(() => true as const),
  );
  const notify = merge(a.notify, b.notify, both(union));
  return {
    ...(perform ? { perform } : {}),
    ...(witness ? { witness } : {}),
    ...(approver ? { approver } : {}),
    needs: NEEDS.flatMap((need) => {
      const found = [...a.needs, ...b.needs].filter((one) => one.need === need);
      return found.length === 0 ? [] : [{ need, sources: cited(...found.map((one) => one.sources)) }];
    }),
    ...(hold ? { hold } : {}),
    ...(notify ? { notify } : {}),
  };
}

function merge<T>(a: T | undefined, b: T | undefined, into: (a: T, b: T) => T): T | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : into(a, b);
}

const both =
  <T>(of: (a: T, b: T) => T) =>
  (a: Sourced<T>, b: Sourced<T>): Sourced<T> => ({
    value: of(a.value, b.value),
    sources: cited(a.sources, b.sources),
  });

const common = (a: readonly Role[], b: readonly Role[]): readonly Role[] =>
  a.filter((role) => b.includes(role));
const union = (a: readonly Role[], b: readonly Role[]): readonly Role[] => inOrder(ROLES, [...a, ...b]);

/** Whoever asks for the earlier signature is the source; only those whom every rule takes may witness. */
function stricterWitness(a: Sourced<WitnessRule>, b: Sourced<WitnessRule>): Sourced<WitnessRule> {
  const by = a.value.by.filter((role) => b.value.by.includes(role));
  const [first, second] = [patience(a.value), patience(b.value)];
  if (first === second) return { value: { ...a.value, by }, sources: cited(a.sources, b.sources) };
  const winner = first < second ? a : b;
  return { value: { ...winner.value, by }, sources: winner.sources };
}

const patience = (rule: WitnessRule) => (rule.due === 'now' ? -1 : rule.lateHours);

const inOrder = <T>(order: readonly T[], of: readonly T[]): T[] => order.filter((one) => of.includes(one));
const cited = (...lists: readonly (readonly SourceId[])[]): SourceId[] => inOrder(SOURCE_IDS, lists.flat());

/**
 * The value of a term, in the unit that its name says, or `undefined` where no rule has it. Without a schedule,
 * only what holds for all of them counts.
 */
export function termOf(policy: Policy, term: Term, schedule?: Schedule): Sourced<number> | undefined {
  return policy.terms
    .filter((one) => one.term === term && speaksOf(one.schedules, schedule))
    .map(({ value, source }): Sourced<number> => ({ value, sources: [source] }))
    .reduce<Sourced<number> | undefined>((a, b) => merge(a, b, stricterTerm(term)), undefined);
}

/** The longer retention, the shorter of everything else. */
const stricterTerm = (term: Term) => (a: Sourced<number>, b: Sourced<number>) => {
  if (a.value === b.value) return { value: a.value, sources: cited(a.sources, b.sources) };
  return a.value > b.value === (term === 'retentionYears') ? a : b;
};

/** Years for which records are kept: the longest that any rule asks for, whatever the schedule. */
export const retentionYears = (policy: Policy): Sourced<number> =>
  [undefined, ...SCHEDULES]
    .map((schedule) => termOf(policy, 'retentionYears', schedule))
    .reduce((a, b) => merge(a, b, stricterTerm('retentionYears')), undefined) ?? {
    value: 2,
    sources: ['cfr-1304.04'],
  };

/** Seconds without an act after which a PIN is asked for again. */
export const idleSecondsOf = (policy: Policy): number => termOf(policy, 'idleSeconds')?.value ?? 120;

/** Days within which a container of this schedule has to be counted: every interval of the policy is one. */
export function countInterval(policy: Policy, schedule: Schedule): Sourced<number> | undefined {
  const terms = ['countEveryDays', 'inventoryEveryDays', 'reconcileEveryDays'] as const;
  return terms
    .map((term) => termOf(policy, term, schedule))
    .reduce((a, b) => merge(a, b, stricterTerm('countEveryDays')), undefined);
}

/** The narrowest variance band for a schedule and dosage form, in percent, or `undefined` where there is none. */
export function bandFor(policy: Policy, schedule: Schedule, form: DosageForm): Sourced<string> | undefined {
  return policy.variance
    .filter(
      ({ schedules, forms }) => speaksOf(schedules, schedule) && (forms.length === 0 || forms.includes(form)),
    )
    .map(({ percent, source }): Sourced<string> => ({ value: percent, sources: [source] }))
    .reduce<Sourced<string> | undefined>((a, b) => merge(a, b, narrower), undefined);
}

function narrower(a: Sourced<string>, b: Sourced<string>): Sourced<string> {
  const order = compare(a.value, b.value);
  if (order === 0) return { value: a.value, sources: cited(a.sources, b.sources) };
  return order < 0 ? a : b;
}

/** Several policies as one. Every rule stays beside the others, each with its own source. */
export function combine(...policies: readonly Policy[]): Policy {
  const once = <T>(all: readonly T[]): T[] => [
    ...new Map(all.map((one) => [JSON.stringify(one), one])).values(),
  ];
  return {
    profiles: once(policies.flatMap((policy) => policy.profiles)),
    rules: once(policies.flatMap((policy) => policy.rules)),
    terms: once(policies.flatMap((policy) => policy.terms)),
    variance: once(policies.flatMap((policy) => policy.variance)),
  };
}
