/** What can be wrong with GS1 data. Closed: a new kind of fault is a new member here, with its sentence. */
export type Gs1Code =
  | 'empty'
  | 'empty-value'
  | 'malformed-brackets'
  | 'unknown-ai'
  | 'too-short'
  | 'too-long'
  | 'fused-fields'
  | 'repeated-ai'
  | 'non-digit-character'
  | 'invalid-cset82-character'
  | 'invalid-cset39-character'
  | 'invalid-cset64-character'
  | 'invalid-cset64-padding'
  | 'invalid-cset32-character'
  | 'incorrect-check-digit'
  | 'incorrect-check-pair'
  | 'too-short-for-check-pair'
  | 'too-short-for-gcp'
  | 'invalid-gcp-prefix'
  | 'requires-non-digit-character'
  | 'invalid-import-idx-character'
  | 'illegal-zero-value'
  | 'not-zero'
  | 'illegal-zero-prefix'
  | 'not-zero-or-one'
  | 'invalid-winding-direction'
  | 'not-iso3166'
  | 'not-iso3166-or-999'
  | 'not-iso3166-alpha2'
  | 'not-iso4217'
  | 'iban-too-short'
  | 'invalid-iban-character'
  | 'illegal-iban-country-code'
  | 'incorrect-iban-checksum'
  | 'illegal-month'
  | 'illegal-day'
  | 'illegal-hour'
  | 'illegal-minute'
  | 'illegal-second'
  | 'zero-piece-number'
  | 'zero-total-pieces'
  | 'piece-number-exceeds-total'
  | 'invalid-percent-sequence'
  | 'invalid-latitude'
  | 'invalid-longitude'
  | 'not-hyphen'
  | 'invalid-biological-sex-code'
  | 'position-in-sequence-malformed'
  | 'position-exceeds-end'
  | 'invalid-media-type'
  | 'invalid-coupon';

/** What the sentence can speak about: the field in people's words, its value, and a detail of the fault. */
export interface FaultContext {
  /** For example `lot number` or `field 3103`. */
  readonly field: string;
  readonly value: string;
  /** The offending character, the right digit, the permitted length, the identifier: by code. */
  readonly detail?: string | undefined;
}

export interface Gs1Error {
  readonly code: Gs1Code;
  /** A sentence for the person who scanned: what is wrong, then what to do. */
  readonly message: string;
  /** The Application Identifier at fault, when there is one. */
  readonly ai?: string;
}

const AGAIN = 'Scan it again; if that does not help, type what is printed on the label.';
const TYPE = 'Type what is printed on the label instead.';

const characters = ({ field, value, detail }: FaultContext): string =>
  `The ${field} “${value}” has the character “${detail}”, which GS1 does not allow there. ${AGAIN}`;

const misread = (what: string) => (c: FaultContext) => `The ${c.field} “${c.value}” ${what}. ${AGAIN}`;

const SENTENCES: Readonly<Record<Gs1Code, (c: FaultContext) => string>> = {
  empty: () => `The code carries no data. ${AGAIN}`,
  'empty-value': (c) => `The code announces a ${c.field} but leaves it empty. ${TYPE}`,
  'malformed-brackets': () =>
    'The brackets do not fit. Type each field as its number in brackets and then its data, like (01)00359399114103(10)ABC123.',
  'unknown-ai': (c) =>
    `The code has data that belongs to no known GS1 field (at “${c.detail}”), so a separator may be missing or the scan is damaged. ${AGAIN}`,
  'too-short': (c) => `The ${c.field} “${c.value}” is too short: it needs ${c.detail} characters. ${AGAIN}`,
  'too-long': (c) =>
    `The ${c.field} “${c.value}” is too long: at most ${c.detail} characters are allowed. ${AGAIN}`,
  'fused-fields': (c) =>
    `The ${c.field} “${c.value}” seems to have run together with the ${c.detail} that follows: the separator between them is missing. Set the scanner to send GS (ASCII 29), or type lot, serial and expiry from the label.`,
  'repeated-ai': (c) =>
    `The code gives the ${c.field} twice, as “${c.detail}” and as “${c.value}”. Two labels may have been read as one: cover the other one and scan again.`,
  'non-digit-character': (c) =>
    `The ${c.field} “${c.value}” has “${c.detail}” where only digits may be. ${AGAIN}`,
  'invalid-cset82-character': characters,
  'invalid-cset39-character': characters,
  'invalid-cset64-character': characters,
  'invalid-cset64-padding': misread('ends with the wrong number of = signs'),
  'invalid-cset32-character': characters,
  'incorrect-check-digit': (c) =>
    `The check digit of the ${c.field} “${c.value}” is wrong (it would have to be ${c.detail}), so at least one digit was misread or mistyped. Compare it with the label and scan or type it again.`,
  'incorrect-check-pair': misread('has wrong check characters, so part of it was misread'),
  'too-short-for-check-pair': misread('is too short to hold its two check characters'),
  'too-short-for-gcp': misread('is too short to hold a GS1 company prefix'),
  'invalid-gcp-prefix': misread('does not begin with a GS1 company prefix'),
  'requires-non-digit-character': misread('must hold at least one letter or sign'),
  'invalid-import-idx-character': characters,
  'illegal-zero-value': misread('is zero where a size must be given'),
  'not-zero': misread('does not begin with the 0 that it must have'),
  'illegal-zero-prefix': misread('begins with a 0, which is not allowed there'),
  'not-zero-or-one': misread('is neither 0 nor 1'),
  'invalid-winding-direction': misread('has no known winding direction'),
  'not-iso3166': misread('is not a country code'),
  'not-iso3166-or-999': misread('does not begin with a country code'),
  'not-iso3166-alpha2': misread('is not a two-letter country code'),
  'not-iso4217': misread('does not begin with a currency code'),
  'iban-too-short': misread('is too short for an IBAN'),
  'invalid-iban-character': characters,
  'illegal-iban-country-code': misread('does not begin with a country that has IBANs'),
  'incorrect-iban-checksum': misread('fails its checksum, so part of it was misread'),
  'illegal-month': (c) =>
    `The ${c.field} “${c.value}” has month ${c.detail}, which does not exist. The label or the scan is wrong: type the date from the label, or set the package aside if it is printed so.`,
  'illegal-day': (c) =>
    `The ${c.field} “${c.value}” names a day that its month does not have (day ${c.detail}). The label or the scan is wrong: type the date from the label, or set the package aside if it is printed so.`,
  'illegal-hour': misread('has an hour that does not exist'),
  'illegal-minute': misread('has a minute that does not exist'),
  'illegal-second': misread('has a second that does not exist'),
  'zero-piece-number': misread('says it is piece number 0'),
  'zero-total-pieces': misread('says that there are 0 pieces'),
  'piece-number-exceeds-total': misread('numbers a piece beyond how many there are'),
  'invalid-percent-sequence': misread('has a % that is not followed by two hexadecimal digits'),
  'invalid-latitude': misread('has a latitude that does not exist'),
  'invalid-longitude': misread('has a longitude that does not exist'),
  'not-hyphen': misread('ends with a sign other than the minus sign'),
  'invalid-biological-sex-code': misread('is not one of the codes 0, 1, 2 and 9'),
  'position-in-sequence-malformed': misread('is not written like 1/2'),
  'position-exceeds-end': misread('names a place after the last one'),
  'invalid-media-type': misread('is not a known media type'),
  'invalid-coupon': (c) =>
    `This is a shop coupon that cannot be read (${c.detail}), not the code of a medicine. Scan the code on the vial or carton.`,
};

/** The typed error for a fault, with its sentence. `ai` is left out when no single field is at fault. */
export function gs1Error(code: Gs1Code, context: FaultContext, ai?: string): Gs1Error {
  const message = SENTENCES[code](context);
  return ai === undefined ? { code, message } : { code, message, ai };
}
