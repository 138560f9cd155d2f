import * as v from 'valibot';
import { type SiteDefinition, siteDefinition } from '../../shared/protocol/site.ts';

const FILES = import.meta.glob<unknown>('./*.json', { eager: true, import: 'default' });

/** The sites that come with the extension, read by the same schema as everybody's. */
export const SHIPPED: readonly SiteDefinition[] = Object.values(FILES).flatMap((file) => {
  const read = v.safeParse(siteDefinition, file);
  return read.success ? [read.output] : [];
});

const ANY_PAGE = SHIPPED.find(({ match }) => match.length === 0);

/**
 * True for what came along, or was made of that for a clinic's own address, and nobody has recorded with: that it finds
 * nothing on a page says nothing of the page.
 */
export const untried = (site: SiteDefinition): boolean =>
  !site.tested && (site.selfHosted === true || SHIPPED.includes(site));

/**
 * A definition as pages are read by it. An untried one says only what is public of its system; the rest is looked for as on
 * any page.
 */
export const readable = (site: SiteDefinition): SiteDefinition => {
  if (!ANY_PAGE || !untried(site)) return site;
  const note = site.note ?? ANY_PAGE.note;
  return { ...site, fields: { ...ANY_PAGE.fields, ...site.fields }, ...(note ? { note } : {}) };
};
