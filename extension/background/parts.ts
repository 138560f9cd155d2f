import * as v from 'valibot';
import {
  type Find,
  type PageReading,
  type PillState,
  parsePage,
  type SiteReading,
} from '../../shared/protocol/overlay.ts';
import {
  AT_MOST_PATIENTS,
  FIELD_LIMITS,
  plainLine,
  type SuggestedField,
} from '../../shared/protocol/page-text.ts';
import { withListed } from './listed.ts';
import type { Shelf } from './shelf.ts';

/** What one document of a tab says; who says it (frame, origin) is the browser's word. Frame 0 is the page itself. */
export type Part = {
  frame: number;
  origin: string;
  address: string;
  page: PageReading;
  /** A person has said that the patient of this document is the one. */
  chosen?: true;
};
/** By tab, then by frame. */
export type Parts = Record<string, Part[]>;

const AT_MOST_TABS = 50;
const AT_MOST_FRAMES = 30;
const part = v.object({
  frame: v.number(),
  origin: v.string(),
  address: v.string(),
  page: v.custom<PageReading>((page) => page !== null && parsePage(page) !== null),
  chosen: v.exactOptional(v.literal(true)),
});
const shape = v.record(v.string(), v.array(part));
export const parseParts = (stored: unknown): Parts => {
  const result = v.safeParse(shape, stored);
  return result.success ? result.output : {};
};

/** Remembers what a document says, or that it says nothing. A new page takes the place of all its frames. */
export const putPart = (
  shelf: Shelf<Parts>,
  tab: number,
  said: Omit<Part, 'page' | 'chosen'> & { page: PageReading | null },
): Promise<Part[]> =>
  shelf.change((parts) => {
    const { [tab]: before = [], ...others } = parts;
    const { page, ...who } = said;
    const rest = before.filter(({ frame }) => frame !== said.frame);
    const known = before.find(({ frame }) => frame === said.frame);
    // Somebody else in the place of who was chosen is not chosen.
    const chosen = known?.chosen && known.page.suggestions.patient === page?.suggestions.patient;
    const part = page && { ...who, page, ...(chosen ? { chosen } : {}) };
    const now = part ? [...rest, part].slice(-AT_MOST_FRAMES) : rest;
    const next = Object.fromEntries([...Object.entries(others).slice(1 - AT_MOST_TABS), [tab, now]]);
    return { next, result: now };
  });

/** Remembers whose document a person has chosen; nobody's where `frame` is `null`. */
export const choosePart = (shelf: Shelf<Parts>, tab: number, frame: number | null): Promise<Part[]> =>
  shelf.change((parts) => {
    const now = (parts[tab] ?? []).map(({ chosen: _, ...part }): Part => {
      return part.frame === frame ? { ...part, chosen: true } : part;
    });
    return { next: { ...parts, [tab]: now }, result: now };
  });

export const dropTab = (shelf: Shelf<Parts>, tab: number): Promise<void> =>
  shelf.change(({ [tab]: _gone, ...next }) => ({ next, result: undefined }));

const FIELDS = Object.keys(FIELD_LIMITS) as SuggestedField[];
const rank = (find: Find | undefined): number => (typeof find === 'number' ? find : 9);

/**
 * One reading of all the documents of a page. Each field comes from the document whose better locator found it; where
 * two say different things by the same locator, it is nobody's. The patient's own frame is named. Where the page shows
 * several patients nothing is said of anybody until a person has chosen one of them, and then what stands with that one.
 * A definition that is `untried` is named as such.
 */
export function joinParts(
  parts: readonly Part[],
  title: string | undefined,
  untried: (id: string) => boolean = () => false,
): SiteReading | null {
  const top = parts.find(({ frame }) => frame === 0);
  const first = top ?? parts[0];
  if (!first) return null;
  const ours = parts.filter(({ page }) => page.reader.id === first.page.reader.id).map(withListed);
  const choices = choicesOf(ours);
  const several = choices.length > 1;
  const from = several ? ours.find(({ chosen }) => chosen) : bestOf(ours, 'patient');
  // What a document says that names nobody may be about any of them.
  const suggestions = several ? (typeof from === 'object' ? from.page.suggestions : {}) : joined(ours);
  const frame = typeof from === 'object' && from.frame !== 0 ? plainLine(frameName(from), 120) : undefined;
  const line = title === undefined ? undefined : plainLine(title, 80);
  const drugs = several ? from : bestOf(ours, 'drug');
  const listed = typeof drugs === 'object' ? (drugs.page.listed ?? []) : [];
  return {
    reader: first.page.reader,
    suggestions,
    finds: findsOf(ours),
    origin: first.origin,
    ...(untried(first.page.reader.id) ? { untried: true } : {}),
    ...(line === undefined ? {} : { title: line }),
    ...(frame === undefined ? {} : { frame }),
    ...(choices.length < 2 ? {} : { choices }),
    ...(listed.length < 2 ? {} : { listed }),
  };
}

function joined(parts: readonly Part[]): SiteReading['suggestions'] {
  const suggestions: SiteReading['suggestions'] = {};
  for (const field of FIELDS) {
    const best = bestOf(parts, field);
    if (typeof best === 'object' && best.page.suggestions[field] !== undefined)
      suggestions[field] = best.page.suggestions[field];
  }
  return suggestions;
}

const patientsOf = ({ patients, suggestions }: PageReading): readonly string[] =>
  patients ?? (suggestions.patient === undefined ? [] : [suggestions.patient]);

/** The document whose note field a record's line belongs into, by whom the record names and whom the page shows. */
export function noteHolder(
  parts: readonly Part[],
  site: SiteReading | null,
  patient: string | undefined,
): Part | 'other-patient' | undefined {
  const several = (site?.choices ?? []).length > 1;
  const shown = site?.choices?.map((choice) => choice.patient) ?? [site?.suggestions.patient];
  if (patient === undefined ? several : shown.some((one) => one !== undefined) && !shown.includes(patient))
    return 'other-patient';
  const holds = ({ page }: Part) => typeof page.finds?.note === 'number' || page.finds?.note === 'many';
  return parts.find((part) => holds(part) && (!several || patientsOf(part.page).includes(patient ?? '')));
}

function choicesOf(parts: readonly Part[]): NonNullable<SiteReading['choices']> {
  const choices = parts.flatMap(({ frame, page }) => patientsOf(page).map((patient) => ({ patient, frame })));
  const known = new Set<string>();
  const first = choices.filter(({ patient }) => !known.has(patient) && known.add(patient));
  return first.slice(0, AT_MOST_PATIENTS);
}

const frameName = ({ address }: Part): string => address.replace(/^https?:\/\//, '');

function bestOf(parts: readonly Part[], field: SuggestedField): Part | 'none' | 'many' {
  const said = parts
    .filter(({ page }) => page.suggestions[field] !== undefined)
    .sort((a, b) => rank(a.page.finds?.[field]) - rank(b.page.finds?.[field]));
  const [best] = said;
  if (!best) return 'none';
  const equal = said.filter((one) => rank(one.page.finds?.[field]) === rank(best.page.finds?.[field]));
  return new Set(equal.map(({ page }) => page.suggestions[field])).size > 1 ? 'many' : best;
}

const TOLD = [...FIELDS, 'note', 'rows'] as const;
export type Told = (typeof TOLD)[number];

/** What became of each field over all documents: found anywhere is found. */
export function findsOf(parts: readonly Part[]): NonNullable<PageReading['finds']> {
  const finds: NonNullable<PageReading['finds']> = {};
  for (const name of TOLD) {
    const all = parts.flatMap(({ page }) => page.finds?.[name] ?? []);
    const best = all.sort((a, b) => order(a) - order(b))[0];
    if (best !== undefined) finds[name] = best;
  }
  return finds;
}

const order = (find: Find): number =>
  typeof find === 'number' ? find : { empty: 3, many: 4, none: 5 }[find];

/** What makes a page one where something can be recorded of somebody. */
const WHO = ['patient', 'recordNumber', 'drug', 'rows'] as const;

/**
 * Whether a patient is there. A site whose page is there, and on which none of what says whose it is is found once it has
 * settled, has changed since it was set up; a page that nobody has set up is simply without one.
 */
export function pillState(site: SiteReading | null, settled: boolean): PillState {
  if (!site) return 'none';
  if (site.suggestions.patient !== undefined || site.suggestions.recordNumber !== undefined) return 'ready';
  if (site.choices) return 'ready';
  const finds = site.finds ?? {};
  if (WHO.some((name) => typeof finds[name] === 'number')) return 'ready';
  // A weight or a note field that is still there makes it no page of anybody's.
  const asked = WHO.flatMap((name) => finds[name] ?? []);
  const lost = asked.length > 0 && asked.every((find) => find === 'none' || find === 'many');
  return lost && settled && !site.untried ? 'lost' : 'none';
}
