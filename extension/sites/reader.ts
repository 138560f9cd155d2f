import type { Finds, PageReading } from '../../shared/protocol/overlay.ts';
import {
  AT_MOST_PATIENTS,
  FIELD_LIMITS,
  plainLine,
  type SuggestedField,
} from '../../shared/protocol/page-text.ts';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { type Place, placeOf } from './locate.ts';
import { keptFor, type Panel, panelsOf } from './panels.ts';
import { reach } from './reach.ts';
import { listedDrugs } from './rows.ts';

export const FIELDS = Object.keys(FIELD_LIMITS) as SuggestedField[];

/**
 * What a site says of a document: its fields as plain lines, what came of each, and whether a note can be put here. Where
 * it shows several patients, what is one's alone is read once that one is `chosen`.
 */
export function readSite(
  site: SiteDefinition,
  page: Document,
  place = placeHere(page),
  chosen?: string,
): PageReading {
  const { patient } = site.fields;
  const whose = patient && reach(patient, page, place);
  // Where the main way leads to one, nobody else is looked for: on a large page that takes its time.
  const panels = whose?.hit && whose.used === 0 ? [] : panelsOf(patient, page, place);
  const keep = keptFor(panels, chosen);
  const suggestions: PageReading['suggestions'] = {};
  const finds: Finds = {};
  for (const field of FIELDS) {
    const locators = site.fields[field];
    const known = field === 'patient' && panels.length === 0 ? whose : undefined;
    const reached = known ?? (locators && reach(locators, page, place, keep));
    if (!reached) continue;
    const line = reached.hit ? plainLine(reached.hit.text, FIELD_LIMITS[field]) : undefined;
    finds[field] = reached.hit ? (line === undefined ? 'empty' : reached.used) : reached.why;
    if (line !== undefined) suggestions[field] = line;
  }
  const list = site.rows && reach(site.rows.container, page, place, keep);
  if (list) finds.rows = list.hit ? list.used : list.why;
  const shown = isOfThisAddress(site, suggestions, place);
  const listed =
    shown && site.rows && !site.fields.drug
      ? listedDrugs(site.rows, list?.hit?.element, suggestions.patient)
      : [];
  const note = site.note && reach(site.note, page, place, keep);
  if (note) finds.note = note.hit ? note.used : note.why;
  return {
    reader: { id: site.id, label: site.label },
    suggestions: shown ? suggestions : {},
    finds,
    ...(panels.length === 0 ? {} : { patients: namesIn(panels) }),
    ...(listed.length === 0 ? {} : { listed }),
  };
}

const namesIn = (panels: readonly Panel[]): string[] =>
  [...new Set(panels.map(({ patient }) => patient))].slice(0, AT_MOST_PATIENTS);

export const placeHere = (page: Document): Place =>
  page.defaultView ? placeOf(page.defaultView) : { top: true, address: page.location?.href ?? '', name: '' };

/** Between two patients a page may show one under the address of the other. */
const isOfThisAddress = (
  site: SiteDefinition,
  { recordNumber }: PageReading['suggestions'],
  place: Place,
): boolean =>
  !site.addressHoldsRecordNumber || (recordNumber !== undefined && place.address.includes(recordNumber));

/** The element that the pill stands beside. */
export function pillAnchor(site: SiteDefinition, page: Document): Element | null {
  return (site.pill && reach(site.pill, page, placeHere(page))?.hit?.element) ?? null;
}
