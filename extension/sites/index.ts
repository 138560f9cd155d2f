import type { PageReading } from '../../shared/protocol/overlay.ts';
import { FIELD_LIMITS, plainFields, plainLine } from '../../shared/protocol/page-text.ts';
import type { Adapter } from './adapter.ts';
import { demoSpa } from './demo-spa.ts';
import { demoTables } from './demo-tables.ts';
import { generic } from './generic.ts';

export const ADAPTERS: readonly Adapter[] = [demoTables, demoSpa, generic];

/**
 * The adapter for a page: the one with the highest priority that matches its address, is not switched off and finds
 * what it knows. An adapter that throws on a strange page is passed over.
 */
export function adapterFor(page: Document, off: readonly string[]): Adapter | null {
  const url = new URL(page.location.href);
  const fitting = ADAPTERS.filter(({ id, match }) => !off.includes(id) && match(url));
  const byPriority = [...fitting].sort((a, b) => b.priority - a.priority);
  return byPriority.find((adapter) => attempt(() => adapter.detect(page)) === true) ?? null;
}

/** What the page says, in plain lines within their limits. Nothing, where the adapter fails. */
export function readPage(adapter: Adapter, page: Document): PageReading {
  return {
    reader: { id: adapter.id, label: plainLine(adapter.label, 60) ?? adapter.id },
    suggestions: plainFields(attempt(() => adapter.extract(page)) ?? {}),
  };
}

/** True when two readings are of the same patient, so that a page that redraws itself says nothing new. */
export function sameReading(a: PageReading | null, b: PageReading | null): boolean {
  if (a === null || b === null) return a === b;
  const names = Object.keys(FIELD_LIMITS) as (keyof typeof FIELD_LIMITS)[];
  return a.reader.id === b.reader.id && names.every((name) => a.suggestions[name] === b.suggestions[name]);
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
