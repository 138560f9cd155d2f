import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches, plain, queryWords, sameness, searchWords } from '../../workers/ledger/vault/match.ts';

test.each([
  ['Łukasz MÜLLER', 'lukasz muller'],
  ['Ångström', 'angstrom'],
  ['İstanbul', 'istanbul'],
  ['Groß', 'gross'],
  ['Ærøskøbing', 'aeroskobing'],
  ['Ｆｕｌｌ', 'full'],
])('%s is searched as %s', (text, said) => {
  expect(plain(text)).toBe(said);
});

const found = (query: string, details: Parameters<typeof searchWords>[0]) =>
  matches(searchWords(details), queryWords(query));

test('by any word of any line, by runs without their punctuation, and by all words of the query', () => {
  const patient = { name: 'Mr. Biscuit', owner: "Máire O'Neil-Żak", species: 'dog', recordNumber: '#A-1234' };
  for (const query of ['bis', 'BISCUIT mr', 'oneil', 'o neil', 'zak', 'a1234', 'A-12', '1234', 'dog maire']) {
    expect(found(query, patient), query).toBe(true);
  }
  for (const query of ['iscuit', 'cat', 'biscuit cat', '234', 'oneilx']) {
    expect(found(query, patient), query).toBe(false);
  }
});

test('every beginning of every word finds its patient, in whatever case', () => {
  const word = fc.stringMatching(/^[a-zà-ž]{1,12}$/u);
  fc.assert(
    fc.property(word, word, fc.integer({ min: 1, max: 12 }), (name, owner, length) => {
      const query = `${owner.slice(0, length).toUpperCase()} ${name.slice(0, length)}`;
      expect(found(query, { name, owner })).toBe(true);
    }),
  );
});

test('one patient for what differs only in form, and two for what differs', () => {
  const of = (name: string, owner?: string) => sameness({ name, ...(owner === undefined ? {} : { owner }) });
  expect(of('Mochi', 'Jonas Groß')).toBe(of('MOCHI ', 'jonas  gross'));
  expect(of('Mochi', 'Jonas')).not.toBe(of('Mochi'));
  expect(of('A B', 'C')).not.toBe(of('A', 'B C'));
});
