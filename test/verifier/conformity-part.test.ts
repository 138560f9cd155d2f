import { expect, test } from 'vitest';
import type { DomainEntry } from '../../shared/domain/entries.ts';
import type { Signed } from '../../shared/domain/state.ts';
import { ConformityCheck } from '../../shared/verifier/conformity.ts';
import { type Bench, BOSS, DEVICE, receive, started, TECH } from '../domain/helpers.ts';

const HOUR = 3_600_000;
const timeOf = (bench: Bench, hours = 0) => new Date(bench.now + hours * HOUR).toISOString();

/** What is said of one record, where what is before it is known and it begins the part. */
function namesOf(bench: Bench, entry: DomainEntry, ...more: readonly Signed[]): string[] {
  const check = new ConformityCheck(`${bench.state.ledger?.ledger ?? ''}/${DEVICE}`, { part: true });
  const signatures: Signed[] = [{ as: 'performer', by: entry.by, at: timeOf(bench) }, ...more];
  const record = {
    seq: bench.log.length,
    hash: 'a'.repeat(64),
    recorded: timeOf(bench, 3),
    entry,
    signatures,
  };
  check.judge(bench.state, { record });
  return check.finish(bench.state, timeOf(bench)).findings.map(({ severity, code }) => `${severity} ${code}`);
}

test('a part names what people did whose roles and access it knows, though stock before it is missing', () => {
  const bench = started();
  const container = receive(bench, 'K-1');
  const resolved = bench.entry(BOSS, 'discrepancy.resolved', {
    ...{ discrepancy: bench.id(), container, cause: 'spill', note: 'seen', adjustment: '0', unit: 'mL' },
  });
  expect(namesOf(bench, resolved, { as: 'witness', by: TECH, at: timeOf(bench, 2) })).toEqual([
    'breach witness-late',
  ]);
  const admitted = bench.entry(BOSS, 'staff.admitted', {
    staff: { id: bench.id(), name: 'Relief', publicKey: 'A'.repeat(43) },
    ...{ until: timeOf(bench, 100), reason: 'relief' },
  });
  expect(namesOf(bench, admitted)).toEqual(['breach access-end']);
  const disabled = bench.entry(BOSS, 'staff.disabled', { staff: { id: BOSS }, reason: 'left' });
  expect(namesOf(bench, disabled)).toEqual(['breach last-registrant']);
  const staff = { id: TECH, name: 'Again', role: 'technician', publicKey: 'A'.repeat(43) } as const;
  expect(namesOf(bench, bench.entry(BOSS, 'staff.enrolled', { staff }))).toEqual([
    'breach staff-exists',
    'note approver-nobody',
  ]);
});
