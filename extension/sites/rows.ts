import type { ListedDrug } from '../../shared/protocol/overlay.ts';
import { AT_MOST_LISTED, FIELD_LIMITS, plainLine } from '../../shared/protocol/page-text.ts';
import type { Column, RowsDefinition } from '../../shared/protocol/site.ts';
import { partsOf } from './beside.ts';
import { named } from './locate.ts';
import { nameOf } from './names.ts';
import { cellsOf, MOST_ROWS, TABLES, tableOf } from './tables.ts';
import { isControl, labelText, oneLine, textOf } from './text.ts';

/** Lists with one treatment a row: what a row is, and where in it the drug and the rest stand. */

export type RowField = keyof RowsDefinition['columns'];
/** A row as plain lines; what a row does not say is left out. */
export type TreatmentRow = { [K in RowField]?: string } & { index?: number };

export type FoundRow = { element: Element; cells: Element[] };

/** The rows of a container that can be seen by it now; a list that shows a part of its rows has only those. */
export function rowElements(
  rows: RowsDefinition,
  container: Element,
): { heads: Map<string, number>; rows: FoundRow[] } {
  const { row } = rows;
  const table = row.by === 'row' && (container.matches(TABLES) ? container : container.querySelector(TABLES));
  if (table) return tableOf(table);
  const elements =
    row.by === 'row'
      ? container.querySelectorAll('li,[role="listitem"],[role="row"]')
      : row.by === 'children'
        ? container.children
        : named(row, container);
  const found = [...elements].slice(0, MOST_ROWS);
  return { heads: new Map(), rows: found.map((element) => ({ element, cells: cellsIn(element) })) };
}

/** What a row says: its cells where it has cells, its parts where not. */
export function cellsIn(row: Element): Element[] {
  const cells = cellsOf(row);
  return cells.length > 0 ? cells : partsOf(row);
}

/** The cell of a row that one of the columns means; one that is told by its place alone has to look the part. */
export function cellOf(
  columns: readonly Column[] | undefined,
  heads: ReadonlyMap<string, number>,
  row: FoundRow,
  looks?: RegExp,
): Element | null {
  for (const column of columns ?? []) {
    const cell = cellBy(column, heads, row);
    if (cell && (column.by !== 'place' || looks?.test(cellText(cell)) !== false)) return cell;
  }
  return null;
}

function cellBy(
  column: Column,
  heads: ReadonlyMap<string, number>,
  { element, cells }: FoundRow,
): Element | null {
  switch (column.by) {
    case 'header': {
      const at = column.texts.map((text) => heads.get(labelText(text))).find((found) => found !== undefined);
      return at === undefined ? null : (cells[at] ?? null);
    }
    case 'between': {
      const at = column.after === undefined ? 0 : (heads.get(labelText(column.after)) ?? Number.NaN) + 1;
      const next = column.before === undefined ? cells.length : heads.get(labelText(column.before));
      return next === at + 1 ? (cells[at] ?? null) : null;
    }
    case 'place':
      return (column.of ?? cells.length) === cells.length ? (cells[column.place] ?? null) : null;
    case 'label': {
      const wanted = column.texts.map(labelText);
      const controls = [...element.querySelectorAll('input,select,textarea,[aria-label]')];
      return controls.find((control) => wanted.includes(labelText(nameOf(control)))) ?? null;
    }
    default:
      return named(column, element)[0] ?? null;
  }
}

/** What a cell says: the field in it where it holds one, its text where not. */
export function cellText(cell: Element): string {
  if (isControl(cell)) return textOf(cell);
  const field = cell.querySelector(
    'input:not([type="hidden"],[type="checkbox"],[type="button"]),select,textarea',
  );
  return oneLine(textOf(cell)) === '' && field ? textOf(field) : textOf(cell);
}

const LIMITS: Record<RowField, number> = {
  date: 40,
  patient: FIELD_LIMITS.patient,
  recordNumber: FIELD_LIMITS.recordNumber,
  drug: FIELD_LIMITS.drug,
  quantity: FIELD_LIMITS.dose,
  unit: 20,
  by: 120,
};
const ROW_FIELDS = Object.keys(LIMITS) as RowField[];

/** How what is asked for looks at the least. */
const LOOKS: { [K in RowField]?: RegExp } = { date: /\d/, drug: /\p{L}{3}/u, quantity: /\d/ };

/** The rows of a list as plain lines, those without a drug left out. */
export function readRows(rows: RowsDefinition, container: Element): TreatmentRow[] {
  const found = rowElements(rows, container);
  return found.rows.flatMap((row) => {
    const said: TreatmentRow = {};
    for (const field of ROW_FIELDS) {
      const cell = cellOf(rows.columns[field], found.heads, row, LOOKS[field]);
      const line = cell ? plainLine(cellText(cell), LIMITS[field]) : undefined;
      if (line !== undefined) said[field] = line;
    }
    const index = Number(row.element.ariaRowIndex);
    if (index > 0) said.index = index;
    return said.drug === undefined ? [] : [said];
  });
}

/** What a list says was given to a patient. A row that names another, or one where the page names none, is nobody's. */
export function listedDrugs(
  rows: RowsDefinition,
  container: Element | undefined,
  of: string | undefined,
): ListedDrug[] {
  const read = container ? readRows(rows, container) : [];
  return read.slice(0, AT_MOST_LISTED).flatMap(({ drug, quantity, unit, patient = of }) => {
    const dose = plainLine([quantity, unit].filter(Boolean).join(' '), FIELD_LIMITS.dose);
    return drug === undefined || patient !== of ? [] : { drug, ...(dose === undefined ? {} : { dose }) };
  });
}
