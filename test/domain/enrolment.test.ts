import { describe, expect, test } from 'vitest';
import type { DomainEntry } from '../../shared/domain/entries.ts';
import { judge } from '../../shared/domain/judge.ts';
import type { SignedAs } from '../../shared/domain/state.ts';
import { AUDITOR, type Bench, BOSS, DEVICE, started, TECH } from './helpers.ts';

const KEY = { publicKey: 'A'.repeat(43) };

/** What is said where the performer and one more person sign. */
function codes(bench: Bench, entry: DomainEntry, as: SignedAs, by: string): string[] {
  const recorded = new Date(bench.now).toISOString();
  const at = recorded;
  const signatures = [
    { as: 'performer' as const, by: entry.by, at },
    { as, by, at },
  ];
  return judge(bench.state, { entry, signatures, device: DEVICE, recorded }).map(({ code }) => code);
}

describe('the signature of the person whose key an entry brings in', () => {
  const bench = started();
  const id = bench.id();
  const enrolled = (by: string) =>
    bench.entry(by, 'staff.enrolled', { staff: { id, name: 'New', role: 'auditor', ...KEY } });
  const rotated = (by: string, whom: string) =>
    bench.entry(by, 'staff.key-rotated', { staff: { id: whom, ...KEY }, revokes: 'A'.repeat(22) });

  test('shows that the key is theirs, whatever their role may witness', () => {
    expect(codes(bench, enrolled(BOSS), 'witness', id)).toEqual(['approver-nobody']);
    expect(codes(bench, rotated(BOSS, AUDITOR), 'witness', AUDITOR)).toEqual(['approver-nobody']);
  });
  test('approves nothing, and does not stand for the registrant', () => {
    expect(codes(bench, enrolled(BOSS), 'approver', id)).toEqual(['role', 'self-witness', 'approver-nobody']);
    expect(codes(bench, enrolled(BOSS), 'registrant', id)).toEqual(['role', 'approver-nobody']);
    expect(codes(bench, rotated(BOSS, TECH), 'approver', TECH)).toEqual([
      'role',
      'self-witness',
      'approver-nobody',
    ]);
  });
  test('is good for no other person, and lets nobody in by themself', () => {
    expect(codes(bench, enrolled(BOSS), 'witness', bench.id())).toEqual(['unknown-staff', 'approver-nobody']);
    expect(codes(bench, enrolled(id), 'witness', id)).toContain('unknown-staff');
    expect(codes(bench, enrolled(id), 'witness', id)).toContain('self-witness');
    expect(codes(bench, rotated(TECH, TECH), 'witness', TECH)).toEqual(['self-witness']);
    expect(codes(bench, enrolled(BOSS), 'registrant', TECH)).toEqual(['role', 'approver-nobody']);
  });
  test('does not come from a person who has left', () => {
    const other = started();
    other.act(BOSS, 'staff.disabled', { staff: { id: TECH }, reason: 'left' });
    const entry = other.entry(BOSS, 'staff.key-rotated', {
      ...{ staff: { id: TECH, ...KEY }, revokes: 'A'.repeat(22) },
    });
    expect(codes(other, entry, 'witness', TECH)).toContain('disabled-staff');
  });
});
