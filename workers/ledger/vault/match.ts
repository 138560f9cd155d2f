import type { PatientDetails } from '../../../shared/protocol/ledger.ts';

/** Finding a patient by what somebody types: by beginnings of words, whatever the accents, case and punctuation. */

/** Letters that no decomposition takes apart (Unicode has none for them), as people type them without. */
const FOLDED: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i' },
};

/** Small letters without accents: `Łukasz Müller` as `lukasz muller`. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    // Small letters of some capitals come apart once more: the Turkish dotted capital I.
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðþłħı]/g, (letter) => FOLDED[letter] ?? letter);

const wordsOf = (text: string): string[] =>
  plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** What a patient is found by: each word, and a run without its punctuation (`A-1234` also as `a1234`, `O'Neil` as `oneil`). */
export function searchWords({ name, owner, species, recordNumber, consultation }: PatientDetails): string[] {
  const said = [name, owner, species, recordNumber, consultation].filter((text) => text !== undefined);
  const runs = said.flatMap((text) => text.split(/\s+/)).map((run) => wordsOf(run).join(''));
  return [...new Set([...said.flatMap(wordsOf), ...runs])].filter(Boolean);
}

/** The words that somebody typed; nothing is searched for where there are none. */
export const queryWords = wordsOf;

/** True where each word of the query begins one of the patient's. */
export const matches = (words: readonly string[], query: readonly string[]): boolean =>
  query.every((part) => words.some((word) => word.startsWith(part)));

/** One patient for what is spelt alike: a name, an owner and a record number that differ only in form. */
export const sameness = ({ name, owner = '', recordNumber = '' }: PatientDetails): string =>
  [name, owner, recordNumber].map((text) => wordsOf(text).join(' ')).join('\n');
