import * as v from 'valibot';
import { originPattern, type SiteDefinition, siteDefinition } from '../../shared/protocol/site.ts';
import { freeId } from '../sites/kept.ts';
import { routeOf } from '../sites/locate.ts';
import { globFits } from '../sites/text.ts';
import { readAddress } from './address.ts';

export type OwnSite = { ok: true; site: SiteDefinition } | { ok: false; message: string };

const no = (message: string): OwnSite => ({ ok: false, message });

/**
 * The copy of a self-hosted system's definition for the address that a clinic has it at. `all` are the sites that there
 * are. The address is that of the system, or of a page of it that shows a patient.
 */
export function ownSite(of: SiteDefinition, typed: string, all: readonly SiteDefinition[]): OwnSite {
  const address = readAddress(typed);
  if (!address.ok) return address;
  const { origin, host } = address.url;
  if (!v.is(originPattern, origin))
    return no(`“${host}” is not the whole name. Type it with its domain, like https://pms.example.com.`);
  const paths = [...new Set(of.match.map(({ path }) => path))];
  const folder = folderOf(paths, address.url);
  if (folder === null)
    return no(`No page of ${of.label} shows a patient there. Type ${origin} alone, or a patient’s page.`);
  const match = paths.map((path) => ({ origin, path: folder + path }));
  const twin = all.find((one) => one.match.some((page) => match.some((own) => samePages(page, own))));
  if (twin) return no(`“${twin.label}” reads the pages at ${origin} already.`);
  const label = `${of.label} at ${host}`.slice(0, 60);
  const ids = all.map(({ id }) => id);
  const read = v.safeParse(siteDefinition, { ...of, id: freeId(label, ids), label, match });
  if (read.success) return { ok: true, site: read.output };
  return no(
    `That address cannot be used. Wrong at ${v.getDotPath(read.issues[0])}: ${read.issues[0].message}.`,
  );
}

const samePages = (a: SiteDefinition['match'][number], b: SiteDefinition['match'][number]): boolean =>
  a.origin === b.origin && a.path === b.path;

/** What stands in front of a definition's own paths in an address; `null` for a page that is none of them. */
function folderOf(paths: readonly string[], url: URL): string | null {
  const route = routeOf(url);
  if (route === '/') return '';
  const cuts = [...url.pathname.matchAll(/\//g)].map(({ index }) => index);
  const at = cuts.find((cut) => paths.some((path) => globFits(path, route.slice(cut))));
  return at === undefined ? null : route.slice(0, at);
}
