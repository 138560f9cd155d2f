import { plainLine } from '../../../shared/protocol/page-text.ts';
import type { Pick, Step } from '../../../shared/protocol/picker.ts';
import type { RowsPlace } from '../../../shared/protocol/site.ts';
import type { RowField } from '../../sites/rows.ts';
import { derive, type Ground } from './derive.ts';
import { deriveRows } from './rows.ts';

/** Columns of the list that a step points at. */
export const COLUMN: { [S in Step]?: RowField } = {
  drug: 'drug',
  dose: 'quantity',
  unit: 'unit',
  date: 'date',
  rowPatient: 'patient',
  by: 'by',
};
/** Steps that mean a column and nothing else. */
export const ONLY_COLUMNS: readonly Step[] = ['unit', 'date', 'rowPatient', 'by'];

/** As text, whatever the order of its members: what has come over a message has another one. */
const inOrder = (place: RowsPlace | null): string =>
  JSON.stringify(place, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort())
      : value,
  );

/** What pointing at an element would take; `null` where nothing durable leads back to it, or nothing is said there. */
export function pickAt(element: Element, step: Step, list: RowsPlace | null, ground: Ground): Pick | null {
  const field = COLUMN[step];
  if (field && (step === 'drug' || list)) {
    const derived = deriveRows(element, ground);
    const text = derived && plainLine(derived.text, 200);
    const same = derived && (step === 'drug' || inOrder(derived.rows) === inOrder(list));
    if (derived && text && same)
      return { as: 'column', step, text, count: derived.count, place: derived.rows, column: derived.columns };
  }
  if (ONLY_COLUMNS.includes(step)) return null;
  const derived = derive(element, ground, step === 'note' ? 'editor' : 'value');
  const text = plainLine(derived?.text ?? '', 200) ?? '';
  return derived && (text !== '' || step === 'note')
    ? { as: 'field', step, text, locators: derived.locators }
    : null;
}

/** How many ways lead back to what was taken, the main one with its fallbacks. */
export const waysTo = (pick: Pick): number =>
  pick.as === 'field' ? pick.locators.length : pick.column.length;
/** Fewer than these, and a change of the page may take it away. */
export const ENOUGH_WAYS = 3;
