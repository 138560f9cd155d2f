import { labelText, oneLine, textOf } from './text.ts';

/** Tables as people see them, whether made of `<table>` or of elements with ARIA roles. */

export const TABLES = 'table,[role="table"],[role="grid"],[role="treegrid"]';
const ROWS = 'tr,[role="row"]';
const CELLS = 'td,th,[role="cell"],[role="gridcell"],[role="rowheader"],[role="columnheader"]';

/** Rows read of one table at most: a day's treatments are tens, and a page of thousands must not be walked whole. */
export const MOST_ROWS = 500;

export type Row = { element: Element; cells: Element[] };
export type Table = { heads: Map<string, number>; rows: Row[] };

const own = (table: Element, element: Element) => element.parentElement?.closest(TABLES) === table;
const isHead = (cell: Element) => cell.matches('th:not([scope="row"]),[role="columnheader"]');

/** The column that a cell stands in, counted from 0, with the columns before it that it spans. */
function spread(cells: readonly Element[]): Element[] {
  const columns: Element[] = [];
  for (const cell of cells) {
    const index = Number(cell.getAttribute('aria-colindex'));
    const span = Math.min(Math.max(Number(cell.getAttribute('colspan') ?? 1), 1), 50);
    const at = index >= 1 && index <= 200 ? index - 1 : columns.length;
    for (let column = at; column < at + span; column += 1) columns[column] = cell;
  }
  return columns;
}

/** The cells of a row, by column. */
export const cellsOf = (row: Element): Element[] =>
  spread([...row.querySelectorAll(CELLS)].filter((cell) => cell.closest(ROWS) === row));

/** Reads a table: its heads by their text, and the rows under them. Without a row of heads there are none. */
export function tableOf(table: Element, most = MOST_ROWS): Table {
  const heads = new Map<string, number>();
  const rows: Row[] = [];
  for (const element of table.querySelectorAll(ROWS)) {
    if (!own(table, element)) continue;
    const cells = cellsOf(element);
    if (cells.length > 1 && cells.every((cell) => isHead(cell) || oneLine(textOf(cell)) === '')) {
      cells.forEach((cell, column) => {
        const name = labelText(textOf(cell));
        if (name !== '' && !heads.has(name)) heads.set(name, column);
      });
    } else if (cells.length > 0) rows.push({ element, cells });
    if (rows.length >= most) break;
  }
  return { heads, rows };
}
