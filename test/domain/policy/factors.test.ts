import { expect, test } from 'vitest';
import type { DomainEntry } from '../../../shared/domain/entries.ts';
import { approversOf, performersOf, witnessesOf } from '../../../shared/domain/policy/base.ts';
import {
  factorDue,
  factoredActs,
  factoredRoles,
  withoutFactor,
} from '../../../shared/domain/policy/factors.ts';
import { STRICT_POLICY } from '../../../shared/domain/policy/profiles.ts';
import type { Policy, PolicyAct, Rule } from '../../../shared/domain/policy/schema.ts';
import { BOSS, started, TECH } from '../helpers.ts';

const asking = (act: PolicyAct, schedules: Rule['schedules'] = []): Policy => ({
  ...STRICT_POLICY,
  rules: [...STRICT_POLICY.rules, { acts: [act], schedules, needs: ['second-factor'], source: 'facility' }],
});
const NOW = '2026-01-05T16:00:00.000Z';

test('nothing is asked of anybody where no rule asks for it', () => {
  expect(factoredActs(STRICT_POLICY)).toEqual([]);
  expect(factoredRoles(STRICT_POLICY)).toEqual([]);
  expect(withoutFactor(started().state, STRICT_POLICY, NOW)).toEqual([]);
});

test('it is asked of everybody who signs such an act: who does it and who sees it', () => {
  const policy = asking('waste', ['II']);
  expect(factoredActs(policy)).toEqual(['waste']);
  expect([factorDue(policy, 'waste', ['II']), factorDue(policy, 'waste', ['III'])]).toEqual([true, false]);
  expect(factorDue(policy, 'waste', ['III', 'II'])).toBe(true);
  const roles = [...performersOf(policy, 'waste', ['II']), ...witnessesOf(policy, 'waste', ['II'])];
  expect(new Set(factoredRoles(policy))).toEqual(new Set(roles));
  expect(factoredRoles(policy)).toContain('witness');
});

test('it is asked of who approves, where somebody does', () => {
  const policy = asking('container.received', ['II']);
  const act = ['container.received', ['II']] as const;
  const roles = [...performersOf(policy, ...act), ...approversOf(policy, ...act)];
  expect(new Set(factoredRoles(policy))).toEqual(new Set(roles));
  expect(factoredRoles(policy)).not.toContain('technician');
});

test('whoever adds one is not missing it any more, and is again once it is removed', () => {
  const bench = started();
  const policy = asking('waste');
  const missing = () => withoutFactor(bench.state, policy, NOW).map(({ id }) => id);
  expect(missing()).toEqual([BOSS, TECH]);
  const [id, publicKey] = ['AAAA', 'A'.repeat(43)];
  const credential = { id, publicKey, rp: 'clinic.example', name: 'Key', algorithm: 'EdDSA' as const };
  bench.act(TECH, 'staff.factor-added', { staff: { id: TECH }, credential });
  expect(missing()).toEqual([BOSS]);
  bench.act(BOSS, 'staff.factor-removed', { staff: { id: TECH }, credential: { id }, reason: 'Lost' });
  expect(missing()).toEqual([BOSS, TECH]);
});

test('whoever has one changes it with one: a PIN that somebody else knows is not enough', () => {
  const bench = started();
  const held = (letter: string) => ({
    ...{ id: letter.repeat(4), publicKey: `${letter.repeat(42)}A`, rp: 'clinic.example', name: 'Key' },
    algorithm: 'EdDSA' as const,
  });
  const adds = (by: string, letter: string) =>
    bench.entry(by, 'staff.factor-added', { staff: { id: by }, credential: held(letter) });
  const codes = (entry: DomainEntry) =>
    bench
      .judge(entry)
      .filter(({ severity }) => severity === 'refuse')
      .map(({ code }) => code);
  expect(codes(adds(TECH, 'A'))).toEqual([]);
  bench.take(adds(TECH, 'A'));
  expect(codes(adds(TECH, 'B'))).toEqual(['factor-missing']);
  const out = (by: string, of: string) =>
    bench.entry(by, 'staff.factor-removed', {
      ...{ staff: { id: of }, credential: { id: held('A').id }, reason: 'Lost' },
    });
  expect(codes(out(TECH, TECH))).toEqual(['factor-missing']);
  expect(codes(out(BOSS, TECH))).toEqual([]);
  // Nobody else here could help the only registrant.
  bench.take(adds(BOSS, 'C'));
  expect(codes(out(BOSS, BOSS))).toEqual([]);
});
