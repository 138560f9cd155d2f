import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { routeOf } from './locate.ts';
import { globFits } from './text.ts';

/** True where an address is of an origin as a definition writes it: exactly, or with a star for a part of the host. */
export function originFits(pattern: string, url: URL): boolean {
  if (pattern.endsWith(':*')) return `${url.protocol}//${url.hostname}` === pattern.slice(0, -2);
  const star = pattern.indexOf('*.');
  if (star < 0) return url.origin === pattern;
  return url.origin.startsWith(pattern.slice(0, star)) && url.origin.endsWith(pattern.slice(star + 1));
}

/** The sites of an origin, in the order in which they are tried: the clinic's own first, those for any page last. */
export const sitesOf = (sites: readonly SiteDefinition[], url: URL): SiteDefinition[] => [
  ...sites.filter(({ match }) => match.some(({ origin }) => originFits(origin, url))),
  ...sites.filter(({ match }) => match.length === 0),
];

/** The site of a page: the first whose path it is. */
export const siteAt = (sites: readonly SiteDefinition[], url: URL): SiteDefinition | null =>
  sites.find(({ match }) =>
    match.some(({ origin, path }) => originFits(origin, url) && globFits(path, routeOf(url))),
  ) ??
  sites.find(({ match }) => match.length === 0) ??
  null;
