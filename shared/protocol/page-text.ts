/** Text taken from a page that is not ours, made fit to be shown and stored. Small: the content script carries it. */

/** Control, bidirectional, zero-width and half characters: what makes text look like something that it is not. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]|\p{Cs}/gu;

/** Text of a page as one plain line of at most `max` characters; `undefined` when nothing is left of it. */
export function plainLine(text: string, max: number): string | undefined {
  const clean = text
    .slice(0, max * 8)
    .replace(UNSEEN, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const line = clean
    .slice(0, max)
    .replace(/\p{Cs}/gu, '')
    .trim();
  return line === '' ? undefined : line;
}

/** How many patients of one page a person can choose from. */
export const AT_MOST_PATIENTS = 6;

/** How many drugs of a list a person can choose from. */
export const AT_MOST_LISTED = 20;

/** Longest text taken from a page for each field, in characters. */
export const FIELD_LIMITS = {
  patient: 120,
  species: 60,
  owner: 120,
  address: 200,
  weight: 40,
  recordNumber: 60,
  drug: 120,
  dose: 60,
} as const;
export type SuggestedField = keyof typeof FIELD_LIMITS;

/** The given texts as plain lines within their limits; fields without text are left out. */
export function plainFields(
  raw: Partial<Record<SuggestedField, string | null | undefined>>,
): Partial<Record<SuggestedField, string>> {
  const plain: Partial<Record<SuggestedField, string>> = {};
  for (const name of Object.keys(FIELD_LIMITS) as SuggestedField[]) {
    const line = plainLine(raw[name] ?? '', FIELD_LIMITS[name]);
    if (line !== undefined) plain[name] = line;
  }
  return plain;
}
