import * as v from 'valibot';
import { parseSite, type SiteReading } from '../../shared/protocol/overlay.ts';
import type { Shelf } from './shelf.ts';

/** Leave for one frame to speak: minted when a person opens the form, burned by the first that presents it. */
export type Ticket = { tab: number; site: SiteReading; expires: number };
export type Tickets = Record<string, Ticket>;

/** How long a frame may take from being made to presenting its number, in milliseconds. */
const GOOD_FOR = 30_000;
const AT_MOST = 20;

const shape = v.record(
  v.string(),
  v.object({
    tab: v.number(),
    expires: v.number(),
    site: v.custom<SiteReading>((site) => parseSite(site) !== null),
  }),
);
export const parseTickets = (stored: unknown): Tickets => {
  const result = v.safeParse(shape, stored);
  return result.success ? result.output : {};
};

/** A new ticket for a tab: 64 hex digits that go into the frame's address and nowhere else. `now` in milliseconds. */
export async function mintTicket(
  shelf: Shelf<Tickets>,
  tab: number,
  site: SiteReading,
  now: number,
  random: Uint8Array,
): Promise<string> {
  const nonce = [...random].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  await shelf.change((tickets) => {
    const good = Object.entries(tickets).filter(([, { expires }]) => expires > now);
    const ticket = { tab, site, expires: now + GOOD_FOR };
    return { next: Object.fromEntries([...good.slice(1 - AT_MOST), [nonce, ticket]]), result: undefined };
  });
  return nonce;
}

/** Takes the ticket, for good: whoever presents it second gets nothing, and so does a frame of another tab. */
export async function burnTicket(
  shelf: Shelf<Tickets>,
  nonce: string,
  tab: number,
  now: number,
): Promise<Ticket | null> {
  const ticket = await shelf.change((tickets) => {
    const { [nonce]: presented, ...rest } = tickets;
    return { next: rest, result: presented };
  });
  return ticket && ticket.tab === tab && ticket.expires > now ? ticket : null;
}
