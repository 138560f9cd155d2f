import * as v from 'valibot';
import {
  type Find,
  type PageReading,
  type PillState,
  parsePage,
  type SiteReading,
} from '../../shared/protocol/overlay.ts';
import { FIELD_LIMITS, plainLine, type SuggestedField } from '../../shared/protocol/page-text.ts';
import type { Shelf } from './shelf.ts';

/** What one document of a tab says; who says it (frame, origin) is the browser's word. Frame 0 is the page itself. */
export type Part = { frame: number; origin: string; address: string; page: PageReading };
/** By tab, then by frame. */
export type Parts = Record<string, Part[]>;

const AT_MOST_TABS = 50;
const AT_MOST_FRAMES = 30;
const part = v.object({
  frame: v.number(),
  origin: v.string(),
  address: v.string(),
  page: v.custom<PageReading>((page) => page !== null && parsePage(page) !== null),
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
  said: Omit<Part, 'page'> & { page: PageReading | null },
): Promise<Part[]> =>
  shelf.change((parts) => {
    const { [tab]: before = [], ...others } = parts;
    const { page, ...who } = said;
    const rest = before.filter(({ frame }) => frame !== said.frame);
    const now = page ? [...rest, { ...who, page }].slice(-AT_MOST_FRAMES) : rest;
    const next = Object.fromEntries([...Object.entries(others).slice(1 - AT_MOST_TABS), [tab, now]]);
    return { next, result: now };
  });

export const dropTab = (shelf: Shelf<Parts>, tab: number): Promise<void> =>
  shelf.change(({ [tab]: _gone, ...next }) => ({ next, result: undefined }));

const FIELDS = Object.keys(FIELD_LIMITS) as SuggestedField[];
const rank = (find: Find | undefined): number => (typeof find === 'number' ? find : 9);

/**
 * One reading of all the documents of a page. Each field comes from the document whose better locator found it; where
 * two say different things by the same locator, it is nobody's. The patient's own frame is named, and other patients.
 */
export function joinParts(parts: readonly Part[], title: string | undefined): SiteReading | null {
  const top = parts.find(({ frame }) => frame === 0);
  const first = top ?? parts[0];
  if (!first) return null;
  const ours = parts.filter(({ page }) => page.reader.id === first.page.reader.id);
  const suggestions: SiteReading['suggestions'] = {};
  for (const field of FIELDS) {
    const best = bestOf(ours, field);
    if (typeof best === 'object' && best.page.suggestions[field] !== undefined)
      suggestions[field] = best.page.suggestions[field];
  }
  const from = bestOf(ours, 'patient');
  const frame = typeof from === 'object' && from.frame !== 0 ? plainLine(frameName(from), 120) : undefined;
  const patients = ours.flatMap(({ page }) => page.suggestions.patient ?? []);
  const others = [...new Set(patients)].filter((patient) => patient !== suggestions.patient).slice(0, 5);
  const line = title === undefined ? undefined : plainLine(title, 80);
  return {
    reader: first.page.reader,
    suggestions,
    finds: findsOf(ours),
    origin: first.origin,
    ...(line === undefined ? {} : { title: line }),
    ...(frame === undefined ? {} : { frame }),
    ...(others.length === 0 ? {} : { others }),
  };
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
 * Whether a patient is there. A site whose page is there, and of which nobody and nothing is found once it has settled,
 * has changed since it was set up; a page that nobody has set up is simply without one.
 */
export function pillState(site: SiteReading | null, settled: boolean): PillState {
  if (!site) return 'none';
  if (site.suggestions.patient !== undefined || site.suggestions.recordNumber !== undefined) return 'ready';
  const finds = site.finds ?? {};
  if (WHO.some((name) => typeof finds[name] === 'number')) return 'ready';
  const asked = Object.values(finds);
  const lost = asked.length > 0 && asked.every((find) => find === 'none' || find === 'many');
  return lost && settled && site.reader.id !== 'generic' ? 'lost' : 'none';
}
