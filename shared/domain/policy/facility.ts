import type { Role } from '../roles.ts';
import type { Schedule } from '../schema.ts';
import { combine, type EffectiveRule, ruleFor, termOf } from './combine.ts';
import { policyOf } from './profiles.ts';
import {
  type ApproverRule,
  type Band,
  POLICY_ACTS,
  type Policy,
  type PolicyAct,
  type ProfileId,
  type Rule,
  SCHEDULES,
  TERMS,
  type TermRule,
} from './schema.ts';

/** A clinic's own copy of the policy: the profiles that it follows, and what it asks for besides. */
export type FacilityCopy = {
  readonly profiles: readonly ProfileId[];
  readonly rules: readonly Rule[];
  readonly terms: readonly TermRule[];
  readonly variance: readonly Band[];
};

/** The clinic's copy as it stands in a policy. */
export function copyOf(policy: Policy): FacilityCopy {
  const own = <T extends { source: string }>(all: readonly T[]) =>
    all.filter(({ source }) => source === 'facility');
  return {
    profiles: policy.profiles.filter((id) => id !== 'federal-minimum'),
    ...{ rules: own(policy.rules), terms: own(policy.terms), variance: own(policy.variance) },
  };
}

/**
 * The policy that a clinic's copy makes. Its own rules stand beside those of the profiles, and the stricter wins;
 * only where nothing but a default of the software is behind a rule does the clinic's own take its place.
 */
export function policyFrom(copy: FacilityCopy): Policy {
  const base = policyOf(copy.profiles);
  const replaced = new Set(
    copy.rules.filter((rule) => rule.perform && rule.schedules.length === 0).flatMap(({ acts }) => acts),
  );
  const timed = new Set(copy.terms.filter((one) => one.schedules.length === 0).map(({ term }) => term));
  const own: Policy = {
    ...{ profiles: [], rules: [...copy.rules], terms: [...copy.terms], variance: [...copy.variance] },
  };
  return combine(
    {
      ...base,
      rules: base.rules.flatMap((rule) => withoutRoles(rule, replaced)),
      terms: base.terms.filter((one) => one.source !== 'countersign' || !timed.has(one.term)),
    },
    own,
  );
}

/** Takes acts out of a default rule about roles. */
function withoutRoles(rule: Rule, replaced: ReadonlySet<PolicyAct>): Rule[] {
  if (rule.source !== 'countersign' || !rule.perform) return [rule];
  const acts = rule.acts.filter((act) => !replaced.has(act));
  return acts.length === 0 ? [] : [{ ...rule, acts }];
}

export type Loosened = { readonly act: PolicyAct; readonly schedule: Schedule | undefined };

/** Where `after` asks for less than `before`: what a person should look at twice before they sign. */
export function loosenedBy(before: Policy, after: Policy): Loosened[] {
  return POLICY_ACTS.flatMap((act) =>
    [undefined, ...SCHEDULES].flatMap((schedule): Loosened[] =>
      isLooser(ruleFor(after, act, schedule), ruleFor(before, act, schedule)) ? [{ act, schedule }] : [],
    ),
  );
}

/** The terms that `after` makes longer, or shorter for the retention, or drops. */
export function loosenedTerms(before: Policy, after: Policy): TermRule['term'][] {
  return TERMS.filter((term) =>
    [undefined, ...SCHEDULES].some((schedule) => {
      const [was, is] = [termOf(before, term, schedule)?.value, termOf(after, term, schedule)?.value];
      if (was === undefined || is === undefined) return was !== undefined;
      return term === 'retentionYears' ? is < was : is > was;
    }),
  );
}

/** True where rule `a` lets through what rule `b` does not. */
export function isLooser(a: EffectiveRule, b: EffectiveRule): boolean {
  const hours = ({ witness }: EffectiveRule) =>
    witness === undefined
      ? Number.POSITIVE_INFINITY
      : witness.value.due === 'now'
        ? -1
        : witness.value.lateHours;
  const wider = (one: readonly Role[] | undefined, other: readonly Role[] | undefined) =>
    other !== undefined && (one === undefined || one.some((role) => !other.includes(role)));
  return (
    wider(a.perform?.value, b.perform?.value) ||
    hours(a) > hours(b) ||
    wider(a.witness?.value.by, b.witness?.value.by) ||
    looserApproval(a.approver?.value, b.approver?.value) ||
    b.needs.some(({ need }) => !a.needs.some((other) => other.need === need)) ||
    (b.hold !== undefined && a.hold === undefined) ||
    (b.notify?.value ?? []).some((role) => !a.notify?.value.includes(role))
  );
}

/** True where approval `a` lets through what `b` does not. */
function looserApproval(a: ApproverRule | undefined, b: ApproverRule | undefined): boolean {
  if (b === undefined) return false;
  if (a === undefined) return true;
  const rarer = a.when.length > 0 && (b.when.length === 0 || b.when.some((one) => !a.when.includes(one)));
  const wider = a.by.some((role) => !b.by.includes(role));
  return rarer || wider || (a.unlessAlone && !b.unlessAlone) || (!a.threePeople && b.threePeople);
}
