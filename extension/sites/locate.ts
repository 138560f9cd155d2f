import type { Locator, Scope } from '../../shared/protocol/site.ts';
import { besides } from './beside.ts';
import { headingLevel, nameOf, roleSelector } from './names.ts';
import { TABLES, tableOf } from './tables.ts';
import { globFits, labelText, oneLine, textOf } from './text.ts';

/** What a locator found: the element, and the text that is meant where that is not all of the element's. */
export type Hit = { element: Element; text: string };

/** Fields of a form looked at for their labels; elements looked at for their names. More is not a form. */
const MOST = 2000;

/** Where a document stands: its address, the name its frame was given, and whether it is the page itself. */
export type Place = { top: boolean; address: string; name: string };

export const placeOf = (view: Window): Place => ({
  top: view === view.top,
  address: view.location.href,
  name: view.name,
});

/** True where a locator looks into this document at all. */
export function looksHere(locator: Locator, place: Place): boolean {
  const { frame } = locator;
  if (!frame) return place.top;
  if (place.top) return false;
  return (
    (frame.name === undefined || frame.name === place.name) &&
    (frame.address === undefined || globFits(frame.address, place.address.replace(/[?#].*$/, '')))
  );
}

/** What is meant with an attribute: all of its value, or the start and end of it. */
export function attributeSelector(name: string, value: string): string {
  const quoted = (text: string) => `"${CSS.escape(text)}"`;
  const [start = '', end] = value.split('*');
  if (end === undefined) return `[${name}=${quoted(start)}]`;
  return `${start ? `[${name}^=${quoted(start)}]` : ''}${end ? `[${name}$=${quoted(end)}]` : ''}`;
}

/** Everything that a locator finds, seen or not, in the order of the page. */
export function find(locator: Locator, page: Document, address = page.location?.href ?? ''): Hit[] {
  if (locator.by === 'query' || locator.by === 'path') {
    const text = fromAddress(locator, address);
    return text === '' ? [] : cutHits([{ element: page.documentElement, text }], locator.cut);
  }
  return cutHits(
    rootsOf(locator, page).flatMap((root) => within(locator, root)),
    locator.cut,
  );
}

function fromAddress(locator: Extract<Locator, { by: 'query' | 'path' }>, address: string): string {
  const url = URL.parse(address);
  if (!url) return '';
  if (locator.by === 'query') return url.searchParams.get(locator.name) ?? '';
  const [start = '', end = ''] = locator.path.split('*');
  const path = routeOf(url);
  if (!globFits(locator.path, path)) return '';
  return decoded(path.slice(start.length, path.length - end.length));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The part of an address that a page's route is in: the path, and the hash where that is used as one. */
export const routeOf = (url: URL): string => url.pathname + (/^#!?\//.test(url.hash) ? url.hash : '');

function cutHits(hits: readonly Hit[], cut: Locator['cut']): Hit[] {
  if (!cut) return [...hits];
  const { after: start = '', before: end } = cut;
  return hits.flatMap((hit) => {
    const text = oneLine(hit.text);
    if (!text.includes(start)) return [];
    const rest = text.slice(text.indexOf(start) + start.length);
    const to = end === undefined ? -1 : rest.indexOf(end);
    return { element: hit.element, text: to < 0 ? rest : rest.slice(0, to) };
  });
}

/** What is searched: a named part in the shadow roots, or where there is none, the shadow roots in a named part. */
function rootsOf(
  { within: part, hosts }: { within?: Scope; hosts?: readonly string[] },
  page: Document,
): ParentNode[] {
  const inside = scopes(part, shadowRoots(page, hosts));
  if (inside.length > 0 || !hosts) return inside;
  return scopes(part, [page]).flatMap((root) => shadowRoots(root, hosts));
}

function shadowRoots(page: ParentNode, hosts: readonly string[] = []): ParentNode[] {
  let roots: ParentNode[] = [page];
  for (const host of hosts)
    roots = roots.flatMap((root) =>
      [...root.querySelectorAll(host)].slice(0, 50).flatMap(({ shadowRoot }) => shadowRoot ?? []),
    );
  return roots;
}

/** The parts of the page that a scope names: only those that are seen, where any is. */
function scopes(scope: Scope | undefined, roots: readonly ParentNode[]): ParentNode[] {
  if (!scope) return [...roots];
  return seen(
    roots.flatMap((root) => (scope.by === 'heading' ? underHeading(scope.text, root) : named(scope, root))),
    (element) => element,
  );
}

type Named = Extract<Scope, { by: 'attribute' | 'role' | 'class' }>;

/** Elements by their name, their role or a class of theirs. */
export function named(by: Named, root: ParentNode): Element[] {
  if (by.by === 'attribute') return [...root.querySelectorAll(attributeSelector(by.name, by.value))];
  if (by.by === 'class') return [...root.querySelectorAll(`.${CSS.escape(by.name)}`)];
  const wanted = by.name === undefined ? undefined : labelText(by.name);
  return [...root.querySelectorAll(roleSelector(by.role))]
    .slice(0, MOST)
    .filter(
      (element) =>
        (by.level === undefined || headingLevel(element) === by.level) &&
        (wanted === undefined || labelText(nameOf(element)) === wanted),
    );
}

/** What stands between a heading and the next of its rank. */
function underHeading(text: string, root: ParentNode): Element[] {
  const wanted = labelText(text);
  const headings = [...root.querySelectorAll(`${roleSelector('heading')},legend,summary`)].slice(0, MOST);
  return headings.filter((heading) => labelText(textOf(heading)) === wanted).flatMap(after);
}

function after(heading: Element): Element[] {
  let start = heading;
  while (!start.nextElementSibling && start.parentElement && start.parentElement !== start.ownerDocument.body)
    start = start.parentElement;
  const level = headingLevel(heading) || 6;
  const parts: Element[] = [];
  for (let part = start.nextElementSibling; part; part = part.nextElementSibling) {
    const first = part.matches(roleSelector('heading')) ? part : part.querySelector(roleSelector('heading'));
    if (first && headingLevel(first) <= level) break;
    parts.push(part);
  }
  return parts;
}

function within(locator: Exclude<Locator, { by: 'query' | 'path' }>, root: ParentNode): Hit[] {
  const whole = (element: Element): Hit => ({ element, text: textOf(element) });
  switch (locator.by) {
    case 'attribute':
    case 'role':
    case 'class':
      return named(locator, root).map(whole);
    case 'label':
      return labelledControls(locator.texts, root).map(whole);
    case 'term':
      return terms(locator.texts, root).map(whole);
    case 'cell':
      return cells(locator, root).map(whole);
    case 'beside':
      return besides(locator.texts, root);
    case 'data':
      return data(locator.type, locator.property, root);
  }
}

const CONTROLS =
  'input,select,textarea,[contenteditable]:not([contenteditable="false"]),[role="textbox"],[role="combobox"]';

function labelledControls(texts: readonly string[], root: ParentNode): Element[] {
  const wanted = texts.map(labelText);
  return [...root.querySelectorAll(CONTROLS)]
    .slice(0, MOST)
    .filter((control) => wanted.includes(labelText(nameOf(control))));
}

/** The description of a term, the cell beside a row's head: the first text of the list that is there decides. */
function terms(texts: readonly string[], root: ParentNode): Element[] {
  const found = new Map<string, Element[]>();
  for (const label of [...root.querySelectorAll('dt,th,[role="rowheader"],[role="term"]')].slice(0, MOST)) {
    const value = label.nextElementSibling;
    if (!value?.matches('dd,td,[role="cell"],[role="gridcell"],[role="definition"]')) continue;
    const text = labelText(textOf(label));
    found.set(text, [...(found.get(text) ?? []), value]);
  }
  const said = texts.map(labelText).find((text) => found.has(text));
  return said === undefined ? [] : (found.get(said) ?? []).slice(0, 20);
}

const tablesIn = (root: ParentNode): Element[] => [
  ...(root instanceof Element && root.matches(TABLES) ? [root] : []),
  ...[...root.querySelectorAll(TABLES)].slice(0, 50),
];

/** The cell under a head in the row of that name; without one, in the first row that has something there. */
function cells({ column, row }: Extract<Locator, { by: 'cell' }>, root: ParentNode): Element[] {
  return tablesIn(root).flatMap((element) => {
    const table = tableOf(element);
    const at = table.heads.get(labelText(column));
    if (at === undefined) return [];
    const wanted = row === undefined ? undefined : labelText(row);
    const hit = table.rows.find(({ cells: found }) =>
      wanted === undefined
        ? found[at] && oneLine(textOf(found[at])) !== ''
        : found[0] && labelText(textOf(found[0])) === wanted,
    )?.cells[at];
    return hit ? [hit] : [];
  });
}

/** What pages say about themselves for machines: schema.org microdata, or JSON-LD. */
function data(type: string, property: string, root: ParentNode): Hit[] {
  const items = [...root.querySelectorAll(`[itemscope][itemtype$="/${CSS.escape(type)}"]`)].slice(0, 20);
  const props = items.flatMap((item) => item.querySelector(`[itemprop="${CSS.escape(property)}"]`) ?? []);
  const micro = props.map((element) => ({
    element,
    text: element.getAttribute('content') ?? textOf(element),
  }));
  return micro.length > 0 ? micro : jsonLd(type, property, root);
}

function jsonLd(type: string, property: string, root: ParentNode): Hit[] {
  for (const element of [...root.querySelectorAll('script[type="application/ld+json"]')].slice(0, 10)) {
    const said = parsed(element.textContent ?? '');
    const text = said?.['@type'] === type ? said[property] : undefined;
    if (typeof text === 'string') return [{ element, text }];
  }
  return [];
}

function parsed(json: string): Record<string, unknown> | null {
  if (json.length > 100_000) return null;
  try {
    const said: unknown = JSON.parse(json);
    return typeof said === 'object' && said !== null ? { ...said } : null;
  } catch {
    return null;
  }
}

/** Those that can be seen. A document that is nowhere shown has no such thing: there all of them count. */
export function seen<T>(found: readonly T[], elementOf: (one: T) => Element): T[] {
  return found.filter((one) => {
    const element = elementOf(one);
    if (!element.ownerDocument.defaultView) return true;
    return (
      element.matches('script,meta,html,input[type="hidden"]') ||
      element.checkVisibility({ visibilityProperty: true })
    );
  });
}
