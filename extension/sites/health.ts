import * as v from 'valibot';
import type { Find, Finds } from '../../shared/protocol/overlay.ts';

/** How a site has been read lately: numbers and times, never a word of any page. */

const count = v.fallback(v.number(), 0);
const field = v.object({
  /** How often each of the locators found it, the main one first. */
  used: v.fallback(v.tuple([count, count, count]), [0, 0, 0]),
  /** How often none did, or several elements that differ. */
  missed: count,
  /** Times in a row, up to now, that the main locator did not find it. */
  running: count,
});
export type FieldHealth = v.InferOutput<typeof field>;
const health = v.object({
  reads: count,
  /** ISO 8601, UTC. */
  lastRead: v.fallback(v.nullable(v.string()), null),
  fields: v.fallback(v.record(v.string(), field), {}),
});
export type SiteHealth = v.InferOutput<typeof health>;
export type Healths = Record<string, SiteHealth>;

export const HEALTH_KEY = 'site-health';
export const parseHealths = (stored: unknown): Healths => {
  const result = v.safeParse(v.record(v.string(), health), stored);
  return result.success ? result.output : {};
};

const NEW_FIELD: FieldHealth = { used: [0, 0, 0], missed: 0, running: 0 };
const AT_MOST = 200;

/** Counts one settled reading. `now` as ISO 8601. A field without text was found: its patient has none. */
export function countRead(healths: Healths, id: string, finds: Finds, now: string): Healths {
  const before = healths[id] ?? { reads: 0, lastRead: null, fields: {} };
  const fields = { ...before.fields };
  for (const [name, find] of Object.entries(finds)) fields[name] = counted(fields[name] ?? NEW_FIELD, find);
  const { [id]: _before, ...others } = healths;
  const kept = Object.entries(others).slice(1 - AT_MOST);
  return { ...Object.fromEntries(kept), [id]: { reads: before.reads + 1, lastRead: now, fields } };
}

function counted(field: FieldHealth, find: Find): FieldHealth {
  if (find === 'empty') return { ...field, running: 0 };
  if (typeof find === 'string') return { ...field, missed: field.missed + 1, running: field.running + 1 };
  const [main, first, second] = field.used;
  return {
    ...field,
    used: [main + (find === 0 ? 1 : 0), first + (find === 1 ? 1 : 0), second + (find === 2 ? 1 : 0)],
    running: find === 0 ? 0 : field.running + 1,
  };
}

/** Fields whose main locator has failed this often in a row have drifted: pages of one patient may lack a field. */
export const DRIFTED = 3;
export const drifted = (of: SiteHealth | undefined): string[] =>
  Object.entries(of?.fields ?? {}).flatMap(([name, { running }]) => (running >= DRIFTED ? [name] : []));
