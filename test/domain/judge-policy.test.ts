import { describe, expect, test } from 'vitest';
import type { Body } from '../../shared/domain/entries.ts';
import { policyFrom } from '../../shared/domain/policy/facility.ts';
import { FEDERAL_MINIMUM_POLICY, policyOf, STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import type { Policy, Rule } from '../../shared/domain/policy/schema.ts';
import type { Signed } from '../../shared/domain/state.ts';
import { AUDITOR, type Bench, BOSS, receive, started, TECH } from './helpers.ts';

const DRAW = { drawn: '1', given: '1', leftover: '0', unit: 'mL' } as const;
const found = (bench: Bench, ...entry: Parameters<Bench['judge']>) =>
  bench.judge(...entry).map(({ severity, code }) => `${severity} ${code}`);

const strictAnd = (rule: Omit<Rule, 'source' | 'schedules'>): Policy =>
  policyFrom({
    ...{ profiles: ['strict'], terms: [], variance: [] },
    rules: [{ ...rule, schedules: [], source: 'facility' }],
  });

describe('a change of the policy', () => {
  const change = (bench: Bench, policy: Policy) =>
    bench.entry(BOSS, 'policy.changed', { policy, reason: 'reviewed' });
  const approved = (by: string): Signed => ({ as: 'approver', by, at: '2026-01-05T16:00:00.000Z' });
  const VET = '01900000-0000-7000-8000-00000000a009';
  const withVet = (policy?: Policy): Bench => {
    const bench = started(policy);
    const staff = { id: VET, name: 'Vet', role: 'veterinarian', publicKey: 'A'.repeat(43) } as const;
    bench.act(BOSS, 'staff.enrolled', { staff });
    return bench;
  };

  test('takes two people, both entitled, and never one in two roles', () => {
    const bench = withVet();
    const entry = change(bench, policyOf(['strict', 'ny']));
    expect(found(bench, entry)).toEqual(['refuse approver-missing']);
    expect(found(bench, entry, undefined, approved(BOSS))).toContain('refuse approver-missing');
    expect(found(bench, entry, undefined, approved(BOSS))).toContain('refuse self-witness');
    expect(found(bench, entry, undefined, approved(TECH))).toEqual(['refuse role']);
    expect(found(bench, entry, undefined, approved(AUDITOR))).toEqual(['refuse role']);
    expect(found(bench, entry, undefined, approved(VET))).toEqual([]);
    const byTech = bench.entry(TECH, 'policy.changed', { policy: STRICT_POLICY, reason: 'r' });
    expect(found(bench, byTech, undefined, approved(VET))).toEqual(['refuse role']);
  });

  test('takes two people also where the policy itself forgot to say so', () => {
    const rules = STRICT_POLICY.rules.filter(({ approver }) => !approver);
    const bench = withVet({ ...STRICT_POLICY, rules });
    expect(found(bench, change(bench, STRICT_POLICY))).toEqual(['refuse approver-missing']);
  });

  test('does not lock the clinic out, nor bring in what nobody could work under', () => {
    const bench = withVet();
    const only = strictAnd({ acts: ['policy.changed'], perform: ['compliance-officer'] });
    expect(found(bench, change(bench, only), undefined, approved(VET))).toEqual(['refuse policy-unusable']);
    const nobody = strictAnd({ acts: ['draw'], perform: ['auditor'] });
    expect(found(bench, change(bench, nobody), undefined, approved(VET))).toEqual(['refuse policy-unusable']);
  });

  test('judges what comes after it, and not what came before', () => {
    const bench = withVet(FEDERAL_MINIMUM_POLICY);
    const container = receive(bench, 'K1');
    const waste = () =>
      bench.entry(TECH, 'waste', { container, quantity: '1', unit: 'mL', reason: 'contaminated' });
    expect(found(bench, waste())).toEqual([]);
    bench.take(change(bench, STRICT_POLICY), undefined, approved(VET));
    expect(bench.state.policy.profiles).toEqual(['federal-minimum', 'strict']);
    expect(found(bench, waste())).toEqual(['flag witness-missing']);
  });

  test('is refused as the first policy of a ledger, too', () => {
    expect(() => started(strictAnd({ acts: ['draw'], perform: ['auditor'] }))).toThrow('cannot be used');
  });
});

describe('what an act needs', () => {
  test('a reason in words', () => {
    const bench = started(strictAnd({ acts: ['draw', 'container.closed'], needs: ['reason'] }));
    const container = receive(bench, 'K1');
    const draw = (note: { note?: string }) => bench.entry(TECH, 'draw', { container, ...DRAW, ...note });
    expect(found(bench, draw({}))).toEqual(['refuse reason-missing']);
    expect(found(bench, draw({ note: 'emergency' }))).toEqual([]);
    const close = bench.entry(BOSS, 'container.closed', {
      ...{ container, reason: 'damaged', adjustment: '-10', unit: 'mL' },
    });
    expect(found(bench, close, TECH)).toContain('refuse reason-missing');
  });

  test('a count after the last use, before a container is closed', () => {
    const bench = started(strictAnd({ acts: ['container.closed'], needs: ['count'] }));
    const container = receive(bench, 'K1');
    bench.now += 60_000;
    bench.act(TECH, 'draw', { container, ...DRAW });
    bench.now += 60_000;
    const close = () =>
      bench.entry(BOSS, 'container.closed', {
        ...{ container, reason: 'damaged', adjustment: '-9', unit: 'mL', note: 'dropped' },
      });
    expect(found(bench, close(), TECH)).toEqual(['refuse count-missing', 'flag approver-nobody']);
    bench.act(TECH, 'count', count(bench, container, '9', 'measured'));
    expect(found(bench, close(), TECH)).toEqual(['flag approver-nobody']);
  });

  test('no estimates, for the schedules that say so', () => {
    const guess = (policy: Policy) => {
      const bench = started(policy);
      const container = receive(bench, 'K1');
      return bench.judge(bench.entry(TECH, 'count', count(bench, container, '10', 'estimated')));
    };
    expect(guess(FEDERAL_MINIMUM_POLICY)).toMatchObject([{ code: 'estimate', sources: ['cfr-1304.11e'] }]);
    expect(guess(STRICT_POLICY)[0]?.sources).toEqual(['strict', 'cfr-1304.11e']);
  });

  test('a word about a closing beyond the band', () => {
    const bench = started();
    const container = receive(bench, 'K1');
    const close = (adjustment: string, note: { note?: string } = {}) => {
      bench.state.containers[container]!.balance = -Number(adjustment) * 10_000;
      const body = { container, reason: 'hub-loss', adjustment, unit: 'mL', ...note } as const;
      return found(bench, bench.entry(BOSS, 'container.closed', body), TECH);
    };
    expect(close('-0.01')).toEqual([]);
    expect(close('-0.02')).toEqual(['refuse variance', 'flag approver-nobody']);
    expect(close('-0.02', { note: 'four needles' })).toEqual(['flag approver-nobody']);
  });
});

describe('a container that is set aside', () => {
  function held(policy: Policy) {
    const bench = started(policy);
    const container = receive(bench, 'K1');
    const counted = bench.act(TECH, 'count', count(bench, container, '9.5', 'measured'));
    const discrepancy = bench.id();
    bench.act(TECH, 'discrepancy.opened', {
      ...{ discrepancy, container, count: counted.entry.id, expected: '10', counted: '9.5' },
      ...{ difference: '-0.5', unit: 'mL' },
    });
    return { bench, container, discrepancy };
  }
  const draw = (bench: Bench, container: string, more: Partial<Body<'draw'>> = {}) =>
    found(bench, bench.entry(TECH, 'draw', { container, ...DRAW, ...more }));

  test('is drawn from only with a reason, until its discrepancy is resolved', () => {
    const { bench, container, discrepancy } = held(STRICT_POLICY);
    expect(draw(bench, container)).toEqual(['refuse on-hold']);
    const acknowledged = [{ warning: 'on-hold' as const, reason: 'the only vial in the house' }];
    expect(draw(bench, container, { acknowledged })).toEqual([]);
    const resolved = { discrepancy, container, cause: 'hub-loss', note: 'n', adjustment: '-0.5' } as const;
    bench.act(BOSS, 'discrepancy.resolved', { ...resolved, unit: 'mL' }, TECH);
    expect(draw(bench, container)).toEqual([]);
  });

  test('is not set aside where the policy does not ask for it', () => {
    const { bench, container } = held(FEDERAL_MINIMUM_POLICY);
    expect(draw(bench, container)).toEqual([]);
  });
});

describe('who may witness', () => {
  test('is what the rule says, at once and later', () => {
    const by = ['veterinarian', 'registrant'] as const;
    const now = started(strictAnd({ acts: ['return'], witness: { due: 'now', lateHours: 0, by: [...by] } }));
    const container = receive(now, 'K1');
    const drawn = now.act(TECH, 'draw', { container, drawn: '1', given: '0.5', leftover: '0.5', unit: 'mL' });
    const body = {
      container,
      quantity: '0.5',
      unit: 'mL',
      draw: drawn.entry.id,
      reason: 'unbroken',
    } as const;
    const entry = now.entry(TECH, 'return', body);
    expect(found(now, entry)).toEqual(['refuse witness-missing']);
    expect(found(now, entry, BOSS)).toEqual([]);
    const late = started(
      strictAnd({ acts: ['draw'], witness: { due: 'late', lateHours: 2, by: ['veterinarian'] } }),
    );
    const vial = receive(late, 'K1');
    const act = late.act(TECH, 'draw', { container: vial, ...DRAW });
    expect(late.state.pending[act.entry.id]).toMatchObject({ witnesses: ['veterinarian'] });
    const cosign = late.entry(BOSS, 'cosign', { entry: act.entry.id, record: act.hash });
    expect(found(late, cosign)).toEqual(['refuse witness-role']);
  });
});

function count(
  bench: Bench,
  container: string,
  counted: string,
  method: 'measured' | 'estimated',
): Body<'count'> {
  const lines = [{ container, counted, unit: 'mL' as const, method }];
  return { session: bench.id(), kind: 'spot', lines };
}
