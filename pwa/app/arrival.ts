import { signal } from '@preact/signals';
import { type LinkRead, readLink } from './link.ts';
import { href, replacePlace } from './router.ts';

export type Arrival = Exclude<LinkRead, { state: 'none' }>;

/**
 * What the link said that this page was opened by, until it is in the ledger or left out. It is in this page's memory
 * and nowhere else: a consultation is somebody's, and names are not kept where nobody has signed in.
 */
export const arrival = signal<Arrival | null>(null);

/** The capture form as a link opens it. Any other one is somebody else's, and does not take over what the link said. */
export const FROM_LINK = 'link';

/**
 * Takes what the link said out of the address, so that going back, a reload, a bookmark or a copied address has none of
 * it, and goes to the capture form with it. Called once, before anything is drawn; the app itself has no use for a query.
 * What the browser notes of the addresses that it was asked for, no page can take back.
 */
export function takeLink(): void {
  if (location.search === '') return;
  const read = readLink(location.search);
  if (read.state === 'none') return replacePlace(location.hash);
  arrival.value = read;
  replacePlace(href('capture', [], { from: FROM_LINK }));
}
