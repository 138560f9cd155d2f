/**
 * What the data of a GS1 field must satisfy beyond its length: character sets and check algorithms of
 * the GS1 General Specifications, sections 7.9 (check digits and pairs), 7.11 (character sets) and 3.
 */
import type { CharacterSet, PartCheck } from './ai-table.ts';
import { couponFault, couponOfferFault } from './gs1-coupon.ts';
import { daysInMonth } from './gs1-date.ts';
import type { Gs1Code } from './gs1-errors.ts';
import { checkDigit } from './gtin.ts';
import { ISO_3166_ALPHA2, ISO_3166_NUMERIC, ISO_4217_NUMERIC } from './iso-lists.ts';

export interface Fault {
  readonly code: Gs1Code;
  readonly detail?: string;
}

const SET_82 = '!"%&\'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';
const SET_39 = '#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const SET_64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const SET_32 = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** A character as a person can see it: control characters by their number. */
export function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 32 || code === 127 ? `character ${code}` : character;
}

function outside(set: string, value: string, code: Gs1Code): Fault | undefined {
  for (const character of value) {
    if (!set.includes(character)) return { code, detail: visible(character) };
  }
  return undefined;
}

function set64Fault(value: string): Fault | undefined {
  const body = value.replace(/=+$/, '');
  const pads = value.length - body.length;
  if (pads > 2 || (pads > 0 && value.length % 3 !== 0)) return { code: 'invalid-cset64-padding' };
  return outside(SET_64, body, 'invalid-cset64-character');
}

/** The first character that the set does not allow, as a fault. */
export function characterFault(set: CharacterSet, value: string): Fault | undefined {
  switch (set) {
    case 'digits':
      return outside(DIGITS, value, 'non-digit-character');
    case 'set82':
      return outside(SET_82, value, 'invalid-cset82-character');
    case 'set39':
      return outside(SET_39, value, 'invalid-cset39-character');
    case 'set64':
      return set64Fault(value);
  }
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((p) => n % p !== 0)) found.push(n);
  }
  return found;
}

/** Check character pair (section 7.9.5): prime weights from the right, modulo 1021, in base 32. */
function checkPairFault(value: string): Fault | undefined {
  if (value.length < 2) return { code: 'too-short-for-check-pair' };
  const body = value.slice(0, -2);
  const fault = outside(SET_32, value.slice(-2), 'invalid-cset32-character');
  if (fault) return fault;
  const weights = primes(body.length).reverse();
  const sum = [...body].reduce((total, ch, i) => total + SET_82.indexOf(ch) * (weights[i] ?? 0), 0) % 1021;
  const pair = SET_32.charAt(sum >> 5) + SET_32.charAt(sum & 31);
  return value.endsWith(pair) ? undefined : { code: 'incorrect-check-pair', detail: pair };
}

function dateFault(yyyymmdd: string, dayMayBeZero: boolean): Fault | undefined {
  const [year, mm, dd] = [yyyymmdd.slice(0, 4), yyyymmdd.slice(4, 6), yyyymmdd.slice(6, 8)];
  const month = Number(mm);
  if (month < 1 || month > 12) return { code: 'illegal-month', detail: mm };
  const day = Number(dd);
  if (day > daysInMonth(Number(year), month) || (day === 0 && !dayMayBeZero)) {
    return { code: 'illegal-day', detail: dd };
  }
  return undefined;
}

function clockFault(value: string, units: readonly ('hour' | 'minute' | 'second')[]): Fault | undefined {
  for (const [i, unit] of units.entries()) {
    const part = value.slice(2 * i, 2 * i + 2);
    if (part === '') return undefined;
    if (part.length < 2) return { code: 'too-short', detail: String(value.length + 1) };
    if (Number(part) > (unit === 'hour' ? 23 : 59)) return { code: `illegal-${unit}`, detail: part };
  }
  return undefined;
}

/** ISO 13616: country, two check digits, account; the whole, rearranged, is 1 modulo 97. */
function ibanFault(value: string): Fault | undefined {
  if (value.length <= 10) return { code: 'iban-too-short' };
  if (!ISO_3166_ALPHA2.has(value.slice(0, 2))) return { code: 'illegal-iban-country-code' };
  const fault = outside(`${DIGITS}ABCDEFGHIJKLMNOPQRSTUVWXYZ`, value, 'invalid-iban-character');
  if (fault) return fault;
  let rest = 0;
  for (const character of value.slice(4) + value.slice(0, 4)) {
    const n = Number.parseInt(character, 36);
    rest = (rest * (n > 9 ? 100 : 10) + n) % 97;
  }
  return rest === 1 ? undefined : { code: 'incorrect-iban-checksum' };
}

function pieceFault(value: string): Fault | undefined {
  const [piece, total] = [value.slice(0, 2), value.slice(2, 4)];
  if (piece === '00') return { code: 'zero-piece-number' };
  if (total === '00') return { code: 'zero-total-pieces' };
  return piece > total ? { code: 'piece-number-exceeds-total' } : undefined;
}

function sequenceFault(value: string): Fault | undefined {
  const [at = '', end = '', ...more] = value.split('/');
  if (!/^\d+$/.test(at) || !/^\d+$/.test(end) || more.length > 0) {
    return { code: 'position-in-sequence-malformed' };
  }
  if (at.startsWith('0') || end.startsWith('0')) return { code: 'illegal-zero-prefix' };
  return Number(at) > Number(end) ? { code: 'position-exceeds-end' } : undefined;
}

function companyPrefixFault(value: string): Fault | undefined {
  if (value.length < 4) return { code: 'too-short-for-gcp' };
  return /^\d{4}/.test(value) ? undefined : { code: 'invalid-gcp-prefix' };
}

function countryListFault(value: string): Fault | undefined {
  const countries = value.match(/.{1,3}/g) ?? [];
  return countries.every((c) => ISO_3166_NUMERIC.has(c)) ? undefined : { code: 'not-iso3166' };
}

function coupon(value: string, find: (data: string) => string | undefined): Fault | undefined {
  const digits = outside(DIGITS, value, 'non-digit-character');
  if (digits) return digits;
  const detail = find(value);
  return detail === undefined ? undefined : { code: 'invalid-coupon', detail };
}

const unless = (good: boolean, code: Gs1Code): Fault | undefined => (good ? undefined : { code });

const CHECKS: Readonly<Record<PartCheck, (value: string) => Fault | undefined>> = {
  'check-digit': (v) => {
    const right = checkDigit(v.slice(0, -1));
    return v.endsWith(right) ? undefined : { code: 'incorrect-check-digit', detail: right };
  },
  'check-pair': checkPairFault,
  'company-prefix': companyPrefixFault,
  'has-non-digit': (v) => unless(/\D/.test(v), 'requires-non-digit-character'),
  // Only whether 29 February can be hangs on the century, and 2000 to 2099 is where labels live.
  date: (v) => dateFault(`20${v}`, false),
  'date-day-00': (v) => dateFault(`20${v}`, true),
  'date-yyyymmdd': (v) => dateFault(v, false),
  hour: (v) => clockFault(v, ['hour']),
  'hour-minute': (v) => clockFault(v, ['hour', 'minute']),
  'minute-second': (v) => clockFault(v, ['minute', 'second']),
  country: (v) => unless(ISO_3166_NUMERIC.has(v), 'not-iso3166'),
  'country-or-999': (v) => unless(v === '999' || ISO_3166_NUMERIC.has(v), 'not-iso3166-or-999'),
  'country-list': countryListFault,
  'country-alpha2': (v) => unless(ISO_3166_ALPHA2.has(v), 'not-iso3166-alpha2'),
  currency: (v) => unless(ISO_4217_NUMERIC.has(v), 'not-iso4217'),
  iban: ibanFault,
  'percent-encoded': (v) => unless(!/%(?![0-9A-Fa-f]{2})/.test(v), 'invalid-percent-sequence'),
  'importer-index': (v) => outside(SET_64, v, 'invalid-import-idx-character'),
  'not-zero': (v) => unless(!/^0+$/.test(v), 'illegal-zero-value'),
  zero: (v) => unless(/^0+$/.test(v), 'not-zero'),
  'no-leading-zero': (v) => unless(!/^0./.test(v), 'illegal-zero-prefix'),
  'yes-no': (v) => unless(/^[01]$/.test(v), 'not-zero-or-one'),
  winding: (v) => unless(/^[019]$/.test(v), 'invalid-winding-direction'),
  'piece-of-total': pieceFault,
  latitude: (v) => unless(Number(v) <= 1_800_000_000, 'invalid-latitude'),
  longitude: (v) => unless(Number(v) <= 3_600_000_000, 'invalid-longitude'),
  hyphen: (v) => unless(v === '-', 'not-hyphen'),
  sex: (v) => unless(/^[0129]$/.test(v), 'invalid-biological-sex-code'),
  sequence: sequenceFault,
  'media-type': (v) => unless(/^(0[1-9]|10|[89]\d)$/.test(v), 'invalid-media-type'),
  coupon: (v) => coupon(v, couponFault),
  'coupon-offer': (v) => coupon(v, couponOfferFault),
};

/** Runs one named check on one part of a field's data; undefined when it holds. */
export function checkFault(check: PartCheck, value: string): Fault | undefined {
  return CHECKS[check](value);
}
