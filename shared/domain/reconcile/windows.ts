import type { TreatmentRow, Treatments } from './types.ts';

/**
 * One list of what was read of it window by window: a list that draws only the rows in sight is scrolled and read again.
 * What was read `before` counts as the same list when both have rows in common and those say the same; else `now` stands
 * alone.
 */
export function joinWindows(before: Treatments | null, now: Treatments): Treatments {
  if (!before?.drawn || !now.drawn || before.drawn.of !== now.drawn.of) return now;
  const known = byIndex(before.rows);
  const fresh = byIndex(now.rows);
  const common = now.drawn.indexes.filter((index) => before.drawn?.indexes.includes(index));
  const same = common.every((index) => JSON.stringify(known.get(index)) === JSON.stringify(fresh.get(index)));
  if (common.length === 0 || !same) return now;
  const indexes = [...new Set([...before.drawn.indexes, ...now.drawn.indexes])].sort((a, b) => a - b);
  const all = new Map([...known, ...fresh]);
  const rows = indexes.flatMap((index) => all.get(index) ?? []);
  return { rows, more: indexes.length < now.drawn.of, drawn: { of: now.drawn.of, indexes } };
}

const byIndex = (rows: readonly TreatmentRow[]): Map<number, TreatmentRow> =>
  new Map(rows.flatMap((row) => (row.index === undefined ? [] : [[row.index, row]])));
