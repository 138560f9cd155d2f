import {
  hasStrengths,
  isNamed,
  labelOf,
  readDrug,
  type Said,
  type SaidDrug,
  sharesName,
  strengthsOf,
} from '../../domain/drugs/name.ts';
import type { ContainerView } from '../../protocol/views.ts';

/**
 * What can be made of a page's drug, given the open containers. A vial is offered only where name, form and every
 * strength agree; a strength that no vial of that drug has is a sentence and no vial.
 */
export type Match =
  | { kind: 'nothing' }
  | { kind: 'vial'; vial: ContainerView }
  | { kind: 'warning'; message: string };

export function matchDrug(open: readonly ContainerView[], page: SaidDrug): Match {
  const said = readDrug(page);
  if (said === null) return { kind: 'nothing' };
  const ofThatDrug = open.filter((c) => c.closedAt === undefined && sharesName(c, said.words));
  if (ofThatDrug.length === 0) return { kind: 'nothing' };
  if (said.unclear) return { kind: 'warning', message: UNREADABLE };
  if (said.stated.size === 0) return offered(ofThatDrug, said, oneStrength(ofThatDrug));
  const ofThatStrength = ofThatDrug.filter((c) => hasStrengths(c, said.stated));
  if (ofThatStrength.length > 0) return offered(ofThatStrength, said, true);
  const held = [...new Set(ofThatDrug.map(labelOf))].join(', ');
  return {
    kind: 'warning',
    message: `The page says ${said.shown}, and no open vial of that drug has this strength: there is ${held}. No vial is filled in. Pick the one in your hand, and work the amount out for it.`,
  };
}

/** Why the amount on the page is not the amount for this vial; `null` where nothing speaks against it. */
export function mismatch(container: ContainerView, page: SaidDrug): string | null {
  const said = readDrug(page);
  if (said === null) return null;
  if (!sharesName(container, said.words)) {
    return `The page says ${page.drug}, and ${container.number} is ${labelOf(container)}. Compare the drug before you sign.`;
  }
  if (said.unclear) return `${UNREADABLE} ${container.number} is ${labelOf(container)}.`;
  if (said.stated.size === 0 || hasStrengths(container, said.stated)) return null;
  return `The page says ${said.shown}, and ${container.number} is ${labelOf(container)}. An amount for the one is not the amount for the other: work it out for the vial in your hand.`;
}

const UNREADABLE =
  'The strength on the page could not be read with certainty. Compare it with the vial in your hand.';

function oneStrength(containers: readonly ContainerView[]): boolean {
  const [first, ...others] = containers;
  if (first === undefined) return false;
  const own = strengthsOf(first);
  return others.every(
    (c) => c.productId === first.productId || (own.stated.size > 0 && hasStrengths(c, own.stated)),
  );
}

function offered(containers: readonly ContainerView[], { words }: Said, sure: boolean): Match {
  const fitting = containers.filter((c) => !c.expired && !c.onHold && isNamed(c, words));
  const inUse = fitting.filter(({ openedAt }) => openedAt !== undefined);
  const [only, ...others] = inUse.length > 0 ? inUse : fitting;
  return sure && only && others.length === 0 ? { kind: 'vial', vial: only } : { kind: 'nothing' };
}
