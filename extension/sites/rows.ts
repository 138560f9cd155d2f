import { FIELD_LIMITS, plainLine, type SuggestedField } from '../../shared/protocol/page-text.ts';
import type { Column, RowsDefinition, SiteDefinition } from '../../shared/protocol/site.ts';
import { attributeSelector } from './locate.ts';
import { nameOf } from './names.ts';
import { cellsOf, MOST_ROWS, TABLES, tableOf } from './tables.ts';
import { isControl, labelText, oneLine, textOf } from './text.ts';

/** Lists with one treatment a row: what a row is, and where in it the drug and the rest stand. */

export type RowField = keyof RowsDefinition['columns'];
/** A row as plain lines; what a row does not say is left out. */
export type TreatmentRow = { [K in RowField]?: string };

export type FoundRow = { element: Element; cells: Element[] };

/** The rows of a container that can be seen by it now; a list that shows a part of its rows has only those. */
export function rowElements(
  rows: RowsDefinition,
  container: Element,
): { heads: Map<string, number>; rows: FoundRow[] } {
  const { row } = rows;
  const alone = (elements: Iterable<Element>) =>
    [...elements].slice(0, MOST_ROWS).map((element) => ({ element, cells: cellsIn(element) }));
  switch (row.by) {
    case 'row': {
      const table = container.matches(TABLES) ? container : container.querySelector(TABLES);
      if (table) return tableOf(table);
      return {
        heads: new Map(),
        rows: alone(container.querySelectorAll('li,[role="listitem"],[role="row"]')),
      };
    }
    case 'children':
      return { heads: new Map(), rows: alone(container.children) };
    case 'attribute':
      return {
        heads: new Map(),
        rows: alone(container.querySelectorAll(attributeSelector(row.name, row.value))),
      };
    case 'class':
      return { heads: new Map(), rows: alone(container.querySelectorAll(`.${CSS.escape(row.name)}`)) };
  }
}

/** The parts of a row that say something: cells where it has cells, the innermost elements with a text where not. */
export function cellsIn(row: Element): Element[] {
  const cells = cellsOf(row);
  if (cells.length > 0) return cells;
  const parts = [...row.querySelectorAll('*')].slice(0, 200);
  return parts.filter(
    (part) =>
      isControl(part) ||
      (!part.closest('select') &&
        [...part.childNodes].some((node) => node instanceof Text && node.data.trim() !== '')),
  );
}

/** The cell of a row that one of the columns means. */
export function cellOf(
  columns: readonly Column[] | undefined,
  heads: ReadonlyMap<string, number>,
  row: FoundRow,
): Element | null {
  for (const column of columns ?? []) {
    const cell = cellBy(column, heads, row);
    if (cell) return cell;
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
    case 'place':
      return cells[column.place] ?? null;
    case 'attribute':
      return element.querySelector(attributeSelector(column.name, column.value));
    case 'class':
      return element.querySelector(`.${CSS.escape(column.name)}`);
    case 'label': {
      const wanted = column.texts.map(labelText);
      const controls = [...element.querySelectorAll('input,select,textarea,[aria-label]')];
      return controls.find((control) => wanted.includes(labelText(nameOf(control)))) ?? null;
    }
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

/** The rows of a list as plain lines, those without a drug left out. */
export function readRows(rows: RowsDefinition, container: Element): TreatmentRow[] {
  const found = rowElements(rows, container);
  return found.rows.flatMap((row) => {
    const said: TreatmentRow = {};
    for (const field of ROW_FIELDS) {
      const cell = cellOf(rows.columns[field], found.heads, row);
      const line = cell ? plainLine(cellText(cell), LIMITS[field]) : undefined;
      if (line !== undefined) said[field] = line;
    }
    return said.drug === undefined ? [] : [said];
  });
}

/** Drug and dose of the first treatment of the list, where the site does not say of them by themselves where they are. */
export function firstTreatment(
  rows: RowsDefinition,
  container: Element | undefined,
  fields: SiteDefinition['fields'],
): Partial<Record<SuggestedField, string>> {
  if (!container || fields.drug) return {};
  const [first] = readRows(rows, container);
  if (!first?.drug) return {};
  const dose = plainLine([first.quantity, first.unit].filter(Boolean).join(' '), FIELD_LIMITS.dose);
  return { drug: first.drug, ...(dose === undefined ? {} : { dose }) };
}
