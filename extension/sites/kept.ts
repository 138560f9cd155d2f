import * as v from 'valibot';
import { type SiteDefinition, siteDefinition } from '../../shared/protocol/site.ts';
import { SHIPPED } from './index.ts';

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

/** True where a part of the site is read in frames. */
export function hasFrames({ fields, note, rows }: SiteDefinition): boolean {
  const all = [...Object.values(fields), note ?? [], rows?.container ?? []].flat();
  return all.some((locator) => locator?.frame !== undefined);
}
