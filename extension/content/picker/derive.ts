import type { FramePattern, Locator, Locators } from '../../../shared/protocol/site.ts';
import { innermost } from '../../sites/beside.ts';
import { type Place, routeOf } from '../../sites/locate.ts';
import { nameOf } from '../../sites/names.ts';
import { attempt, one } from '../../sites/reach.ts';
import { cellsOf, TABLES, tableOf } from '../../sites/tables.ts';
import { isControl, labelText, oneLine, textOf } from '../../sites/text.ts';
import { type Around, around, classNames, roleScopes } from './around.ts';
import { looksLikeLabel, looksStable, pathFor } from './stable.ts';

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
/** One of each kind: three that hang on the same thing would fall together. */
const AT_MOST = 3;

export type Derived = { element: Element; text: string; locators: Locators };
/** Where a document stands, and what was read on it so far: texts that are one patient's and no other's. */
export type Ground = { page: Document; place: Place; said: readonly string[] };

/**
 * Durable ways back to an element, each tried out right now and found to lead to the very same one and no other.
 * `null` where there is none: an element that can only be told by where it stands is better not taken.
 */
export function derive(pointed: Element, ground: Ground, wanted: 'value' | 'editor'): Derived | null {
  const element = wanted === 'editor' ? editorOf(pointed) : fieldOf(pointed);
  if (!element) return null;
  const where = around(element, ground);
  if (!where) return null;
  const own = oneLine(textOf(element));
  const colon = ownLabel(element, own);
  const text = colon ? oneLine(own.slice(colon.length)) : own;
  const said = [...ground.said, text].filter((one) => one.length > 1);
  const fits = (locator: Locator) => leadsTo(locator, element, wanted === 'editor' ? null : text, ground);
  const found: Locator[] = [];
  for (const base of candidates(element, own, colon, text, ground.place)) {
    if (found.length >= AT_MOST) break;
    if (found.some(({ by }) => by === base.by) || mentions(base, said)) continue;
    const locator = narrowed(base, where, said, fits);
    if (locator) found.push(locator);
  }
  const [first, ...more] = found;
  return first ? { element, text, locators: [first, ...more] } : null;
}

/** The field itself, where a wrapper or a label of it was pointed at. */
const fieldOf = (pointed: Element): Element => {
  const label = pointed.closest('label');
  if (label instanceof HTMLLabelElement && label.control && !oneLine(textOf(pointed))) return label.control;
  return innermost(pointed);
};

function editorOf(pointed: Element): Element | null {
  const holds =
    'textarea,input:not([type="hidden"]),[contenteditable]:not([contenteditable="false"]),[role="textbox"]';
  return (
    pointed.closest(holds) ??
    (pointed.querySelectorAll(holds).length === 1 ? pointed.querySelector(holds) : null)
  );
}

/** `Weight: ` of an element that says `Weight: 28.4 kg` all by itself. */
function ownLabel(element: Element, text: string): string | null {
  if (isControl(element)) return null;
  const label = /^([^:：]{2,40}[:：])\s*\S/.exec(text)?.[1];
  return label && looksLikeLabel(label) ? label : null;
}

/** True where a locator, here and now, means this element and no other, and reads this text. */
export function leadsTo(
  locator: Locator,
  element: Element,
  text: string | null,
  { page, place }: Ground,
): boolean {
  const hit = attempt(() => one(locator, page, place.address));
  if (typeof hit !== 'object') return false;
  if (locator.by === 'path' || locator.by === 'query') return oneLine(hit.text) === text;
  if (innermost(hit.element) !== innermost(element)) return false;
  return text === null || oneLine(hit.text) === text;
}

/** The locator as it is where it is alone on the page; else within the nearest named part where it is. */
function narrowed(
  base: Locator,
  where: Around,
  said: readonly string[],
  fits: (locator: Locator) => boolean,
): Locator | null {
  const placed: Locator = {
    ...base,
    ...(where.frame ? { frame: where.frame } : {}),
    ...(where.hosts && base.by !== 'path' && base.by !== 'query' ? { hosts: where.hosts } : {}),
  };
  if (fits(placed)) return placed;
  if (placed.by === 'path' || placed.by === 'query') return null;
  for (const within of where.scopes) {
    if (mentions(within, said)) continue;
    const inside: Locator = { ...placed, within };
    if (fits(inside)) return inside;
  }
  return null;
}

/** True where a locator holds what was read of this patient: it would lead nowhere for the next one. */
export function mentions(locator: object, said: readonly string[]): boolean {
  const texts = Object.values(locator)
    .flat()
    .flatMap((part: unknown) => (typeof part === 'string' ? [part] : []))
    .map(labelText);
  return said.some((one) => one.length > 2 && texts.some((text) => text.includes(labelText(one))));
}

function* candidates(
  element: Element,
  own: string,
  colon: string | null,
  text: string,
  place: Place,
): Generator<Locator> {
  const cut = colon ? { cut: { after: colon } } : {};
  for (const { name, value } of namesOf(element)) yield { by: 'attribute', name, value, ...cut };
  if (isControl(element) || element.matches('[contenteditable],[role="textbox"]')) {
    const label = nameOf(element);
    if (label.length > 1 && label.length <= 80) yield { by: 'label', texts: [label] };
  }
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

/** How a frame is known again: by the name it was given, or by its address without what is one patient's. */
export function frameOf(place: Place, said: readonly string[]): FramePattern | null {
  if (looksStable(place.name)) return { name: place.name };
  if (place.address.startsWith('about:')) return null;
  const { origin, pathname } = new URL(place.address);
  return { address: `${origin}${pathFor(pathname, said)}` };
}
