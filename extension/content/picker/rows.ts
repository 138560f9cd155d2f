import type { Column, RowsDefinition, Scope } from '../../../shared/protocol/site.ts';
import { innermost } from '../../sites/beside.ts';
import { attributeSelector } from '../../sites/locate.ts';
import { nameOf } from '../../sites/names.ts';
import { attempt, one } from '../../sites/reach.ts';
import { cellOf, cellText, rowElements } from '../../sites/rows.ts';
import { TABLES, tableOf } from '../../sites/tables.ts';
import { isControl, oneLine, textOf } from '../../sites/text.ts';
import { around, classNames, LISTS, roleScopes } from './around.ts';
import { namesOf } from './candidates.ts';
import { type Ground, mentions } from './derive.ts';
import { looksLikeLabel, looksStable } from './stable.ts';
import { waysOf } from './ways.ts';

/** A list with one treatment a row, as one cell of it was pointed at. */
export type DerivedRows = {
  element: Element;
  /** What the cell that was pointed at says, and how many rows the list has. */
  text: string;
  count: number;
  rows: Omit<RowsDefinition, 'columns'>;
  columns: [Column, ...Column[]];
};

/** The list that an element is a cell of; `null` where it stands in none that could be found again. */
export function deriveRows(pointed: Element, ground: Ground): DerivedRows | null {
  const element = innermost(pointed);
  for (const { container, row, shape } of lists(element)) {
    const derived = derivedIn(container, row, shape, element, ground);
    if (derived) return derived;
  }
  return null;
}

type List = { container: Element; row: Element; shape: RowsDefinition['row'] };

/** Lists around an element, the nearest first: tables with heads, then neighbours that are made alike. */
function* lists(element: Element): Generator<List> {
  for (let row: Element | null = element; row?.parentElement; row = row.parentElement) {
    if (row.matches('tr,[role="row"]')) {
      const table = row.closest(TABLES);
      if (table && tableOf(table).heads.size > 0) yield { container: table, row, shape: { by: 'row' } };
      if (table) continue;
    }
    const container: Element = row.parentElement;
    if (!isRow(row, container)) continue;
    for (const shape of shapes(row, container)) yield { container, row, shape };
  }
}

/** A list item, or an element with neighbours of its kind: the same tag with as many parts in it. */
function isRow(row: Element, container: Element): boolean {
  if (row.matches('li,[role="listitem"],[role="row"]')) return true;
  const parts = row.querySelectorAll('*').length;
  if (parts < 2 || container.matches('tr,[role="row"],dl')) return false;
  return [...container.children].some(
    (other) =>
      other !== row &&
      other.tagName === row.tagName &&
      Math.abs(other.querySelectorAll('*').length - parts) <= 2,
  );
}

/** Parts of a row that are not labels of others. */
const values = (cells: readonly Element[]): number =>
  cells.filter((cell) => isControl(cell) || !looksLikeLabel(oneLine(textOf(cell)))).length;

function* shapes(row: Element, container: Element): Generator<RowsDefinition['row']> {
  for (const { name, value } of namesOf(row))
    if (looksStable(value) && container.querySelectorAll(attributeSelector(name, value)).length > 1)
      yield { by: 'attribute', name, value };
  if (row.matches('li,[role="listitem"],[role="row"]')) yield { by: 'row' };
  yield { by: 'children' };
}

function derivedIn(
  container: Element,
  row: Element,
  shape: RowsDefinition['row'],
  element: Element,
  ground: Ground,
): DerivedRows | null {
  const found = containerLocators(container, ground);
  if (!found) return null;
  const rows = { container: found, row: shape };
  const list = rowElements({ ...rows, columns: {} }, container);
  const own = list.rows.find((one) => one.element === row);
  if (!own) return null;
  const fits = (column: Column) => {
    const cell = cellOf([column], list.heads, own);
    return cell !== null && (innermost(cell) === element || cell.contains(element));
  };
  const columns = columnsOf(element, own.cells, list.heads, ground).filter(fits).slice(0, 3);
  const [first, ...more] = columns;
  if (!first) return null;
  const cell = cellOf([first], list.heads, own) ?? element;
  const filled = list.rows.filter((one) => {
    const other = cellOf([first], list.heads, one);
    return other && oneLine(cellText(other)) !== '';
  });
  // Neighbours made alike are a list only where they say the same kind of thing; a form's fields are none.
  const table = container.matches(TABLES);
  if (!table && (filled.length < Math.min(list.rows.length, 2) || values(own.cells) < 2)) return null;
  return {
    element: row,
    text: oneLine(cellText(cell)),
    count: filled.length,
    rows,
    columns: [first, ...more],
  };
}

/** Ways back to the list itself. What it says changes with every patient, so only names and places with names count. */
function containerLocators(container: Element, ground: Ground): RowsDefinition['container'] | null {
  const where = around(container, ground);
  if (!where) return null;
  const own: Named[] = [
    ...[...namesOf(container)].map(({ name, value }) => ({ by: 'attribute' as const, name, value })),
    ...roleScopes(container).filter(({ name, role }) => name !== undefined || LISTS.includes(role)),
    ...classNames(container).map((name) => ({ by: 'class' as const, name })),
  ];
  const [first, ...more] = waysOf(own, where, {
    fits: (locator) => {
      const hit = attempt(() => one(locator, ground.page, ground.place.address));
      return typeof hit === 'object' && hit.element === container;
    },
    durable: (part) => !mentions(part, ground.said),
  });
  return first ? [first, ...more] : null;
}

type Named = Extract<Scope, { by: 'attribute' | 'role' | 'class' }>;

function columnsOf(
  element: Element,
  cells: readonly Element[],
  heads: ReadonlyMap<string, number>,
  { said }: Ground,
): Column[] {
  const at = cells.findIndex((cell) => cell === element || cell.contains(element));
  const head = [...heads].find(([, index]) => index === at)?.[0];
  const columns: Column[] = head ? [{ by: 'header', texts: [head] }] : [];
  for (const { name, value } of namesOf(element)) columns.push({ by: 'attribute', name, value });
  const label = isControl(element) ? nameOf(element) : '';
  if (label.length > 1 && label.length <= 80) columns.push({ by: 'label', texts: [label] });
  for (const name of classNames(element)) columns.push({ by: 'class', name });
  if (head) columns.push(...betweenHeads(heads, at, cells.length));
  if (at >= 0 && at <= 30) columns.push({ by: 'place', place: at, ...(head ? { of: cells.length } : {}) });
  const kinds = new Set<string>();
  return columns.filter((column) => {
    if (kinds.has(column.by) || mentions(column, said)) return false;
    kinds.add(column.by);
    return true;
  });
}

/** By the heads beside it: it stays the column between them when its own is called something else. */
function betweenHeads(heads: ReadonlyMap<string, number>, at: number, of: number): Column[] {
  const headAt = (place: number) => [...heads].find(([, index]) => index === place)?.[0];
  const [after, before] = [headAt(at - 1), headAt(at + 1)];
  if (of < 2 || (at > 0 && after === undefined) || (at < of - 1 && before === undefined)) return [];
  return [
    {
      by: 'between',
      ...(after === undefined ? {} : { after }),
      ...(before === undefined ? {} : { before }),
    },
  ];
}
