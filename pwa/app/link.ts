/**
 * The link by which a practice-management system opens the app: the number of a consultation, in the query of the
 * address. Anybody can make such a link, so what it says is read as if an enemy had written it.
 */

/** A system that opens the app. `label` is what people call it, `site` its id as a site, where it has one. */
export type LinkSource = { parameter: string; label: string; site?: string };

/** The name of the parameter is the clinic's to choose in its system; these are the ones that are listened to. */
export const LINK_SOURCES = [
  { parameter: 'provet_consultation', label: 'Provet Cloud', site: 'provet-cloud' },
  { parameter: 'consultation', label: 'a link' },
] as const satisfies readonly LinkSource[];

export type LinkRead =
  /** The address names no consultation. */
  | { state: 'none' }
  | { state: 'consultation'; consultation: string; source: LinkSource }
  | { state: 'refused'; code: LinkRefusal; source: LinkSource };
/** `several`: more than one consultation. `malformed`: not a number as systems give them. */
export type LinkRefusal = 'several' | 'malformed';

/** Longer than any system's own, with what it adds of the user and the clinic. */
const MOST = 4000;
/** A number, a code or a UUID: at least one digit, and nothing that can look like a sentence, an address or markup. */
const NUMBER = /^(?=.*\d)[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

/** Reads the query of an address (`?name=value&…`). Whatever else stands in it is as if it were not there. Never throws. */
export function readLink(search: string): LinkRead {
  if (search.length > MOST) return { state: 'none' };
  const said = [...new URLSearchParams(search)].flatMap(([name, value]) => {
    const source = LINK_SOURCES.find(({ parameter }) => parameter === name);
    return source ? [{ source, value }] : [];
  });
  const [first, ...more] = said;
  if (!first) return { state: 'none' };
  const { source, value } = first;
  if (more.length > 0) return { state: 'refused', code: 'several', source };
  if (!NUMBER.test(value)) return { state: 'refused', code: 'malformed', source };
  return { state: 'consultation', consultation: value, source };
}
