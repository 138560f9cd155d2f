import type { Locator } from '../../../shared/protocol/site.ts';
import { innermost } from '../../sites/beside.ts';
import { type Place, routeOf } from '../../sites/locate.ts';
import { nameOf } from '../../sites/names.ts';
import { cellsOf, TABLES, tableOf } from '../../sites/tables.ts';
import { isControl, oneLine, textOf } from '../../sites/text.ts';
import { classNames, roleScopes } from './around.ts';
import { looksLikeLabel, looksStable } from './stable.ts';

/** Attributes that people give names in, the most deliberate first. */
export const NAMING = [
  'data-testid',
  'data-test-id',
  'data-test',
  'data-qa',
  'data-cy',
  'data-field',
  'data-name',
  'data-label',
  'id',
  'name',
  'itemprop',
] as const;
/** Ways that an element could be found again by, the most deliberate first; none of them is tried out yet. */
export function* candidates(
  element: Element,
  own: string,
  colon: string | null,
  text: string,
  place: Place,
): Generator<Locator> {
  const cut = colon ? { cut: { after: colon } } : {};
  for (const { name, value } of namesOf(element)) yield { by: 'attribute', name, value, ...cut };
  if (isControl(element) || isEditor(element)) {
    const label = nameOf(element);
    if (label.length > 1 && label.length <= 80) yield { by: 'label', texts: [label] };
  }
  if (isEditor(element)) yield { by: 'role', role: 'textbox' };
  yield* wrapped(element, cut);
  yield* paired(element);
  yield* inTable(element);
  const beside = labelBeside(element, own, colon);
  if (beside) yield { by: 'beside', texts: [beside] };
  const level = /^H([1-3])$/.exec(element.tagName)?.[1];
  if (level) yield { by: 'role', role: 'heading', level: Number(level), ...cut };
  for (const name of classNames(element)) yield { by: 'class', name, ...cut };
  yield* fromAddress(text, place);
}

const isEditor = (element: Element): boolean =>
  element.matches('textarea,[contenteditable],[role="textbox"]');

/** Names of the element, or of a wrapper that holds nothing else. */
export function* namesOf(element: Element): Generator<{ name: (typeof NAMING)[number]; value: string }> {
  for (const name of NAMING) {
    for (const holder of holders(element)) {
      const value = holder.getAttribute(name);
      if (value === null) continue;
      if (looksStable(value)) yield { name, value };
      const family = /^([A-Za-z][A-Za-z_-]{3,}[-_:.])[0-9][\w-]*$/.exec(value)?.[1];
      if (family && looksStable(family.slice(0, -1))) yield { name, value: `${family}*` };
    }
  }
}

/** A part of the page that holds nothing else, by what it is called for those who cannot see it. */
function* wrapped(element: Element, cut: Pick<Locator, 'cut'>): Generator<Locator> {
  for (const holder of holders(element)) {
    for (const name of ['title', 'aria-label'] as const) {
      const value = holder.getAttribute(name)?.trim();
      if (value && looksLikeLabel(value)) yield { by: 'attribute', name, value, ...cut };
    }
    for (const { role, name } of roleScopes(holder)) if (name) yield { by: 'role', role, name, ...cut };
  }
}

function holders(element: Element): Element[] {
  const all = [element];
  for (
    let up = element.parentElement;
    up && innermost(up) === element && all.length < 4;
    up = up.parentElement
  )
    all.push(up);
  return all;
}

function* paired(element: Element): Generator<Locator> {
  const value = element.closest('dd,td,[role="cell"],[role="gridcell"],[role="definition"]');
  const label = value?.previousElementSibling;
  if (!value || innermost(value) !== element || !label?.matches('dt,th,[role="rowheader"],[role="term"]'))
    return;
  const text = oneLine(textOf(label)).replace(/[\s:：*]+$/, '');
  if (text.length > 1 && text.length <= 80) yield { by: 'term', texts: [text] };
}

/** The head of its column, with the head of its row where that is a label and not somebody's name. */
function* inTable(element: Element): Generator<Locator> {
  const table = element.closest(TABLES);
  const row = element.closest('tr,[role="row"]');
  if (!table || !row) return;
  const cells = cellsOf(row);
  const at = cells.findIndex((cell) => cell.contains(element));
  const column = [...tableOf(table).heads].find(([, index]) => index === at)?.[0];
  if (column === undefined || column.length > 80) return;
  const first = cells[0] ? oneLine(textOf(cells[0])) : '';
  if (at > 0 && looksLikeLabel(first)) yield { by: 'cell', column, row: first };
  yield { by: 'cell', column };
}

/** The label that stands before a value: in the same text, or beside it, or over it. */
function labelBeside(element: Element, own: string, colon: string | null): string | null {
  if (colon && own.startsWith(colon)) return colon.replace(/[\s:：]+$/, '');
  let at: Element | null = element;
  for (let level = 0; at && level < 4; level += 1) {
    const before: Node | null = previousOf(at);
    if (before) {
      const text = oneLine(before instanceof Element ? textOf(innermost(before)) : (before.nodeValue ?? ''));
      return looksLikeLabel(text) ? text.replace(/[\s:：*]+$/, '') : null;
    }
    at = at.parentElement;
  }
  return null;
}

function previousOf(element: Element): Node | null {
  for (let node = element.previousSibling; node; node = node.previousSibling) {
    if (node instanceof Text && /[^\s:：|·-]/.test(node.data)) return node;
    if (node instanceof Element && oneLine(textOf(node)) !== '') return node;
  }
  return null;
}

function* fromAddress(text: string, place: Place): Generator<Locator> {
  const url = URL.parse(place.address);
  if (!url || text.length < 3 || !/\d/.test(text)) return;
  for (const [name, value] of url.searchParams) if (value === text) yield { by: 'query', name };
  const parts = routeOf(url).split('/');
  const at = parts.indexOf(text);
  if (at < 0 || parts.some((part, index) => index !== at && /\d{3}/.test(part))) return;
  yield { by: 'path', path: parts.map((part, index) => (index === at ? '*' : part)).join('/') };
}
