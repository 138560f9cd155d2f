import type { PageReading } from '../../shared/protocol/overlay.ts';

/** True when two readings say the same and found it the same way: a page that redraws itself says nothing new. */
export function sameReading(a: PageReading | null, b: PageReading | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.reader.id === b.reader.id &&
    sameMembers(a.suggestions, b.suggestions) &&
    sameMembers(a.finds ?? {}, b.finds ?? {})
  );
}

const sameMembers = (a: Record<string, unknown>, b: Record<string, unknown>): boolean =>
  [...new Set([...Object.keys(a), ...Object.keys(b)])].every((name) => a[name] === b[name]);
