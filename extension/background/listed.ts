import { namesControlled } from '../../shared/domain/drugs/controlled.ts';
import { readDrug } from '../../shared/domain/drugs/name.ts';
import type { ListedDrug } from '../../shared/protocol/overlay.ts';
import type { Part } from './parts.ts';

const isControlled = (listed: ListedDrug): boolean => namesControlled(readDrug(listed)?.words ?? []) !== null;

/**
 * The drugs of a list with those first that are controlled by their names: an invoice begins with the consultation and
 * the antibiotic as often as not. The others stay behind them, since a brand name may be one that is not known here.
 */
export const controlledFirst = (listed: readonly ListedDrug[]): ListedDrug[] => [
  ...listed.filter(isControlled),
  ...listed.filter((one) => !isControlled(one)),
];

/** What a document says, with the first of its list as the drug where it says nothing else of one. */
export function withListed(part: Part): Part {
  const { listed, ...page } = part.page;
  if (!listed) return part;
  const ordered = controlledFirst(listed);
  return { ...part, page: { ...page, listed: ordered, suggestions: { ...ordered[0], ...page.suggestions } } };
}
