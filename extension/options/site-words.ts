import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { agoText } from '../../shared/ui/format.ts';
import { drifted, type SiteHealth } from '../sites/health.ts';
import { FIELD_NAMES } from '../sites/names-of-fields.ts';

const nameOf = (field: string): string => FIELD_NAMES[field] ?? field;

/** What a site reads, in the order of the form. */
export function readsText({ fields, note, rows }: SiteDefinition): string {
  const columns = Object.keys(rows?.columns ?? {});
  const parts = [
    ...Object.keys(fields).map(nameOf),
    ...(rows ? [`a list of treatments (${columns.join(', ')})`] : []),
    ...(note ? ['the note field'] : []),
  ];
  return parts.join(', ');
}

/** Where its pages are. */
export const pagesText = ({ match }: SiteDefinition): string =>
  match.length === 0 ? 'any page that is allowed' : match.map(({ origin, path }) => origin + path).join(', ');

/** How often it was read and how; `now` in milliseconds. */
export function healthText(health: SiteHealth | undefined, now: number): string {
  if (!health?.lastRead) return 'Not read yet.';
  const times = health.reads === 1 ? 'Read once' : `Read ${health.reads} times`;
  return `${times}, last ${agoText(health.lastRead, now)}.`;
}

/** Fields that are found by a fallback, or not at all, with how often. */
export function troubles(health: SiteHealth | undefined): string[] {
  const gone = drifted(health);
  return Object.entries(health?.fields ?? {}).flatMap(([name, { used, missed }]) => {
    const [main, first, second] = used;
    const parts = [
      ...(first + second > 0 ? [`by its first way ${main} times, by a fallback ${first + second}`] : []),
      ...(missed > 0 ? [`not found ${missed} times`] : []),
    ];
    if (parts.length === 0) return [];
    return [
      `${nameOf(name)}: ${parts.join(', ')}${gone.includes(name) ? '; it has changed, point at it again' : ''}`,
    ];
  });
}
