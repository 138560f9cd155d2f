import type { Locator, Locators } from '../../shared/protocol/site.ts';
import { find, type Hit, looksHere, type Place, seen } from './locate.ts';
import { oneLine } from './text.ts';

/** What a field came to: the element with its text, and which of its locators found it; or why none did. */
export type Reached = { hit: Hit; used: 0 | 1 | 2 } | { hit: null; why: 'none' | 'many' };

/** Which of several hits count. */
export type Keep = (hits: readonly Hit[]) => readonly Hit[];
const all: Keep = (hits) => hits;

const hitsBy = (locator: Locator, page: Document, address?: string): Hit[] =>
  seen(attempt(() => find(locator, page, address)) ?? [], ({ element }) => element);

/** All that is seen where each of the locators leads, those left out that look into other frames. */
export const hitsOf = (locators: readonly Locator[], page: Document, place: Place): Hit[][] =>
  locators
    .filter((locator) => looksHere(locator, place))
    .map((locator) => hitsBy(locator, page, place.address));

/**
 * The one element that a locator means: what is seen, when it is one, or when all that is seen says the same.
 * Several that differ are nobody's, since the wrong patient is worse than none.
 */
export function one(locator: Locator, page: Document, address?: string, keep = all): Hit | 'none' | 'many' {
  const found = hitsBy(locator, page, address);
  const hits = keep(found);
  const [first] = hits;
  if (!first) return found.length > 0 ? 'many' : 'none';
  return new Set(hits.map((hit) => oneLine(hit.text))).size > 1 ? 'many' : first;
}

/** Tries the locators of a field, the main one first. `undefined` where all of them look into other frames. */
export function reach(locators: Locators, page: Document, place: Place, keep?: Keep): Reached | undefined {
  let why: 'none' | 'many' | undefined;
  for (const [index, locator] of locators.entries()) {
    if (!looksHere(locator, place)) continue;
    const found = one(locator, page, place.address, keep);
    if (typeof found === 'object') return { hit: found, used: index === 0 ? 0 : index === 1 ? 1 : 2 };
    why = why === 'many' ? why : found;
  }
  return why && { hit: null, why };
}

/** A page may break whatever is asked of it; it is then one where nothing is found. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
