import { namesControlled } from '../drugs/controlled.ts';
import {
  hasStrengths,
  type Label,
  labelOf,
  namingOf,
  otherForm,
  readDrug,
  type Said,
  type SaidDrug,
  sharesName,
  strengthsOf,
} from '../drugs/name.ts';
import { sameStrengths } from '../drugs/strength.ts';
import type { Stocked, TreatmentRow } from './types.ts';

/** What speaks for a product, one part of the label at a time; `agrees` is null where the page says nothing of it. */
export type Why = { part: 'name' | 'strength' | 'form'; agrees: boolean | null; text: string };

/**
 * Which of the ledger's products a row is, and how sure that is. `exact`: name and strength agree and nothing else is
 * said. `probable`: they agree as far as they go. `unsure`: a person has to say; no product is named whose strength or
 * form contradicts. `aside`: nothing of this ledger.
 */
export type ProductMatch<P extends Stocked = Stocked> =
  | { sure: 'exact' | 'probable'; products: readonly P[]; why: readonly Why[] }
  | { sure: 'unsure'; products: readonly P[]; why: readonly Why[] }
  | { sure: 'aside' };

/** Matches a row's drug to products of the ledger. Several products are the same drug in the same strength. */
export function matchProduct<P extends Stocked>(row: TreatmentRow, products: readonly P[]): ProductMatch<P> {
  const said = readDrug(saidDrug(row));
  if (said === null) return { sure: 'aside' };
  const named = products.filter((product) => sharesName(label(product), said.words));
  if (named.length === 0) return unlisted(said);
  const held = [...new Set(named.map((product) => labelOf(label(product))))].join(', ');
  if (said.unclear) {
    return unsure(named, 'strength', 'The strength on the page could not be read with certainty.');
  }
  const ofForm = named.filter((product) => !otherForm(label(product), said.words));
  if (ofForm.length === 0) return unsure([], 'form', `The page says another form; the ledger has ${held}.`);
  if (said.stated.size === 0) return byName(said, ofForm, held);
  const fitting = ofForm.filter((product) => hasStrengths(label(product), said.stated));
  if (fitting.length === 0) {
    return unsure([], 'strength', `The page says ${said.shown}; the ledger has ${held}.`);
  }
  return byLabel(said, fitting, { part: 'strength', agrees: true, text: said.shown });
}

/** Two strengths under one name are two drugs to whoever gives them: without one on the page nobody can tell. */
function byName<P extends Stocked>(said: Said, products: readonly P[], held: string): ProductMatch<P> {
  const [first, ...others] = products.map((product) => strengthsOf(label(product)));
  const one = first && others.every((own) => sameStrengths(own.stated, first.stated));
  if (!one) return unsure(products, 'strength', `The page states no strength; the ledger has ${held}.`);
  const match = byLabel(said, products, {
    part: 'strength',
    agrees: null,
    text: 'not on the page; all of that name in the ledger are one strength',
  });
  return match.sure === 'exact' ? { ...match, sure: 'probable' } : match;
}

function byLabel<P extends Stocked>(said: Said, products: readonly P[], strength: Why): ProductMatch<P> {
  const naming = products.map((product) => ({ product, ...namingOf(label(product), said.words) }));
  const whole = naming.filter((one) => one.whole);
  if (whole.length === 0) {
    const names = products.map(({ name }) => name).join(', ');
    return unsure(products, 'name', `Only a part of the name is on the page; the ledger has ${names}.`);
  }
  const exact = whole.filter(({ unknown }) => unknown.length === 0);
  const chosen = exact.length > 0 ? exact : whole;
  const unknown = [...new Set(chosen.flatMap((one) => one.unknown))];
  const name: Why =
    unknown.length === 0
      ? { part: 'name', agrees: true, text: 'the whole name' }
      : { part: 'name', agrees: null, text: `not on the label: ${unknown.join(', ')}` };
  return {
    sure: unknown.length === 0 ? 'exact' : 'probable',
    products: chosen.map(({ product }) => product),
    why: [name, strength],
  };
}

function unlisted<P extends Stocked>(said: Said): ProductMatch<P> {
  const substance = namesControlled(said.words);
  if (substance === null) return { sure: 'aside' };
  return unsure(
    [],
    'name',
    `${substance} is a controlled substance, and the ledger lists no product of that name.`,
  );
}

/** A row's drug and how much of it, as a page says of one treatment. */
export const saidDrug = ({ drug, quantity }: TreatmentRow): SaidDrug => ({
  drug,
  ...(quantity === undefined ? {} : { dose: quantity }),
});

const unsure = <P extends Stocked>(
  products: readonly P[],
  part: Why['part'],
  text: string,
): ProductMatch<P> => ({
  sure: 'unsure',
  products,
  why: [{ part, agrees: false, text }],
});

const label = ({ name, strength, form }: Stocked): Label => ({
  product: name,
  form,
  ...(strength === undefined ? {} : { strength }),
});
