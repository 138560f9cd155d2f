import { SHIPPED } from '../../extension/sites/index.ts';
import { readSite } from '../../extension/sites/reader.ts';
import type { PageReading } from '../../shared/protocol/overlay.ts';

/** What a shipped site reads on this page. The path is that of the real system, after the part that tells the pages apart. */
export function readShipped(id: string, path: string): PageReading | null {
  const site = SHIPPED.find((one) => one.id === id);
  if (!site) return null;
  const own = path.slice(id.length + 1);
  return readSite(site, document, { top: true, address: `https://pms.example.com${own}`, name: '' });
}
