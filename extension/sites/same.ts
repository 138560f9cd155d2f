import type { PageReading } from '../../shared/protocol/overlay.ts';

/** True when two readings say the same and found it the same way: a page that redraws itself says nothing new. */
export const sameReading = (a: PageReading | null, b: PageReading | null): boolean =>
  JSON.stringify(a) === JSON.stringify(b);
