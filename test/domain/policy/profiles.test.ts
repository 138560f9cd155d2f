import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { BODIES, DEVICE_ACTS } from '../../../shared/domain/entries.ts';
import { APPROVERS, BASE_PERFORMERS, performersOf, WITNESSES } from '../../../shared/domain/policy/base.ts';
import { ruleFor, termOf } from '../../../shared/domain/policy/combine.ts';
import { faultsOf, OWN_KEY } from '../../../shared/domain/policy/faults.ts';
import {
  FEDERAL_MINIMUM_POLICY,
  PROFILES,
  policyOf,
  STRICT_POLICY,
} from '../../../shared/domain/policy/profiles.ts';
import { POLICY_ACTS, PROFILE_IDS, policySchema, SCHEDULES } from '../../../shared/domain/policy/schema.ts';
import { SOURCES } from '../../../shared/domain/policy/sources.ts';

describe('the profiles', () => {
  test.each(PROFILE_IDS)('%s can be worked under, alone and beside the strict one', (id) => {
    for (const policy of [policyOf([id]), policyOf(['strict', id])]) {
      expect(faultsOf(policy)).toEqual([]);
      expect(v.parse(policySchema, policy)).toEqual(policy);
      expect(JSON.stringify(policy).length).toBeLessThan(16_000);
    }
  });

  test('all together are one policy still', () => {
    expect(faultsOf(policyOf(PROFILE_IDS))).toEqual([]);
  });

  test('speak of every act that a person signs for', () => {
    const acts = Object.keys(BODIES).filter(
      (type) => type !== 'ledger.created' && !DEVICE_ACTS.some((act) => act === type),
    );
    expect([...POLICY_ACTS].sort()).toEqual(acts.sort());
  });

  test('name only rules of the state that they are of', () => {
    for (const id of PROFILE_IDS) {
      if (id === 'federal-minimum' || id === 'strict') continue;
      const { rules, terms, variance } = PROFILES[id].policy;
      const sources = [...rules, ...terms, ...variance].map(({ source }) => source);
      expect(sources.length).toBeGreaterThan(0);
      expect(sources.filter((source) => !source.startsWith(`${id.slice(0, 2)}-`))).toEqual([]);
    }
  });

  test('federal law asks for no witness, keeps for two years and takes stock every two', () => {
    for (const act of POLICY_ACTS)
      expect(SCHEDULES.some((s) => ruleFor(FEDERAL_MINIMUM_POLICY, act, s).witness)).toBe(false);
    expect(termOf(FEDERAL_MINIMUM_POLICY, 'retentionYears')).toEqual({ value: 2, sources: ['cfr-1304.04'] });
    expect(termOf(FEDERAL_MINIMUM_POLICY, 'inventoryEveryDays')?.value).toBe(731);
  });

  test('the strict one wants a witness for all waste, five years, a yearly inventory', () => {
    for (const schedule of SCHEDULES)
      expect(ruleFor(STRICT_POLICY, 'waste', schedule).witness?.value.lateHours).toBe(24);
    expect(termOf(STRICT_POLICY, 'retentionYears')?.value).toBe(5);
    expect(termOf(STRICT_POLICY, 'inventoryEveryDays')?.value).toBe(365);
    expect(STRICT_POLICY.variance).toEqual([
      { schedules: ['II'], forms: [], percent: '0.1', source: 'strict' },
      { schedules: ['III', 'IV', 'V'], forms: [], percent: '5', source: 'strict' },
    ]);
  });

  test('a state never makes the strict profile looser', () => {
    const louisiana = policyOf(['strict', 'la-shelter']);
    expect(ruleFor(louisiana, 'waste', 'IV').witness?.value.due).toBe('now');
    expect(termOf(louisiana, 'retentionYears')?.value).toBe(5);
    expect(performersOf(policyOf(['dc']), 'draw', ['II'])).toEqual(['registrant', 'veterinarian']);
    expect(performersOf(policyOf(['dc']), 'draw', ['III'])).toContain('technician');
  });
});

describe('the sources', () => {
  test('say what they are, and admit what was not read', () => {
    for (const { citation, says } of Object.values(SOURCES)) {
      expect(citation).not.toBe('');
      expect(says).not.toBe('');
    }
    const unread = Object.entries(SOURCES).filter(([, { verified }]) => !verified);
    expect(unread.map(([id]) => id)).toEqual(['cfr-1304.11c', 'cfr-1304.11e']);
  });
});

describe('roles', () => {
  test('an auditor signs for an export, a check and their own key, and for nothing else', () => {
    const may = POLICY_ACTS.filter((act) => BASE_PERFORMERS[act].includes('auditor'));
    expect(may).toEqual([...OWN_KEY, 'exported', 'verified']);
    expect([...WITNESSES, ...APPROVERS]).not.toContain('auditor');
  });

  test('somebody who only witnesses does nothing else', () => {
    const may = POLICY_ACTS.filter((act) => BASE_PERFORMERS[act].includes('witness'));
    expect(may).toEqual(['cosign', ...OWN_KEY, 'access.elevated', 'access.ended']);
    expect(APPROVERS).not.toContain('witness');
  });
});
