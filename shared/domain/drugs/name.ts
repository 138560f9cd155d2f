import type { Body } from '../entries.ts';
import { readDoseStrengths, readStrengths, type StrengthReading, sameStrengths } from './strength.ts';

/** A product as its label has it. */
export type Label = {
  product: string;
  strength?: string;
  form: Body<'product.added'>['product']['form'];
};

/** What a page says was given: the drug's text, and that of the dose where there is one. */
export type SaidDrug = { drug?: string; dose?: string };

/** A page's drug, read: the words that name it, and what it states of strengths. */
export type Said = Pick<StrengthReading, 'stated' | 'unclear'> & { words: readonly string[]; shown: string };

/** Salts, schedules and fillers: words that say nothing about which drug it is. */
const COMMON = new Set(
  `hydrochloride hcl sodium potassium sulfate sulphate citrate tartrate bitartrate maleate phosphate acetate
  hydrobromide besylate usp nf sterile solution soln sol preservative free vet veterinary drug medication schedule
  controlled substance for use in of the and with per each ml cc mg mcg single multi multiple dose dosed sdv mdv
  ci cii ciii civ cv ii iii`.split(/\s+/),
);
/** Words that say what kind of thing it is, by the form that they belong to. */
const FORM_WORDS: Partial<Record<Label['form'], string>> = {
  injection: 'injection injectable inj vial vials ampule ampoule ampul iv im sq sc subq',
  tablet: 'tablet tablets tab tabs po oral',
  capsule: 'capsule capsules cap caps po oral',
  patch: 'patch patches transdermal',
  'oral-liquid': 'oral liquid po suspension susp syrup elixir bottle',
};
const FORM_WORDS_ALL = new Set(Object.values(FORM_WORDS).join(' ').split(' '));

/** Reads what a page says; `null` where it names no drug. */
export function readDrug({ drug, dose }: SaidDrug): Said | null {
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

/** Product and strength, as the label has them. */
export const labelOf = ({ product, strength }: Pick<Label, 'product' | 'strength'>): string =>
  strength === undefined ? product : `${product} ${strength}`;

/** Its generic or its brand name has a whole word of the page's, and not one that a form or a suffix shares. */
export function sharesName(label: Label, words: readonly string[]): boolean {
  const own = wordsOf(strengthsOf(label).rest);
  return words.some((word) => word.length >= 4 && !FORM_WORDS_ALL.has(word) && own.includes(word));
}

/** All that the page names is this product, and its generic or its brand name is named in full. */
export function isNamed(label: Label, words: readonly string[]): boolean {
  const { whole, unknown } = namingOf(label, words);
  return whole && unknown.length === 0;
}

/** Whether a name of the label is said in full, and which of the words are not on the label. */
export function namingOf(label: Label, words: readonly string[]): { whole: boolean; unknown: string[] } {
  const name = strengthsOf(label).rest;
  const brand = name.match(/\(([^)]*)\)/)?.[1] ?? '';
  const generic = wordsOf(name.replace(/\([^)]*\)/g, ' '));
  const form = FORM_WORDS[label.form]?.split(' ') ?? [];
  const known = [...generic, ...wordsOf(brand), ...form];
  const said = (part: readonly string[]) =>
    part.length > 0 && part.every((word) => form.includes(word) || words.includes(word));
  return {
    whole: said(generic) || said(wordsOf(brand)),
    unknown: words.filter((word) => !known.includes(word)),
  };
}

/** The words say a kind of thing that this product is not: tablets, where it is an injection. */
export function otherForm({ form }: Label, words: readonly string[]): boolean {
  const own = FORM_WORDS[form]?.split(' ') ?? [];
  return words.some((word) => FORM_WORDS_ALL.has(word) && !own.includes(word));
}

export const strengthsOf = ({ product, strength }: Pick<Label, 'product' | 'strength'>): StrengthReading =>
  readStrengths(`${product} ${strength ?? ''}`);

/** The label states every one of these strengths and no other. */
export function hasStrengths(label: Label, stated: ReadonlySet<string>): boolean {
  const own = strengthsOf(label);
  return !own.unclear && sameStrengths(own.stated, stated);
}

const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/\p{L}{2,}/gu) ?? []).filter((word) => !COMMON.has(word));
