import { FIELD_LIMITS, plainLine } from '../../shared/protocol/page-text.ts';
import type { Locators } from '../../shared/protocol/site.ts';
import type { Hit, Place } from './locate.ts';
import { hitsOf, type Keep } from './reach.ts';

/** A patient that a page shows beside others, and a part of the page that is that patient's alone. */
export type Panel = { patient: string; part: Element };

/** The patients that a document shows side by side, by the first of the ways to them that leads anywhere; or none. */
export function panelsOf(locators: Locators | undefined, page: Document, place: Place): Panel[] {
  const hits = hitsOf(locators ?? [], page, place).find(([first]) => first) ?? [];
  const names = hits.map(({ text }) => plainLine(text, FIELD_LIMITS.patient) ?? '');
  if (names.every((name) => name === names[0])) return [];
  return hits.map(({ element }, index) => {
    const patient = names[index] ?? '';
    const others = hits.filter((_, other) => names[other] !== patient);
    return { patient, part: partOf(element, others) };
  });
}

/** The largest part around an element in which none of the others stands. */
function partOf(element: Element, others: readonly Hit[]): Element {
  const around = element.parentElement;
  return !around || others.some((other) => around.contains(other.element)) ? element : partOf(around, others);
}

/** What stands in a part of the chosen patient, or else in nobody's: what is another's is not this one's. */
export function keptFor(panels: readonly Panel[], chosen = ''): Keep {
  const whose = ({ element }: Hit) => panels.filter(({ part }) => part.contains(element));
  return (hits) => {
    const own = hits.filter((hit) => whose(hit).some(({ patient }) => patient === chosen));
    return own.length > 0 ? own : hits.filter((hit) => whose(hit).length === 0);
  };
}
