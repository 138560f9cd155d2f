import type { FramePattern, Locator, Locators } from '../../../shared/protocol/site.ts';
import { innermost } from '../../sites/beside.ts';
import type { Place } from '../../sites/locate.ts';
import { attempt, one } from '../../sites/reach.ts';
import { isControl, labelText, oneLine, textOf } from '../../sites/text.ts';
import { around } from './around.ts';
import { candidates } from './candidates.ts';
import { looksLikeLabel, looksStable, pathFor } from './stable.ts';
import { waysOf } from './ways.ts';

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
  const bases = [...candidates(element, own, colon, text, ground.place)];
  const durable = (part: object) => !mentions(part, said);
  const [first, ...more] = waysOf(bases, where, { fits, durable });
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

/** True where a locator holds what was read of this patient: it would lead nowhere for the next one. */
export function mentions(locator: object, said: readonly string[]): boolean {
  const texts = Object.values(locator)
    .flat()
    .flatMap((part: unknown) => (typeof part === 'string' ? [part] : []))
    .map(labelText);
  return said.some((one) => one.length > 2 && texts.some((text) => text.includes(labelText(one))));
}

/** How a frame is known again: by the name it was given, or by its address without what is one patient's. */
export function frameOf(place: Place, said: readonly string[]): FramePattern | null {
  if (looksStable(place.name)) return { name: place.name };
  if (place.address.startsWith('about:')) return null;
  const { origin, pathname } = new URL(place.address);
  return { address: `${origin}${pathFor(pathname, said)}` };
}
