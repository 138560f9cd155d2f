import { describe, expect, test } from 'vitest';
import { policyFrom } from '../../shared/domain/policy/facility.ts';
import type { Policy, Rule } from '../../shared/domain/policy/schema.ts';
import type { ElevatedRole, Role } from '../../shared/domain/roles.ts';
import type { Signed } from '../../shared/domain/state.ts';
import { AUDITOR, type Bench, BOSS, PRODUCT, receive, started, TECH } from './helpers.ts';

/** What somebody tries who signs entries past the screens: each is refused, or shows. */

const KEY = 'A'.repeat(43);
const HOUR = 3_600_000;
const timeOf = (bench: Bench, hours = 0) => new Date(bench.now + hours * HOUR).toISOString();
const approver = (by: string, bench: Bench): Signed => ({ as: 'approver', by, at: timeOf(bench) });
const found = (findings: readonly { code: string; severity: string }[]) =>
  findings.filter(({ severity }) => severity === 'refuse').map(({ code }) => code);

const strictAnd = (...rules: Omit<Rule, 'source'>[]): Policy =>
  policyFrom({
    ...{ profiles: ['strict'], terms: [], variance: [] },
    rules: rules.map((rule) => ({ ...rule, source: 'facility' as const })),
  });

function joins(bench: Bench, role: Role, by?: string): string {
  const id = bench.id();
  const entry = bench.entry(BOSS, 'staff.enrolled', { staff: { id, name: role, role, publicKey: KEY } });
  expect(found(bench.take(entry, undefined, ...(by ? [approver(by, bench)] : [])))).toEqual([]);
  return id;
}

function elevates(bench: Bench, who: string, role: ElevatedRole, once: boolean): void {
  const entry = bench.entry(who, 'access.elevated', {
    ...{ elevation: bench.id(), staff: { id: who }, role, once },
    ...{ until: timeOf(bench, 8), reason: 'short-handed' },
  });
  expect(found(bench.take(entry, undefined, approver(BOSS, bench)))).toEqual([]);
}

const wastes = (bench: Bench, container: string, by = BOSS) =>
  bench.act(by, 'waste', { container, quantity: '0.1', unit: 'mL', reason: 'spilt' });

const counts = (bench: Bench, container: string, counted: string) =>
  bench.act(BOSS, 'count', {
    ...{ session: bench.id(), kind: 'spot' },
    lines: [{ container, counted, unit: 'mL', method: 'measured' }],
  }).entry.id;

describe('an open discrepancy', () => {
  const opening = (bench: Bench, discrepancy: string, container: string, count: string, counted: string) =>
    bench.entry(TECH, 'discrepancy.opened', {
      ...{ discrepancy, container, count, expected: '10', counted, unit: 'mL' },
      difference: counted === '10' ? '0' : '-2',
    });

  test('is not replaced by another one under its id', () => {
    const bench = started();
    const [one, other] = [receive(bench, 'K-1'), receive(bench, 'K-2')];
    const id = bench.id();
    expect(found(bench.take(opening(bench, id, one, counts(bench, one, '8'), '8')))).toEqual([]);
    const harmless = opening(bench, id, other, counts(bench, other, '10'), '10');
    expect(found(bench.take(harmless))).toEqual(['unknown-discrepancy']);
    expect(bench.state.discrepancies[id]?.container).toBe(one);
  });

  test('from an earlier count that agreed does not take away what a later one found', () => {
    const bench = started();
    const container = receive(bench, 'K-1');
    const agreed = counts(bench, container, '10');
    const short = counts(bench, container, '8');
    bench.take(opening(bench, bench.id(), container, agreed, '10'));
    expect(bench.state.mismatches[container]?.count).toBe(short);
    bench.take(opening(bench, bench.id(), container, short, '8'));
    expect(bench.state.mismatches[container]).toBeUndefined();
  });

  test('is resolved in the unit of its container', () => {
    const bench = started();
    const container = receive(bench, 'K-1');
    const discrepancy = bench.id();
    bench.take(opening(bench, discrepancy, container, counts(bench, container, '8'), '8'));
    const body = { discrepancy, container, cause: 'spill', note: 'seen', adjustment: '0' } as const;
    const resolved = (unit: 'mL' | 'tablet') =>
      bench.judge(bench.entry(BOSS, 'discrepancy.resolved', { ...body, unit }), TECH);
    expect(found(resolved('tablet'))).toEqual(['unit']);
    expect(found(resolved('mL'))).toEqual([]);
  });
});

describe('stock', () => {
  test('does not come in twice under one id', () => {
    const bench = started();
    const container = {
      id: bench.id(),
      product: PRODUCT,
      lot: 'L',
      expires: '2030-01-01',
      unit: 'mL',
    } as const;
    const entry = bench.entry(BOSS, 'container.received', {
      containers: [
        { ...container, number: 'K-1', quantity: '10' },
        { ...container, number: 'K-2', quantity: '0.1' },
      ],
    });
    expect(found(bench.judge(entry))).toEqual(['container-exists']);
  });

  test('comes back by a reversal in the unit in which it went', () => {
    const bench = started();
    const container = receive(bench, 'K-1');
    const drawn = bench.act(TECH, 'draw', { container, drawn: '1', given: '1', leftover: '0', unit: 'mL' });
    const reversal = (unit: 'mL' | 'tablet') =>
      bench.entry(TECH, 'reversal', {
        ...{ entry: drawn.entry.id, record: drawn.hash, reason: 'slip' },
        effect: { container, change: '1', unit },
      });
    expect(found(bench.judge(reversal('tablet')))).toEqual(['effect']);
    expect(found(bench.judge(reversal('mL')))).toEqual([]);
  });
});

describe('what somebody was made for a while', () => {
  const byVet = strictAnd({
    ...{ acts: ['waste'], schedules: [] },
    witness: { due: 'late', lateHours: 24, by: ['registrant', 'veterinarian'] },
  });

  test('for once, is over with a witness’s signature that comes later and needs it', () => {
    const bench = started(byVet);
    const container = receive(bench, 'K-1');
    const [one, other] = [wastes(bench, container), wastes(bench, container)];
    const cosign = ({ entry, hash }: typeof one) =>
      bench.entry(TECH, 'cosign', { entry: entry.id, record: hash });
    expect(found(bench.judge(cosign(one)))).toEqual(['witness-role']);
    elevates(bench, TECH, 'veterinarian', true);
    expect(found(bench.take(cosign(one)))).toEqual([]);
    expect(found(bench.take(cosign(other)))).toEqual(['witness-role']);
  });

  test('lets nobody sign later for what only others may witness', () => {
    const bench = started(
      strictAnd(
        {
          acts: ['waste'],
          schedules: [],
          witness: { due: 'late', lateHours: 24, by: ['registrant', 'pharmacist'] },
        },
        { acts: ['cosign'], schedules: [], perform: ['registrant', 'pharmacist', 'veterinarian'] },
      ),
    );
    const { entry, hash } = wastes(bench, receive(bench, 'K-1'));
    elevates(bench, TECH, 'veterinarian', false);
    const cosign = bench.entry(TECH, 'cosign', { entry: entry.id, record: hash });
    expect(found(bench.judge(cosign))).not.toEqual([]);
  });

  test('is over when they are given another role of their own', () => {
    const bench = started();
    const container = receive(bench, 'K-1');
    joins(bench, 'veterinarian');
    const lead = Object.keys(bench.state.staff).at(-1) ?? '';
    elevates(bench, TECH, 'lead-technician', false);
    const demoted = bench.entry(BOSS, 'staff.changed', {
      ...{ staff: { id: TECH, role: 'auditor' as const }, reason: 'left the floor' },
    });
    expect(found(bench.take(demoted, undefined, approver(lead, bench)))).toEqual([]);
    const draw = bench.entry(TECH, 'draw', { container, drawn: '1', given: '1', leftover: '0', unit: 'mL' });
    expect(found(bench.judge(draw))).toEqual(['role']);
    expect(bench.state.elevations).toEqual({});
  });
});

describe('an approval that was put by', () => {
  function putBy(bench: Bench): { vet: string; lead: string; change: () => ReturnType<Bench['entry']> } {
    const vet = joins(bench, 'veterinarian');
    const lead = joins(bench, 'lead-technician', vet);
    const body = { staff: { id: TECH, trained: '2026-01-02' }, reason: 'course' };
    const made = bench.act(BOSS, 'proposal.made', { act: { type: 'staff.changed', body }, reason: 'course' });
    bench.act(vet, 'proposal.approved', { proposal: made.entry.id, record: made.hash });
    return {
      vet,
      lead,
      change: () => bench.entry(BOSS, 'staff.changed', { ...body, proposal: made.entry.id }),
    };
  }

  test('is worth nothing once whoever gave it is disabled', () => {
    const bench = started();
    const { vet, change } = putBy(bench);
    expect(found(bench.judge(change()))).toEqual([]);
    bench.act(BOSS, 'staff.disabled', { staff: { id: vet }, reason: 'left' });
    expect(found(bench.judge(change()))).toEqual(['disabled-staff']);
  });

  test('is worth nothing once whoever gave it may not approve any more', () => {
    const bench = started();
    const { vet, lead, change } = putBy(bench);
    const demoted = bench.entry(BOSS, 'staff.changed', {
      ...{ staff: { id: vet, role: 'technician' as const }, reason: 'licence lapsed' },
    });
    expect(found(bench.take(demoted, undefined, approver(lead, bench)))).toEqual([]);
    expect(found(bench.judge(change()))).toEqual(['role']);
  });
});

describe('a second factor that an act asks for', () => {
  const factorAt = (act: 'waste' | 'container.closed') =>
    strictAnd({ acts: [act], schedules: ['II'], needs: ['second-factor'] });

  test('is due of its witness, also where that one signs later', () => {
    const bench = started();
    const { entry, hash } = wastes(bench, receive(bench, 'K-1'));
    bench.state.policy = factorAt('waste');
    const cosign = bench.entry(TECH, 'cosign', { entry: entry.id, record: hash });
    expect(found(bench.judge(cosign))).toEqual(['factor-missing']);
  });

  test('is due of whoever approves it, also where that is beforehand', () => {
    const bench = started(factorAt('container.closed'));
    const container = receive(bench, 'K-1');
    const vet = joins(bench, 'veterinarian');
    const body = { container, reason: 'damaged', adjustment: '-10', unit: 'mL', note: 'fell' } as const;
    const made = bench.act(BOSS, 'proposal.made', {
      act: { type: 'container.closed', body },
      reason: 'fell',
    });
    const answer = { proposal: made.entry.id, record: made.hash };
    expect(found(bench.judge(bench.entry(vet, 'proposal.approved', answer)))).toEqual(['factor-missing']);
  });
});

describe('a second factor that is asked for by schedule', () => {
  const factorAt = (act: 'cosign' | 'proposal.approved') =>
    strictAnd({ acts: [act], schedules: ['II'], needs: ['second-factor'] });

  test('is due where a witness signs later', () => {
    const bench = started(factorAt('cosign'));
    const { entry, hash } = wastes(bench, receive(bench, 'K-1'));
    const cosign = bench.entry(TECH, 'cosign', { entry: entry.id, record: hash });
    expect(found(bench.judge(cosign))).toEqual(['factor-missing']);
  });

  test('is due where somebody approves', () => {
    const bench = started(factorAt('proposal.approved'));
    const container = receive(bench, 'K-1');
    const vet = joins(bench, 'veterinarian');
    const body = { container, reason: 'damaged', adjustment: '-10', unit: 'mL', note: 'fell' } as const;
    const made = bench.act(BOSS, 'proposal.made', {
      act: { type: 'container.closed', body },
      reason: 'fell',
    });
    const answer = { proposal: made.entry.id, record: made.hash };
    expect(found(bench.judge(bench.entry(vet, 'proposal.approved', answer)))).toEqual(['factor-missing']);
  });
});

describe('what is said of the log', () => {
  test('is not of more records than there are', () => {
    const bench = started();
    const root = 'a'.repeat(64);
    const size = bench.log.length;
    const exported = (to: number) =>
      bench.entry(AUDITOR, 'exported', { from: 0, to, size: to, root, disclosed: false });
    const verified = (of: number) => bench.entry(AUDITOR, 'verified', { size: of, root, failures: 0 });
    for (const said of [exported, verified]) {
      expect(found(bench.judge(said(size)))).toEqual([]);
      expect(found(bench.judge(said(size + 1)))).toEqual(['effect']);
    }
  });
});
