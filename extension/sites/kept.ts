import * as v from 'valibot';
import { done, type Outcome, refused } from '../../shared/protocol/outcome.ts';
import { type SiteDefinition, siteDefinition } from '../../shared/protocol/site.ts';
import { SHIPPED, untried } from './index.ts';

/** The clinic's own sites and switches, as the extension keeps them. */

const settings = v.object({
  /** Ids of sites that are switched off. */
  off: v.fallback(v.array(v.string()), []),
  own: v.fallback(v.array(v.unknown()), []),
});
export const SITES_KEY = 'sites';
export type KeptSites = { off: string[]; own: SiteDefinition[] };

/** What is kept. A site that the schema no longer takes is passed over, not the others with it. */
export function parseKept(stored: unknown): KeptSites {
  const result = v.safeParse(settings, stored);
  if (!result.success) return { off: [], own: [] };
  const own = result.output.own.flatMap((one) => {
    const read = v.safeParse(siteDefinition, one);
    return read.success ? [read.output] : [];
  });
  return { off: result.output.off, own };
}

export const keptSites = async (): Promise<KeptSites> =>
  parseKept((await chrome.storage.local.get(SITES_KEY))[SITES_KEY]);

/** All sites in the order in which they are tried: the clinic's own, then those that came with the extension. */
export const allSites = ({ own }: Pick<KeptSites, 'own'>): SiteDefinition[] => [
  ...own,
  ...SHIPPED.filter(({ id }) => !own.some((one) => one.id === id)),
];

/** Those that are switched on. */
export const sitesOn = (kept: KeptSites): SiteDefinition[] =>
  allSites(kept).filter(({ id }) => !kept.off.includes(id));

/** True for the id of a definition that nobody has recorded by yet. */
export const isUntried = (kept: KeptSites, id: string): boolean =>
  allSites(kept).some((site) => site.id === id && untried(site));

/** True where a part of the site is read in frames. */
export function hasFrames({ fields, note, rows }: SiteDefinition): boolean {
  const all = [...Object.values(fields), note ?? [], rows?.container ?? []].flat();
  return all.some((locator) => locator?.frame !== undefined);
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 36) || 'site';

/** An id that no site has: the name itself, or with a number behind it. */
export function freeId(name: string, taken: readonly string[]): string {
  const base = slug(name).replace(/-+$/, '');
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? base : `${base}-${number}`;
    if (!taken.includes(id)) return id;
  }
}

/** What is said where something is not kept that somebody has just pressed for. */
export const NOT_WRITTEN =
  'The browser could not write it down, most often because this computer has no room left. Nothing has changed: make room, then press again.';

/** Changes what is kept, or says why that could not be written: then everything is as it was. */
export async function changeKept(change: (kept: KeptSites) => KeptSites): Promise<Outcome<void>> {
  const next = change(await keptSites());
  try {
    await chrome.storage.local.set({ [SITES_KEY]: next });
  } catch {
    return refused('not-written', NOT_WRITTEN);
  }
  return done(undefined);
}

/** Puts a site in, first in line; one of the same id makes way for it. */
export const withSite = (kept: KeptSites, site: SiteDefinition): KeptSites => ({
  off: kept.off.filter((id) => id !== site.id),
  own: [site, ...kept.own.filter(({ id }) => id !== site.id)],
});

/** Origins that a site's pages and frames are on, as the patterns that the browser asks for. */
export const patternsOf = ({ match, frames = [] }: SiteDefinition): string[] => [
  ...new Set([...match.map(({ origin }) => `${origin}/*`), ...frames.map((origin) => `${origin}/*`)]),
];
