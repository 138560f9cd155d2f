import { FIELD_LIMITS, plainLine } from '../../shared/protocol/page-text.ts';
import type { Locators } from '../../shared/protocol/site.ts';
import type { Place } from './locate.ts';
import { hitsOf, type Keep } from './reach.ts';

/** A patient that a page shows beside others, and a part of the page that is that patient's alone. */
export type Panel = { patient: string; part: Element };

/** The patients that a document shows side by side, by the first of the ways to them that leads anywhere; or none. */
export function panelsOf(locators: Locators | undefined, page: Document, place: Place): Panel[] {
  const hits = hitsOf(locators ?? [], page, place).find(([first]) => first) ?? [];
  const named = hits.flatMap(({ element, text }) => {
    const patient = plainLine(text, FIELD_LIMITS.patient);
    return patient === undefined ? [] : { patient, part: element };
  });
  if (named.every(({ patient }) => patient === named[0]?.patient)) return [];
  return named.map(({ patient, part }) => ({
    patient,
    part: partOf(
      part,
      named.filter((other) => other.patient !== patient),
    ),
  }));
}

/** The largest part around an element in which none of the others stands. */
function partOf(element: Element, others: readonly Panel[]): Element {
  const around = element.parentElement;
  return !around || others.some(({ part }) => around.contains(part)) ? element : partOf(around, others);
}

/** What stands in a part of the chosen patient. Everything else on such a page may be another's. */
export const keptFor =
  (panels: readonly Panel[], chosen: string | undefined): Keep =>
  (hits) =>
    panels.length === 0
      ? hits
      : hits.filter(({ element }) =>
          panels.some(({ patient, part }) => patient === chosen && part.contains(element)),
        );
