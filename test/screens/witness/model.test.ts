import { expect, test } from 'vitest';
import { askedOf } from '../../../pwa/screens/witness/model.ts';
import type { Body, DomainEntry } from '../../../shared/domain/entries.ts';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const names = { performer: 'Ana Ruiz', drug: 'Ketamine 100 mg/mL', container: 'K-001' };
const envelope = { id: id(3), at: '2026-11-21T18:03:11.482Z', after: 'a'.repeat(64), by: id(4) };
const shown = (entry: DomainEntry) => {
  const { title, facts } = askedOf({
    ...{ t: 'request', ledger: id(1), by: id(2), key: 'A'.repeat(22), entry, names },
  });
  return [title, ...facts.map(({ label, text }) => `${label}: ${text}`)];
};
const NAMES = ['Drug: Ketamine 100 mg/mL', 'Container: K-001', 'Done by: Ana Ruiz'];

test('a reversal says which record it is of: two may have the same amount', () => {
  const body: Body<'reversal'> = {
    ...{ entry: id(7), record: `00112233445566ff${'0'.repeat(48)}`, reason: 'wrong vial' },
    effect: { container: id(5), change: '0.4', unit: 'mL' },
  };
  expect(shown({ ...envelope, type: 'reversal', body })).toEqual([
    'Reversal',
    'Reverses the record: 0011 2233 4455 66ff',
    'Reason: wrong vial',
    'Change of the book: 0.4 mL',
    ...NAMES,
  ]);
});

test('what is a word of a list in the log is said in words, and what somebody wrote as they wrote it', () => {
  const closed: Body<'container.closed'> = {
    ...{ container: id(5), reason: 'hub-loss', adjustment: '-0.2', unit: 'mL', note: 'theft' },
  };
  expect(shown({ ...envelope, type: 'container.closed', body: closed })).toEqual([
    'Container closed',
    'Reason: Hub loss: it stayed in needles and syringes',
    'Change of the book: -0.2 mL',
    'Note: theft',
    ...NAMES,
  ]);
  const waste: Body<'waste'> = { container: id(5), quantity: '0.5', unit: 'mL', reason: 'theft' };
  expect(shown({ ...envelope, type: 'waste', body: waste })).toContain('Reason: theft');
});
