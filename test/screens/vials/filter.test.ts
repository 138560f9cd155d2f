import { expect, test } from 'vitest';
import { filterVials, type VialFilter } from '../../../pwa/screens/vials/filter.ts';
import { vial } from '../../ui/stock.ts';

const TODAY = '2026-11-21';
const all = [
  vial({ number: 'K-10' }),
  vial({ number: 'K-9', expires: '2026-12-20' }),
  vial({ number: 'K-1', expires: '2026-12-01', closedAt: '2026-11-01T09:00:00.000Z' }),
  vial({ number: 'M-1', product: 'Methadone', productId: 'methadone', schedule: 'II', lot: 'ZZ7' }),
];
const numbers = (filter: Partial<VialFilter>) =>
  filterVials(all, { shown: 'open', text: '', product: null, ...filter }, TODAY).map((c) => c.number);

test('open containers, in the order of their numbers', () => {
  expect(numbers({})).toEqual(['K-9', 'K-10', 'M-1']);
});

test('what expires within thirty days, without what is closed', () => {
  expect(numbers({ shown: 'expiring' })).toEqual(['K-9']);
});

test('closed ones, all, one product', () => {
  expect(numbers({ shown: 'closed' })).toEqual(['K-1']);
  expect(numbers({ shown: 'all' })).toHaveLength(4);
  expect(numbers({ product: 'methadone' })).toEqual(['M-1']);
});

test('every word has to fit, in number, drug, lot or schedule', () => {
  expect(numbers({ text: 'zz7 meth' })).toEqual(['M-1']);
  expect(numbers({ text: 'C-II ' })).toEqual(['K-9', 'K-10', 'M-1']);
  expect(numbers({ text: 'ketamine zz7' })).toEqual([]);
});
