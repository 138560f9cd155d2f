import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveBy, scrollToShow, windowOf } from '../../../pwa/screens/ledger/window.ts';

const views = fc.record({
  scrollTop: fc.integer({ min: -500, max: 5_000_000 }),
  height: fc.integer({ min: 1, max: 2000 }),
  rowHeight: fc.integer({ min: 20, max: 200 }),
  count: fc.nat(100_000),
});

describe('the rows that are rendered', () => {
  it('hold every row in view, and never more than a screenful and its margin', () => {
    fc.assert(
      fc.property(views, (view) => {
        const { first, end } = windowOf(view);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(view.count);
        expect(end - first).toBeLessThanOrEqual(Math.ceil(view.height / view.rowHeight) + 18);
        for (let row = 0; row < view.count; row += Math.max(1, Math.floor(view.count / 50))) {
          const top = row * view.rowHeight - Math.max(0, view.scrollTop);
          if (top + view.rowHeight > 0 && top < view.height) {
            expect(row).toBeGreaterThanOrEqual(first);
            expect(row).toBeLessThan(end);
          }
        }
      }),
    );
  });
});

describe('keys', () => {
  const view = { scrollTop: 0, height: 440, rowHeight: 44, count: 100 };

  it('move by a row, a page, to either end, and no further', () => {
    expect(moveBy('ArrowDown', 5, view)).toBe(6);
    expect(moveBy('ArrowUp', 0, view)).toBe(0);
    expect(moveBy('PageDown', 5, view)).toBe(14);
    expect(moveBy('End', 5, view)).toBe(99);
    expect(moveBy('Home', 5, view)).toBe(0);
    expect(moveBy('x', 5, view)).toBeUndefined();
    expect(moveBy('End', 0, { ...view, count: 0 })).toBeUndefined();
  });

  it('bring the row wholly into view and no further', () => {
    expect(scrollToShow(view, 3)).toBe(0);
    expect(scrollToShow(view, 10)).toBe(44);
    expect(scrollToShow({ ...view, scrollTop: 1000 }, 2)).toBe(88);
  });
});
