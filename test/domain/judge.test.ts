import { describe, expect, test } from 'vitest';
import type { Body } from '../../shared/domain/entries.ts';
import { localDate } from '../../shared/domain/judge-container.ts';
import { FEDERAL_MINIMUM_POLICY } from '../../shared/domain/policy/profiles.ts';
import { AUDITOR, type Bench, BOSS, DEVICE, PRODUCT, receive, started, TECH } from './helpers.ts';

const DRAW = { drawn: '1', given: '0.8', leftover: '0.2', unit: 'mL' } as const;
const codes = (bench: Bench, ...entry: Parameters<Bench['take']>) =>
  bench.judge(...entry).map((finding) => `${finding.severity} ${finding.code}`);

function drawn(bench: Bench, container: string) {
  return bench.act(TECH, 'draw', { container, ...DRAW });
}
function wasteOf(container: string, draw: string, quantity = '0.2'): Body<'waste'> {
  return { container, quantity, unit: 'mL', draw, reason: 'not needed' };
}

describe('people', () => {
  test('nobody witnesses their own act, an auditor draws nothing, a stranger signs nothing', () => {
    const bench = started();
    const container = receive(bench, 'K1');
    const draw = drawn(bench, container);
    const waste = bench.entry(TECH, 'waste', wasteOf(container, draw.entry.id));
    expect(codes(bench, waste, TECH)).toContain('refuse self-witness');
    expect(codes(bench, waste, AUDITOR)).toContain('refuse witness-role');
    expect(codes(bench, waste, bench.id())).toContain('refuse unknown-staff');
    expect(codes(bench, waste, BOSS)).toEqual([]);
    expect(codes(bench, bench.entry(AUDITOR, 'draw', { container, ...DRAW }))).toContain('refuse role');
    expect(codes(bench, bench.entry(BOSS, 'clock.anomaly', anomaly))).toEqual(['refuse role']);
    expect(codes(bench, bench.entry(DEVICE, 'clock.anomaly', anomaly))).toEqual([]);
  });
  const anomaly = { deviceClock: '2026-01-01T00:00:00.000Z', heldAt: '2026-01-01T00:00:00.000Z' };

  test('a disabled person signs no more', () => {
    const bench = started();
    const container = receive(bench, 'K1');
    bench.act(BOSS, 'staff.disabled', { staff: { id: TECH }, reason: 'left' });
    expect(codes(bench, bench.entry(TECH, 'draw', { container, ...DRAW }))).toContain(
      'refuse disabled-staff',
    );
  });

  test('a witness later than the policy allows counts, and is flagged', () => {
    const bench = started();
    const container = receive(bench, 'K1');
    const draw = drawn(bench, container);
    const entry = bench.entry(TECH, 'waste', wasteOf(container, draw.entry.id));
    expect(bench.take(entry).map((f) => `${f.severity} ${f.code}`)).toEqual(['flag witness-missing']);
    const waste = bench.log.at(-1)!;
    const body = { entry: waste.entry.id, record: waste.hash };
    expect(codes(bench, bench.entry(TECH, 'cosign', body))).toContain('refuse self-witness');
    bench.now += 23 * 3_600_000;
    expect(codes(bench, bench.entry(BOSS, 'cosign', body))).toEqual([]);
    bench.now += 2 * 3_600_000;
    expect(codes(bench, bench.entry(BOSS, 'cosign', body))).toEqual(['flag witness-late']);
    bench.act(BOSS, 'cosign', body);
    expect(codes(bench, bench.entry(BOSS, 'cosign', body))).toEqual(['refuse nothing-to-cosign']);
  });

  test('federal law alone wants no witness', () => {
    const bench = started(FEDERAL_MINIMUM_POLICY);
    const container = receive(bench, 'K1');
    const draw = drawn(bench, container);
    expect(codes(bench, bench.entry(TECH, 'waste', wasteOf(container, draw.entry.id)))).toEqual([]);
  });

  test('an act in the future is refused, beyond what clocks differ', () => {
    const bench = started();
    const container = receive(bench, 'K1');
    const at = (minutes: number) =>
      codes(bench, bench.entry(TECH, 'draw', { container, ...DRAW }, bench.now + minutes * 60_000));
    expect(at(4)).toEqual([]);
    expect(at(6)).toEqual(['refuse future']);
  });
});

describe('containers and balances', () => {
  test('a balance below zero is taken, flagged and explained', () => {
    const bench = started();
    const container = receive(bench, 'K1', '0.9');
    expect(codes(bench, bench.entry(TECH, 'draw', { container, ...DRAW }))).toEqual(['flag over-draw']);
  });

  test('sums, units, expiry, numbers and barcodes are held', () => {
    const bench = started();
    const container = receive(bench, 'K1', '10', '2026-01-04');
    const draw = (change: Partial<Body<'draw'>>) =>
      codes(bench, bench.entry(TECH, 'draw', { container, ...DRAW, ...change }));
    expect(draw({})).toEqual(['refuse expired']);
    const acknowledged = [{ warning: 'expired' as const, reason: 'nothing else in the house' }];
    expect(draw({ acknowledged })).toEqual([]);
    expect(draw({ acknowledged, leftover: '0.3' })).toEqual(['refuse sum']);
    expect(draw({ acknowledged, unit: 'mg' })).toEqual(['refuse unit']);
    expect(draw({ acknowledged, container: bench.id() })).toContain('refuse unknown-container');
    const again = {
      number: 'K1',
      product: PRODUCT,
      lot: 'L',
      expires: '2030-01-01',
      quantity: '1',
      unit: 'mL' as const,
    };
    const received = bench.entry(BOSS, 'container.received', { containers: [{ id: bench.id(), ...again }] });
    expect(codes(bench, received)).toEqual(['refuse number-taken', 'flag approver-nobody']);
    const copy = { ...bench.state.products[PRODUCT]!, id: bench.id() };
    expect(codes(bench, bench.entry(BOSS, 'product.added', { product: copy }))).toEqual([
      'refuse product-exists',
    ]);
  });

  test('closing brings the book to zero, and a closed container takes nothing but the end of what was begun', () => {
    const bench = started();
    const container = receive(bench, 'K1', '1.1');
    const draw = drawn(bench, container);
    const close = (adjustment: string) =>
      bench.entry(BOSS, 'container.closed', {
        container,
        reason: 'hub-loss',
        adjustment,
        unit: 'mL',
        note: 'hub',
      });
    expect(codes(bench, close('0'), TECH)).toEqual(['refuse adjustment']);
    bench.take(close('-0.1'), TECH);
    expect(codes(bench, bench.entry(TECH, 'draw', { container, ...DRAW }))).toContain(
      'refuse closed-container',
    );
    const waste = bench.entry(TECH, 'waste', wasteOf(container, draw.entry.id));
    expect(codes(bench, waste, BOSS)).toEqual([]);
  });

  test('a day is the clinic’s own', () => {
    expect(localDate('2026-01-05T02:00:00.000Z', 'America/Denver')).toBe('2026-01-04');
    expect(localDate('2026-01-05T02:00:00.000Z', 'Europe/Berlin')).toBe('2026-01-05');
    expect(localDate('2026-01-05T02:00:00.000Z', 'Nowhere/Special')).toBe('2026-01-05');
  });
});

describe('corrections', () => {
  test('a leftover is wasted once, in full or in parts, from its own container', () => {
    const bench = started();
    const [one, two] = [receive(bench, 'K1'), receive(bench, 'K2')];
    const draw = drawn(bench, one);
    const waste = (container: string, quantity: string) =>
      bench.entry(TECH, 'waste', wasteOf(container, draw.entry.id, quantity));
    expect(codes(bench, waste(one, '0.3'), BOSS)).toEqual(['refuse over-leftover']);
    expect(codes(bench, waste(two, '0.2'), BOSS)).toEqual(['refuse other-container']);
    bench.take(waste(one, '0.05'), BOSS);
    bench.take(waste(one, '0.15'), BOSS);
    expect(codes(bench, waste(one, '0.05'), BOSS)).toEqual(['refuse over-leftover']);
  });

  test('a reversal undoes exactly one entry, once, with nothing hanging on it', () => {
    const bench = started();
    const container = receive(bench, 'K1');
    const draw = drawn(bench, container);
    const undo = (record: { entry: { id: string }; hash: string }, change: string) =>
      bench.entry(TECH, 'reversal', {
        ...{ entry: record.entry.id, record: record.hash, reason: 'wrong vial' },
        effect: { container, change, unit: 'mL' },
      });
    expect(codes(bench, undo({ ...draw, hash: 'f'.repeat(64) }, '1'))).toEqual(['refuse wrong-record']);
    expect(codes(bench, undo(draw, '0.9'))).toEqual(['refuse effect']);
    expect(codes(bench, undo(bench.log[0]!, '1'))).toEqual([
      'refuse not-reversible',
      'refuse approver-missing',
    ]);
    const waste = bench.act(TECH, 'waste', wasteOf(container, draw.entry.id), BOSS);
    expect(codes(bench, undo(draw, '1'))).toEqual(['refuse still-referred-to']);
    // A colleague has put their name to the waste: it is not one's own to take back.
    expect(codes(bench, undo(waste, '0'))).toEqual(['refuse approver-missing']);
    const approval = { as: 'approver', by: BOSS, at: new Date(bench.now).toISOString() } as const;
    expect(bench.take(undo(waste, '0'), undefined, approval)).toEqual([]);
    expect(bench.state.leftovers[draw.entry.id]?.remaining).toBe(2000);
    bench.take(undo(draw, '1'));
    expect(bench.state.leftovers).toEqual({});
    expect(bench.state.containers[container]?.balance).toBe(10_0000);
    expect(codes(bench, undo(draw, '1'))).toEqual(['refuse already-reversed']);
  });

  test('a discrepancy says what its count found', () => {
    const bench = started();
    const container = receive(bench, 'K1');
    const lines = [{ container, counted: '9.5', unit: 'mL' as const, method: 'measured' as const }];
    const count = bench.act(TECH, 'count', { session: bench.id(), kind: 'spot', lines });
    expect(bench.state.mismatches[container]).toMatchObject({ expected: 10_0000, counted: 9_5000 });
    const discrepancy = bench.id();
    const open = (change: Partial<Body<'discrepancy.opened'>>) =>
      bench.entry(TECH, 'discrepancy.opened', {
        ...{ discrepancy, container, count: count.entry.id, expected: '10', counted: '9.5' },
        ...{ difference: '-0.5', unit: 'mL', ...change },
      });
    expect(codes(bench, open({ difference: '-0.4' }))).toEqual(['refuse effect']);
    expect(codes(bench, open({ expected: '9.8', difference: '-0.3' }))).toEqual(['refuse effect']);
    expect(codes(bench, open({ count: bench.id() }))).toEqual(['refuse unknown-count']);
    bench.take(open({}));
    expect(bench.state.mismatches).toEqual({});
    const body = {
      discrepancy,
      container,
      cause: 'spill',
      note: 'n',
      adjustment: '-0.5',
      unit: 'mL',
    } as const;
    const resolved = bench.entry(BOSS, 'discrepancy.resolved', body);
    expect(codes(bench, resolved)).toEqual(['refuse witness-missing', 'flag approver-nobody']);
    bench.take(resolved, TECH);
    expect(bench.state.discrepancies).toEqual({});
    expect(bench.state.containers[container]?.balance).toBe(9_5000);
  });
});
