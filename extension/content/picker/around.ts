import type { FramePattern, Scope } from '../../../shared/protocol/site.ts';
import { headingLevel, nameOf, roleSelector } from '../../sites/names.ts';
import { oneLine, textOf } from '../../sites/text.ts';
import { NAMING } from './candidates.ts';
import { frameOf, type Ground } from './derive.ts';
import { looksChosen, looksStable } from './stable.ts';

/** What stands around an element: its frame, the open shadow roots it is in, the named parts that hold it, nearest first. */
export type Around = { frame: FramePattern | null; hosts: string[] | null; scopes: Scope[] };

/** `null` where a frame or a shadow root on the way has nothing to be known again by. */
export function around(element: Element, { place, said }: Ground): Around | null {
  const frame = place.top ? null : frameOf(place, said);
  if (!place.top && !frame) return null;
  const hosts: string[] = [];
  for (let root = element.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode()) {
    const tag = root.host.tagName.toLowerCase();
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(tag)) return null;
    hosts.unshift(tag);
  }
  if (hosts.length > 4) return null;
  return { frame, hosts: hosts.length > 0 ? hosts : null, scopes: scopesOf(element) };
}

const ROLES = [
  'group',
  'tabpanel',
  'table',
  'grid',
  'list',
  'region',
  'form',
  'dialog',
  'article',
  'complementary',
  'banner',
  'main',
] as const;

/** Lists may be told by their kind alone, where a named part of the page has one. */
export const LISTS: readonly string[] = ['table', 'grid', 'list'];

/** Parts of the page that hold an element and have a name of their own, nearest first. */
export function scopesOf(element: Element): Scope[] {
  const over = headingOver(element);
  const scopes: Scope[] = over ? [{ by: 'heading', text: over }] : [];
  for (let root = parentOf(element); root && scopes.length < 16; root = parentOf(root))
    scopes.push(...namesOfPart(root));
  return scopes;
}

/** What holds an element, out of the open shadow root that it is in. */
function parentOf(element: Element): Element | null {
  const root = element.parentNode;
  return root instanceof ShadowRoot ? root.host : element.parentElement;
}

function* namesOfPart(part: Element): Generator<Scope> {
  for (const name of NAMING) {
    const value = part.getAttribute(name);
    if (value && looksStable(value)) yield { by: 'attribute', name, value };
  }
  yield* roleScopes(part);
  const heading = headingOver(part);
  if (heading) yield { by: 'heading', text: heading };
  for (const name of classNames(part)) yield { by: 'class', name };
}

/** An element by its role: with its name, or alone where that is a landmark of which a page has one. */
export function roleScopes(element: Element): Extract<Scope, { by: 'role' }>[] {
  const role = ROLES.find((one) => element.matches(roleSelector(one)));
  if (!role) return [];
  const name = nameOf(element);
  const named = name.length > 1 && name.length <= 80 ? [{ by: 'role' as const, role, name }] : [];
  return role === 'main' || role === 'banner' || role === 'dialog' || LISTS.includes(role)
    ? [...named, { by: 'role', role }]
    : named;
}

/** The heading that an element stands under among its neighbours. */
export function headingOver(element: Element): string | null {
  for (let before = element.previousElementSibling; before; before = before.previousElementSibling) {
    const heading = before.matches(`${roleSelector('heading')},legend,summary`)
      ? before
      : [...before.querySelectorAll(roleSelector('heading'))].at(-1);
    if (!heading) continue;
    const text = oneLine(textOf(heading));
    return (headingLevel(heading) || 2) > 1 && text.length > 1 && text.length <= 80 ? text : null;
  }
  return null;
}

/** Classes of an element that a person has chosen. */
export const classNames = (element: Element): string[] =>
  [...element.classList].filter(looksChosen).slice(0, 4);
