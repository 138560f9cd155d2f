import type { ContainerView } from '../../../shared/protocol/views.ts';

export type Shown = 'open' | 'expiring' | 'closed' | 'all';
export type VialFilter = { shown: Shown; text: string; product: string | null };

const SOON_DAYS = 30;

/** True when a container expires within 30 days of `today` (YYYY-MM-DD) or has expired. */
export function expiresSoon(container: ContainerView, today: string): boolean {
  return (Date.parse(container.expires) - Date.parse(today)) / 86_400_000 <= SOON_DAYS;
}

/** The containers that a filter leaves, by number. Every word of the text has to occur somewhere. */
export function filterVials(
  containers: readonly ContainerView[],
  { shown, text, product }: VialFilter,
  today: string,
): ContainerView[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return containers
    .filter((c) => product === null || c.productId === product)
    .filter((c) => isShown(c, shown, today))
    .filter((c) => words.every((word) => saidOf(c).includes(word)))
    .sort((a, b) => a.number.localeCompare(b.number, 'en', { numeric: true }));
}

function isShown(c: ContainerView, shown: Shown, today: string): boolean {
  if (shown === 'all') return true;
  if (shown === 'closed') return c.closedAt !== undefined;
  return c.closedAt === undefined && (shown === 'open' || expiresSoon(c, today));
}

const saidOf = (c: ContainerView): string =>
  `${c.number} ${c.product} ${c.strength ?? ''} ${c.lot} ${c.serial ?? ''} ${c.gtin ?? ''} c-${c.schedule}`.toLowerCase();
