import * as v from 'valibot';
import { type SiteDefinition, siteDefinition } from '../../shared/protocol/site.ts';

const FILES = import.meta.glob<unknown>('./*.json', { eager: true, import: 'default' });

/** The sites that come with the extension, read by the same schema as everybody's. */
export const SHIPPED: readonly SiteDefinition[] = Object.values(FILES).flatMap((file) => {
  const read = v.safeParse(siteDefinition, file);
  return read.success ? [read.output] : [];
});
