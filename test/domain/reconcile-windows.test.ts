import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Treatments } from '../../shared/domain/reconcile/types.ts';
import { joinWindows } from '../../shared/domain/reconcile/windows.ts';

const OF = 40;
/** What is in the page while rows `from` to `to` are in sight; each fifth row names no drug. */
const windowOf = (from: number, to: number, day = 'today', of = OF): Treatments => {
  const indexes = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const rows = indexes.filter((index) => index % 5 !== 0);
  return {
    rows: rows.map((index) => ({ drug: `Drug ${index}`, date: day, index })),
    more: true,
    drawn: { of, indexes },
  };
};

describe('a list that draws only the rows in sight', () => {
  it('is whole once all of it was read, whatever the steps it was scrolled in', () => {
    const step = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 40, maxLength: 60 }), (steps) => {
        let at = 1;
        let read: Treatments | null = null;
        for (const by of [0, ...steps]) {
          at = Math.min(at + by, OF - 12);
          read = joinWindows(read, windowOf(at, at + 12));
        }
        expect(read?.more).toBe(false);
        expect(read?.rows.map(({ index }) => index)).toEqual(windowOf(1, OF).rows.map(({ index }) => index));
      }),
    );
  });

  it('stands alone where nothing of what was read before is still there', () => {
    const next = windowOf(14, 26);
    expect(joinWindows(windowOf(1, 12), next)).toEqual(next);
    expect(joinWindows(null, next)).toEqual(next);
  });

  it('is another list where the same row says something else, or it has another length', () => {
    for (const next of [windowOf(10, 22, 'yesterday'), windowOf(10, 22, 'today', 41)])
      expect(joinWindows(windowOf(1, 12), next)).toEqual(next);
    const plain = { rows: [{ drug: 'Ketamine' }], more: false };
    expect(joinWindows(windowOf(1, 12), plain)).toEqual(plain);
  });
});
