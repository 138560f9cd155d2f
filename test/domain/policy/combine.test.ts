import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bandFor,
  combine,
  countInterval,
  ruleFor,
  ruleForAll,
  stricter,
  termOf,
} from '../../../shared/domain/policy/combine.ts';
import { isLooser } from '../../../shared/domain/policy/facility.ts';
import { POLICY_ACTS, type Policy, SCHEDULES, TERMS } from '../../../shared/domain/policy/schema.ts';
import { compare } from '../../../shared/domain/quantity.ts';
import { anyPolicy } from './random.ts';

const ACTS = POLICY_ACTS.slice(0, 4);
const everyRule = (policy: Policy) =>
  ACTS.flatMap((act) => [undefined, ...SCHEDULES].map((schedule) => ruleFor(policy, act, schedule)));
const everyTerm = (policy: Policy) =>
  TERMS.flatMap((term) => [undefined, ...SCHEDULES].map((schedule) => termOf(policy, term, schedule)));
const everyBand = (policy: Policy) =>
  SCHEDULES.flatMap((schedule) =>
    (['injection', 'tablet'] as const).map((form) => bandFor(policy, schedule, form)),
  );
const all = (policy: Policy) => [everyRule(policy), everyTerm(policy), everyBand(policy)];

describe('combining policies', () => {
  test('does not depend on the order, nor on how often', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, anyPolicy, (a, b, c) => {
        expect(all(combine(a, b))).toEqual(all(combine(b, a)));
        expect(all(combine(combine(a, b), c))).toEqual(all(combine(a, combine(b, c))));
        expect(all(combine(a, a))).toEqual(all(a));
      }),
    );
  });

  test('is the stricter of the two, rule by rule', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        const apart = everyRule(a).map((rule, i) => stricter(rule, everyRule(b)[i] ?? { needs: [] }));
        expect(everyRule(combine(a, b))).toEqual(apart);
      }),
    );
  });

  test('never loosens anything', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (a, b) => {
        const both = combine(a, b);
        for (const one of [a, b]) {
          const [of, alone] = [everyRule(both), everyRule(one)];
          of.forEach((rule, i) => {
            expect(isLooser(rule, alone[i] ?? { needs: [] })).toBe(false);
          });
          noTermLooser(both, one);
          noBandWider(both, one);
        }
      }),
    );
  });

  test('of several drugs at once asks for the strictest', () => {
    fc.assert(
      fc.property(anyPolicy, fc.subarray([...SCHEDULES], { minLength: 1 }), (policy, schedules) => {
        const whole = ruleForAll(policy, 'waste', schedules);
        for (const schedule of schedules)
          expect(isLooser(whole, ruleFor(policy, 'waste', schedule))).toBe(false);
      }),
    );
  });
});

function noTermLooser(both: Policy, one: Policy): void {
  for (const term of TERMS) {
    for (const schedule of [undefined, ...SCHEDULES]) {
      const [is, was] = [termOf(both, term, schedule)?.value, termOf(one, term, schedule)?.value];
      if (was === undefined) continue;
      const kept = is !== undefined && (term === 'retentionYears' ? is >= was : is <= was);
      expect(kept).toBe(true);
    }
  }
}

function noBandWider(both: Policy, one: Policy): void {
  const [is, was] = [everyBand(both), everyBand(one)];
  was.forEach((band, i) => {
    if (band) expect(compare(is[i]?.value ?? '9', band.value)).toBeLessThanOrEqual(0);
  });
}

describe('what holds is cited', () => {
  const of = (change: Partial<Policy>): Policy => ({
    ...{ profiles: [], rules: [], terms: [], variance: [] },
    ...change,
  });

  test('a witness in the same record beats a later one, and is what is cited', () => {
    const by = ['registrant' as const, 'technician' as const];
    const policy = of({
      rules: [
        {
          ...{ acts: ['waste'], schedules: [], source: 'strict' },
          witness: { due: 'late', lateHours: 4, by },
        },
        {
          ...{ acts: ['waste'], schedules: ['II'], source: 'la-1223' },
          witness: { due: 'now', lateHours: 9, by: ['registrant'] },
        },
      ],
    });
    expect(ruleFor(policy, 'waste', 'II').witness).toEqual({
      value: { due: 'now', lateHours: 0, by: ['registrant'] },
      sources: ['la-1223'],
    });
    expect(ruleFor(policy, 'waste', 'III').witness?.value.lateHours).toBe(4);
    expect(ruleFor(policy, 'waste').witness?.value.due).toBe('late');
  });

  test('equal values cite all of their sources', () => {
    const policy = of({
      terms: [
        { term: 'retentionYears', value: 5, schedules: [], source: 'strict' },
        { term: 'retentionYears', value: 5, schedules: [], source: 'ny-80.112' },
        { term: 'retentionYears', value: 2, schedules: [], source: 'cfr-1304.04' },
      ],
    });
    expect(termOf(policy, 'retentionYears')).toEqual({ value: 5, sources: ['strict', 'ny-80.112'] });
  });

  test('a container is counted as often as the shortest interval says', () => {
    const policy = of({
      terms: [
        { term: 'inventoryEveryDays', value: 731, schedules: [], source: 'cfr-1304.11c' },
        { term: 'reconcileEveryDays', value: 92, schedules: ['II'], source: 'ca-1715.65' },
      ],
    });
    expect(countInterval(policy, 'II')).toEqual({ value: 92, sources: ['ca-1715.65'] });
    expect(countInterval(policy, 'V')?.value).toBe(731);
    expect(countInterval(of({}), 'V')).toBeUndefined();
  });
});
