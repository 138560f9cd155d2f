import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { performersOf } from '../../../shared/domain/policy/base.ts';
import { ruleFor, termOf } from '../../../shared/domain/policy/combine.ts';
import {
  copyOf,
  type FacilityCopy,
  loosenedBy,
  loosenedTerms,
  policyFrom,
} from '../../../shared/domain/policy/facility.ts';
import { faultsOf } from '../../../shared/domain/policy/faults.ts';
import { FEDERAL_MINIMUM_POLICY, policyOf, STRICT_POLICY } from '../../../shared/domain/policy/profiles.ts';
import { PROFILE_IDS, type Rule } from '../../../shared/domain/policy/schema.ts';

const NOTHING: FacilityCopy = { profiles: ['strict'], rules: [], terms: [], variance: [] };
const own = (rule: Omit<Rule, 'source' | 'schedules'> & Partial<Pick<Rule, 'schedules'>>): Rule => ({
  ...{ schedules: [], source: 'facility' as const },
  ...rule,
});
const ALWAYS = { when: [], unlessAlone: false, threePeople: false };
const faultsWith = (...rules: Rule[]) => faultsOf(policyFrom({ ...NOTHING, rules }));

describe('a clinic’s own copy', () => {
  test('without rules of its own is its profiles', () => {
    fc.assert(
      fc.property(fc.subarray(PROFILE_IDS.slice(1)), (profiles) => {
        expect(policyFrom({ ...NOTHING, profiles })).toEqual(policyOf(profiles));
        expect(copyOf(policyOf(profiles)).profiles).toEqual(profiles);
      }),
    );
  });

  test('is read back as it was made', () => {
    const copy: FacilityCopy = {
      profiles: ['strict', 'ny'],
      rules: [own({ acts: ['draw'], schedules: ['II'], needs: ['reason'] })],
      terms: [{ term: 'idleSeconds', value: 300, schedules: [], source: 'facility' }],
      variance: [{ schedules: [], forms: [], percent: '0.5', source: 'facility' }],
    };
    expect(copyOf(policyFrom(copy))).toEqual(copy);
  });

  test('takes the place of a default, and stands beside a law', () => {
    const copy: FacilityCopy = {
      ...NOTHING,
      rules: [own({ acts: ['staff.enrolled'], perform: ['registrant', 'veterinarian'] })],
      terms: [
        { term: 'idleSeconds', value: 600, schedules: [], source: 'facility' },
        { term: 'retentionYears', value: 3, schedules: [], source: 'facility' },
      ],
    };
    const policy = policyFrom(copy);
    expect(performersOf(policy, 'staff.enrolled')).toEqual(['registrant', 'veterinarian']);
    expect(performersOf(policy, 'staff.disabled')).toEqual(['registrant', 'compliance-officer']);
    expect(termOf(policy, 'idleSeconds')).toEqual({ value: 600, sources: ['facility'] });
    expect(termOf(policy, 'retentionYears')?.value).toBe(5);
  });

  test('can only narrow roles that a state names', () => {
    const policy = policyFrom({
      ...NOTHING,
      profiles: ['dc'],
      rules: [own({ acts: ['draw'], perform: ['veterinarian', 'technician'] })],
    });
    expect(ruleFor(policy, 'draw', 'II').perform).toEqual({
      ...{ value: ['veterinarian'], sources: ['facility', 'dc-2814'] },
    });
  });
});

describe('a policy that nobody can use is not one', () => {
  test('what no screen collects is not asked for', () => {
    const witness = { due: 'now' as const, lateHours: 0, by: ['registrant' as const] };
    expect(faultsWith(own({ acts: ['count'], witness }))).toHaveLength(1);
    expect(
      faultsWith(own({ acts: ['exported'], witness: { ...witness, due: 'late', lateHours: 4 } })),
    ).toHaveLength(1);
    expect(faultsWith(own({ acts: ['draw'], approver: { ...ALWAYS, by: ['registrant'] } }))).toHaveLength(1);
    expect(faultsWith(own({ acts: ['count'], needs: ['reason'] }))).toHaveLength(1);
    expect(faultsWith(own({ acts: ['draw'], needs: ['count'] }))).toHaveLength(1);
    expect(faultsWith(own({ acts: ['draw'], needs: ['exact-count'] }))).toHaveLength(1);
    expect(faultsWith(own({ acts: ['draw'], hold: true }))).toHaveLength(1);
    expect(faultsWith(own({ acts: ['draw'], notify: ['registrant'] }))).toHaveLength(1);
    expect(faultsWith(own({ acts: ['waste'], witness }))).toEqual([]);
  });

  test('nobody is left out of every list', () => {
    const two = [
      own({ acts: ['draw'], perform: ['technician'] }),
      own({ acts: ['draw'], perform: ['registrant'] }),
    ];
    expect(faultsWith(...two)).toEqual(['Nobody could do draw.']);
    const witness = (by: 'veterinarian' | 'technician') =>
      own({ acts: ['return'], witness: { due: 'now', lateHours: 0, by: [by] } });
    expect(faultsWith(witness('veterinarian'), witness('technician'))).toEqual([
      'Nobody could witness return.',
    ]);
  });

  test('an auditor only reads, and a witness only witnesses', () => {
    expect(faultsWith(own({ acts: ['draw'], perform: ['auditor', 'technician'] }))[0]).toContain('auditor');
    expect(faultsWith(own({ acts: ['waste'], perform: ['witness', 'technician'] }))[0]).toContain(
      'witnesses',
    );
    const approver = { ...ALWAYS, by: ['auditor' as const, 'registrant' as const] };
    expect(faultsWith(own({ acts: ['policy.changed'], approver }))[0]).toContain('auditor');
  });

  test('federal law is the floor', () => {
    const short = { ...STRICT_POLICY, terms: STRICT_POLICY.terms.map((term) => ({ ...term, value: 1 })) };
    expect(faultsOf(short).join()).toContain('1304.04');
    const rare = { ...STRICT_POLICY, terms: STRICT_POLICY.terms.map((term) => ({ ...term, value: 900 })) };
    expect(faultsOf(rare).join()).toContain('1304.11(c)');
    expect(faultsOf({ ...STRICT_POLICY, terms: [] }).length).toBeGreaterThan(0);
  });
});

describe('what gets looser is seen', () => {
  test('from the strict profile to federal law', () => {
    expect(loosenedBy(STRICT_POLICY, FEDERAL_MINIMUM_POLICY)).toContainEqual({
      act: 'waste',
      schedule: 'IV',
    });
    expect(loosenedTerms(STRICT_POLICY, FEDERAL_MINIMUM_POLICY)).toEqual([
      'retentionYears',
      'countEveryDays',
      'inventoryEveryDays',
      'trainingEveryDays',
    ]);
    expect(loosenedBy(FEDERAL_MINIMUM_POLICY, STRICT_POLICY)).toEqual([]);
    expect(loosenedTerms(FEDERAL_MINIMUM_POLICY, STRICT_POLICY)).toEqual([]);
  });
});
