import { expect, test } from 'vitest';
import { agoText, cleanLine, dayText, localDay, shortHash } from '../../shared/ui/format.ts';

test('a hash is shown as sixteen digits in fours', () => {
  expect(shortHash('0123456789abcdef0123'.padEnd(64, '0'))).toBe('0123 4567 89ab cdef');
});

test('a calendar day stays the same day in every time zone', () => {
  expect(dayText('2028-02-29')).toBe('Feb 29, 2028');
  expect(localDay(new Date(2026, 0, 5, 23, 59).getTime())).toBe('2026-01-05');
});

test.each([
  [0, 'just now'],
  [59, '59 min ago'],
  [60, '1 h ago'],
  [47 * 60 + 59, '47 h ago'],
  [48 * 60, '2 days ago'],
])('%d minutes ago', (minutes, words) => {
  const now = Date.parse('2026-11-21T12:00:00.000Z');
  expect(agoText(new Date(now - minutes * 60_000).toISOString(), now)).toBe(words);
});

test('what goes into an entry has no control characters, no hidden direction and no spare spaces', () => {
  expect(cleanLine('  a\tb\u202ec   d \n')).toBe('a b c d');
});
