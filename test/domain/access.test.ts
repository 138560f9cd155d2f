import { describe, expect, test } from 'vitest';
import { elevationsOf, rolesAt } from '../../shared/domain/access.ts';
import { type ApprovalDue, approvalDue } from '../../shared/domain/approval.ts';
import type { DomainEntry, TypedBody } from '../../shared/domain/entries.ts';
import type { Target } from '../../shared/domain/judge.ts';
import type { Role } from '../../shared/domain/roles.ts';
import { type Signed, signerName } from '../../shared/domain/state.ts';
import { type Bench, BOSS, PRODUCT, receive, started, TECH } from './helpers.ts';

const KEY = 'A'.repeat(43);
const HOUR = 3_600_000;
const timeOf = (bench: Bench, hours = 0) => new Date(bench.now + hours * HOUR).toISOString();
const as = (role: Signed['as'], by: string, bench: Bench): Signed => ({ as: role, by, at: timeOf(bench) });
const codesOf = (findings: readonly { code: string }[]) => findings.map(({ code }) => code);

/** Somebody of that role, with whoever has to approve that. */
function joins(bench: Bench, role: Role, approver?: string): string {
  const id = bench.id();
  const entry = bench.entry(BOSS, 'staff.enrolled', { staff: { id, name: role, role, publicKey: KEY } });
  const findings = bench.take(entry, undefined, ...(approver ? [as('approver', approver, bench)] : []));
  expect(findings.filter(({ severity }) => severity === 'refuse')).toEqual([]);
  return id;
}

function elevate(bench: Bench, approver: string, { once = false, hours = 4 } = {}): string {
  const elevation = bench.id();
  const body = {
    elevation,
    staff: { id: TECH },
    role: 'lead-technician',
    once,
    reason: 'short-handed',
  } as const;
  const entry = bench.entry(TECH, 'access.elevated', { ...body, until: timeOf(bench, hours) });
  expect(codesOf(bench.take(entry, undefined, as('approver', approver, bench)))).toEqual([]);
  return elevation;
}

const product = (bench: Bench) =>
  bench.entry(TECH, 'product.added', {
    product: {
      ...{ id: bench.id(), name: 'Midazolam', form: 'injection', schedule: 'IV', unit: 'mL', holds: '10' },
      gtins: [],
    },
  });

describe('more than one’s own role, for a while', () => {
  test('lets a person do what the other role may, until its end', () => {
    const bench = started();
    expect(codesOf(bench.judge(product(bench)))).toEqual(['role']);
    elevate(bench, BOSS);
    expect(codesOf(bench.take(product(bench)))).toEqual([]);
    const member = bench.state.staff[TECH];
    expect(member && rolesAt(bench.state, member, timeOf(bench))).toEqual(['technician', 'lead-technician']);
    bench.now += 5 * HOUR;
    expect(codesOf(bench.judge(product(bench)))).toEqual(['role']);
  });

  test('given for once, is over with the first act that needs it, and not with one that does not', () => {
    const bench = started();
    const container = receive(bench, 'K-1');
    elevate(bench, BOSS, { once: true });
    bench.act(TECH, 'draw', { container, drawn: '1', given: '1', leftover: '0', unit: 'mL' });
    expect(elevationsOf(bench.state, TECH, timeOf(bench))).toHaveLength(1);
    expect(codesOf(bench.take(product(bench)))).toEqual([]);
    expect(codesOf(bench.judge(product(bench)))).toEqual(['role']);
  });

  test('is asked for by oneself, approved by another in their own right, and for a day at most', () => {
    const bench = started();
    const lead = joins(bench, 'lead-technician');
    const body = {
      staff: { id: TECH },
      role: 'veterinarian',
      once: false,
      reason: 'alone at night',
    } as const;
    const ask = (by: string, hours: number) =>
      bench.entry(by, 'access.elevated', { ...body, elevation: bench.id(), until: timeOf(bench, hours) });
    const by = (approver: string) => as('approver', approver, bench);
    expect(codesOf(bench.judge(ask(TECH, 4)))).toEqual(['approver-missing']);
    expect(codesOf(bench.judge(ask(BOSS, 4), undefined, by(lead)))).toEqual(['role']);
    expect(codesOf(bench.judge(ask(TECH, 25), undefined, by(BOSS)))).toEqual(['access-end']);
    expect(codesOf(bench.judge(ask(TECH, 0), undefined, by(BOSS)))).toEqual(['access-end']);
    elevate(bench, BOSS);
    const witness = joins(bench, 'witness', lead);
    const other = bench.entry(witness, 'access.elevated', {
      ...{ elevation: bench.id(), staff: { id: witness }, role: 'technician', once: true },
      ...{ until: timeOf(bench, 1), reason: 'relief' },
    });
    expect(codesOf(bench.judge(other, undefined, by(TECH)))).toEqual(['role']);
    expect(codesOf(bench.judge(other, undefined, by(lead)))).toEqual([]);
  });
});

describe('whoever is here for a day', () => {
  test('witnesses until the end, and not a minute longer', () => {
    const bench = started();
    const container = receive(bench, 'K-1');
    const id = bench.id();
    const staff = { id, name: 'Relief', publicKey: KEY };
    bench.act(BOSS, 'staff.admitted', { staff, until: timeOf(bench, 8), reason: 'relief' });
    const waste = () =>
      bench.entry(TECH, 'waste', { container, quantity: '0.1', unit: 'mL', reason: 'spilt' });
    expect(codesOf(bench.judge(waste(), id))).toEqual([]);
    expect(codesOf(bench.judge(bench.entry(id, 'container.opened', { container })))).toEqual(['role']);
    bench.now += 8 * HOUR + 1;
    expect(codesOf(bench.judge(waste(), id))).toEqual(['admission-over']);
  });

  test('signs with the name of whoever let them in beside their own', () => {
    const bench = started();
    const id = bench.id();
    bench.act(BOSS, 'staff.admitted', {
      ...{ staff: { id, name: 'Relief', publicKey: KEY }, until: timeOf(bench, 8), reason: 'relief' },
    });
    expect(signerName(bench.state, id)).toBe('Relief (visitor of Boss)');
    expect(signerName(bench.state, BOSS)).toBe('Boss');
    expect(signerName(bench.state, bench.id())).toBeUndefined();
  });
});

describe('two signatures', () => {
  test('more than ten minutes apart are not together', () => {
    const bench = started();
    const container = receive(bench, 'K-1');
    const waste = bench.entry(TECH, 'waste', { container, quantity: '0.1', unit: 'mL', reason: 'spilt' });
    const apart = (minutes: number) =>
      codesOf(
        bench.judge(waste, undefined, {
          ...as('witness', BOSS, bench),
          at: new Date(bench.now + minutes * 60_000).toISOString(),
        }),
      );
    expect(apart(10)).toEqual([]);
    expect(apart(11)).toEqual(['witness-apart']);
    expect(apart(25 * 60)).toEqual(['witness-late']);
  });
});

describe('an approver', () => {
  const dueFor = (bench: Bench, act: TypedBody, target?: Target): ApprovalDue['due'] =>
    approvalDue(bench.state, { act, by: BOSS, at: timeOf(bench), target }).due;

  test('is due for what changes the book, disposes of a Schedule II, or undoes what a colleague did', () => {
    const bench = started();
    const container = receive(bench, 'K-1');
    joins(bench, 'veterinarian');
    const about = { container, unit: 'mL' } as const;
    const resolved = (adjustment: string): TypedBody => ({
      type: 'discrepancy.resolved',
      body: { ...about, discrepancy: bench.id(), cause: 'spill', note: 'seen', adjustment },
    });
    const closed = (reason: 'empty' | 'damaged', adjustment: string): TypedBody => ({
      type: 'container.closed',
      body: { ...about, reason, adjustment },
    });
    const reversal: TypedBody = {
      type: 'reversal',
      body: { entry: bench.id(), record: 'a'.repeat(64), reason: 'slip', effect: { ...about, change: '1' } },
    };
    expect(dueFor(bench, resolved('0'))).toBe(false);
    expect(dueFor(bench, resolved('-0.2'))).toBe(true);
    expect(dueFor(bench, closed('empty', '-0.01'))).toBe(false);
    expect(dueFor(bench, closed('empty', '-0.02'))).toBe(true);
    expect(dueFor(bench, closed('damaged', '-0.01'))).toBe(true);
    const closing = (by: string, proposal?: string) =>
      bench.entry(by, 'container.closed', {
        ...{ ...about, reason: 'empty', adjustment: '0' },
        ...(proposal === undefined ? {} : { proposal }),
      });
    const undone = (entry: DomainEntry, ...beside: string[]): ApprovalDue['due'] =>
      dueFor(bench, reversal, { entry, hash: 'a'.repeat(64), beside, referrers: [] });
    expect(undone(closing(BOSS))).toBe(false);
    expect(undone(closing(TECH))).toBe(true);
    // A colleague who witnessed it, or approved it beforehand, has put their name to it too.
    expect(undone(closing(BOSS), TECH)).toBe(true);
    expect(undone(closing(BOSS, bench.id()))).toBe(true);
  });

  test('is not asked for where nobody else could be one, and that is said', () => {
    const bench = started();
    const received = bench.entry(BOSS, 'container.received', {
      containers: [
        {
          id: bench.id(),
          number: 'K-9',
          product: PRODUCT,
          lot: 'L',
          expires: '2030-01-01',
          quantity: '10',
          unit: 'mL',
        },
      ],
    });
    expect(codesOf(bench.judge(received))).toEqual(['approver-nobody']);
    joins(bench, 'pharmacist');
    expect(codesOf(bench.judge(received))).toEqual(['approver-missing']);
  });
});

describe('a proposal', () => {
  test('is carried out once, as it was approved, by somebody else than who approved it', () => {
    const bench = started();
    const lead = joins(bench, 'lead-technician');
    const body = { staff: { id: TECH, trained: '2026-01-02' }, reason: 'course' };
    const made = bench.act(BOSS, 'proposal.made', { act: { type: 'staff.changed', body }, reason: 'course' });
    const proposal = made.entry.id;
    const change = (extra: object = {}) =>
      bench.entry(BOSS, 'staff.changed', { ...body, ...extra, proposal });
    const answer = (by: string) => bench.entry(by, 'proposal.approved', { proposal, record: made.hash });
    expect(codesOf(bench.judge(change()))).toEqual(['approver-missing']);
    expect(codesOf(bench.judge(answer(BOSS)))).toEqual(['self-witness']);
    expect(codesOf(bench.judge(answer(TECH)))).toEqual(['role', 'self-witness']);
    expect(codesOf(bench.take(answer(lead)))).toEqual([]);
    expect(codesOf(bench.judge(answer(lead)))).toEqual(['unknown-proposal']);
    expect(codesOf(bench.judge(change({ reason: 'another' })))).toEqual(['other-act']);
    expect(codesOf(bench.take(change()))).toEqual([]);
    expect(bench.state.staff[TECH]?.trained).toBe('2026-01-02');
    expect(codesOf(bench.judge(change()))).toEqual(['unknown-proposal']);
  });

  test('is taken back by whoever made it, or rejected by whoever could approve it', () => {
    const bench = started();
    joins(bench, 'lead-technician');
    const body = { staff: { id: TECH, trained: '2026-01-02' }, reason: 'course' };
    const made = bench.act(TECH, 'proposal.made', { act: { type: 'staff.changed', body }, reason: 'course' });
    const reject = (by: string) =>
      bench.entry(by, 'proposal.rejected', { proposal: made.entry.id, record: made.hash, reason: 'no' });
    const assistant = joins(bench, 'technician', Object.keys(bench.state.staff).at(-1));
    expect(codesOf(bench.judge(reject(assistant)))).toEqual(['role']);
    expect(codesOf(bench.judge(reject(BOSS)))).toEqual([]);
    expect(codesOf(bench.take(reject(TECH)))).toEqual([]);
    expect(bench.state.proposals).toEqual({});
  });
});
