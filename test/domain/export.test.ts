import { describe, expect, test } from 'vitest';
import { type Body, parseEntry } from '../../shared/domain/entries.ts';
import { AUDITOR, started } from './helpers.ts';

type Range = { from: number; to: number; size: number };
const bodyOf = (range: Range): Body<'exported'> => ({ ...range, root: 'a'.repeat(64), disclosed: false });

function afterExports(...ranges: readonly Range[]) {
  const bench = started();
  for (const range of ranges) bench.act(AUDITOR, 'exported', bodyOf(range));
  return bench.state.lastExport?.seq;
}

describe('what is kept outside of the browser', () => {
  test('is what an export from the first record on holds', () => {
    expect(afterExports()).toBeUndefined();
    expect(afterExports({ from: 0, to: 4, size: 4 })).toBe(3);
    expect(afterExports({ from: 0, to: 2, size: 4 })).toBe(1);
  });
  test('does not grow by a part from the middle', () => {
    expect(afterExports({ from: 1, to: 4, size: 4 })).toBeUndefined();
    expect(afterExports({ from: 0, to: 2, size: 4 }, { from: 2, to: 5, size: 5 })).toBe(1);
  });
  test('does not shrink by a shorter export later', () => {
    expect(afterExports({ from: 0, to: 4, size: 4 }, { from: 0, to: 2, size: 5 })).toBe(3);
  });
});

test.each([
  [{ from: 0, to: 4, size: 4 }, true],
  [{ from: 3, to: 4, size: 4 }, true],
  [{ from: 4, to: 4, size: 4 }, false],
  [{ from: 0, to: 5, size: 4 }, false],
  [{ from: -1, to: 4, size: 4 }, false],
  [{ from: 0, size: 4 }, false],
  [{ to: 4, size: 4 }, false],
])('an export of %j is understood: %s', (range, ok) => {
  const id = '01900000-0000-7000-8000-000000000001';
  const body = { ...range, root: 'a'.repeat(64), disclosed: false };
  const at = '2026-01-05T16:00:00.000Z';
  expect(parseEntry({ id, type: 'exported', at, after: 'b'.repeat(64), by: id, body }).ok).toBe(ok);
});
