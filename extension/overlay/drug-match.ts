import type { ContainerView } from '../../shared/protocol/ledger.ts';
import { readDoseStrengths, readStrengths, type StrengthReading, sameStrengths } from './strength.ts';

/** What a page says was given. */
export type SaidDrug = { drug?: string; dose?: string };

/**
 * What can be made of a page's drug, given the open containers. A vial is offered only where name, form and every
 * strength agree; a strength that no vial of that drug has is a sentence and no vial.
 */
export type Match =
  | { kind: 'nothing' }
  | { kind: 'vial'; vial: ContainerView }
  | { kind: 'warning'; message: string };

/** Salts, schedules and fillers: words that say nothing about which drug it is. */
const COMMON = new Set(
  `hydrochloride hcl sodium potassium sulfate sulphate citrate tartrate bitartrate maleate phosphate acetate
  hydrobromide besylate usp nf sterile solution soln sol preservative free vet veterinary drug medication schedule
  controlled substance for use in of the and with per each ml cc mg mcg single multi multiple dose dosed sdv mdv
  ci cii ciii civ cv ii iii`.split(/\s+/),
);
/** Words that say what kind of thing it is, by the form that they belong to. */
const FORM_WORDS: Partial<Record<ContainerView['form'], string>> = {
  injection: 'injection injectable inj vial vials ampule ampoule ampul iv im sq sc subq',
  tablet: 'tablet tablets tab tabs po oral',
  capsule: 'capsule capsules cap caps po oral',
  patch: 'patch patches transdermal',
  'oral-liquid': 'oral liquid po suspension susp syrup elixir bottle',
};
const FORM_WORDS_ALL = new Set(Object.values(FORM_WORDS).join(' ').split(' '));

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

/** Product and strength, as the label has them. */
export const labelOf = ({ product, strength }: ContainerView): string =>
  strength === undefined ? product : `${product} ${strength}`;

type Said = Pick<StrengthReading, 'stated' | 'unclear'> & { words: readonly string[]; shown: string };

function readDrug({ drug, dose }: SaidDrug): Said | null {
  if (drug === undefined) return null;
  const named = readStrengths(drug);
  const given = readDoseStrengths(dose ?? '');
  const words = wordsOf(named.rest);
  if (words.every((word) => FORM_WORDS_ALL.has(word))) return null;
  return {
    words,
    stated: new Set([...named.stated, ...given.stated]),
    shown: [...new Set([...named.said, ...given.said])].join(', '),
    unclear: named.unclear || given.unclear,
  };
}

const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/\p{L}{2,}/gu) ?? []).filter((word) => !COMMON.has(word));

const strengthsOf = ({ product, strength }: ContainerView): StrengthReading =>
  readStrengths(`${product} ${strength ?? ''}`);

function hasStrengths(container: ContainerView, stated: ReadonlySet<string>): boolean {
  const own = strengthsOf(container);
  return !own.unclear && sameStrengths(own.stated, stated);
}

function oneStrength(containers: readonly ContainerView[]): boolean {
  const [first, ...others] = containers;
  if (first === undefined) return false;
  const own = strengthsOf(first);
  return others.every(
    (c) => c.productId === first.productId || (own.stated.size > 0 && hasStrengths(c, own.stated)),
  );
}

/** Its generic or its brand name has a whole word of the page's, and not one that a form or a suffix shares. */
function sharesName(container: ContainerView, words: readonly string[]): boolean {
  const own = wordsOf(strengthsOf(container).rest);
  return words.some((word) => word.length >= 4 && !FORM_WORDS_ALL.has(word) && own.includes(word));
}

/** All that the page names is this product, and its generic or its brand name is named in full. */
function isNamed(container: ContainerView, words: readonly string[]): boolean {
  const name = strengthsOf(container).rest;
  const brand = name.match(/\(([^)]*)\)/)?.[1] ?? '';
  const generic = wordsOf(name.replace(/\([^)]*\)/g, ' '));
  const form = FORM_WORDS[container.form]?.split(' ') ?? [];
  const known = [...generic, ...wordsOf(brand), ...form];
  const whole = (part: readonly string[]) =>
    part.length > 0 && part.every((word) => form.includes(word) || words.includes(word));
  return words.every((word) => known.includes(word)) && (whole(generic) || whole(wordsOf(brand)));
}

function offered(containers: readonly ContainerView[], { words }: Said, sure: boolean): Match {
  const fitting = containers.filter((c) => !c.expired && !c.onHold && isNamed(c, words));
  const inUse = fitting.filter(({ openedAt }) => openedAt !== undefined);
  const [only, ...others] = inUse.length > 0 ? inUse : fitting;
  return sure && only && others.length === 0 ? { kind: 'vial', vial: only } : { kind: 'nothing' };
}
