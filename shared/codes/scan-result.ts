/** What a scan or a typed code says, for the screens: one union, every fault a sentence. */

import { GS, type Gs1Element, type Gs1Result, parseBracketed, parseElementString } from './gs1.ts';
import { gs1Date } from './gs1-date.ts';
import { type Gs1Code, gs1Error } from './gs1-errors.ts';
import { type Doubt, findFusion } from './gs1-fusion.ts';
import { expandUpcE, type GtinCode, hasCheckDigit, parseGtin } from './gtin.ts';
import { type Ndc, type NdcCode, ndcsOfGtin, parseNdc } from './ndc.ts';

export interface Scan {
  /** AIM symbology identifier (ISO/IEC 15424) like `]d2`; empty when the scanner does not tell. */
  readonly symbology: string;
  readonly text: string;
}

export interface Gs1Scan {
  readonly kind: 'gs1';
  readonly text: string;
  readonly elements: readonly Gs1Element[];
  /** 14 digits. */
  readonly gtin?: string;
  readonly lot?: string;
  readonly serial?: string;
  /** YYYY-MM-DD, the last day on which it may be used. */
  readonly expires?: string;
  /** False when the label gives only the month; `expires` is then its last day. */
  readonly expiresDayStated?: boolean;
  /** From AI 715, else the readings of the GTIN: none, one, or three of which a person must choose. */
  readonly ndcs: readonly Ndc[];
  /** To be shown and confirmed before the values are used. */
  readonly doubts: readonly Doubt[];
}

export type ScanCode = Gs1Code | GtinCode | NdcCode;

export type ScanResult =
  | Gs1Scan
  | { readonly kind: 'gtin'; readonly text: string; readonly gtin: string; readonly ndcs: readonly Ndc[] }
  | { readonly kind: 'ndc'; readonly text: string; readonly ndcs: readonly [Ndc, ...Ndc[]] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bad'; readonly text: string; readonly code: ScanCode; readonly message: string };

/** How a separator is shown where a code stands in a field to be corrected. */
const GS_SHOWN = '\u241d';

/** A code as a person can see and correct it; `typedCode` reads it back. */
export function shownCode({ symbology, text }: Scan): string {
  return symbology + text.replaceAll(GS, GS_SHOWN);
}

/** Symbols that say of themselves that they hold GS1 data (General Specifications, section 7.8.2). */
const GS1_SYMBOLOGIES: ReadonlySet<string> = new Set([']C1', ']e0', ']d2', ']Q3', ']J1']);

const bad = (text: string, error: { readonly code: ScanCode; readonly message: string }): ScanResult => ({
  kind: 'bad',
  text,
  code: error.code,
  message: error.message,
});

function ndcsOf(national: string | undefined, gtin: string | undefined): readonly Ndc[] {
  const said = national === undefined ? undefined : parseNdc(national);
  if (said?.ok) return said.candidates;
  return gtin === undefined ? [] : ndcsOfGtin(gtin);
}

/** Left out rather than undefined: what the code does not carry is not in the result. */
function only<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  const out: { [P in K]?: string } = {};
  if (value !== undefined) out[key] = value;
  return out;
}

function fromGs1(text: string, result: Gs1Result, separated: boolean, today: string): ScanResult {
  if (!result.ok) return bad(text, result.error);
  const { elements } = result;
  const value = (ai: string): string | undefined => elements.find((e) => e.ai === ai)?.value;
  const expiry = value('17') ?? value('7003')?.slice(0, 6);
  const date = expiry === undefined ? undefined : gs1Date(expiry, today);
  if (expiry !== undefined && date === undefined) {
    const fault = { field: 'expiry date', value: expiry, detail: expiry.slice(4) };
    return bad(text, gs1Error('illegal-day', fault, '17'));
  }
  const fusion = findFusion(elements, separated, today);
  if (fusion.error) return bad(text, fusion.error);
  return {
    kind: 'gs1',
    text,
    elements,
    ...only('gtin', value('01')),
    ...only('lot', value('10')),
    ...only('serial', value('21')),
    ...only('expires', date?.date),
    ...(date ? { expiresDayStated: date.dayStated } : {}),
    ndcs: ndcsOf(value('715'), value('01')),
    doubts: fusion.doubts,
  };
}

function fromElementString(text: string, today: string): ScanResult {
  const data = text.startsWith(GS) ? text.slice(1) : text;
  return fromGs1(text, parseElementString(data), data.includes(GS), today);
}

function fromGtin(text: string, digits: string): ScanResult {
  const result = parseGtin(digits);
  if (!result.ok) return bad(text, result.error);
  return { kind: 'gtin', text, gtin: result.gtin, ndcs: ndcsOfGtin(result.gtin) };
}

/** EAN/UPC symbols. Eight digits that `]E0` announces are a UPC-E that the scanner did not expand. */
function fromRetail(symbology: string, text: string): ScanResult {
  const upc = text.length === 8 && symbology !== ']E4' ? expandUpcE(text) : undefined;
  return fromGtin(text, upc ?? text);
}

/** Scanners that send no identifier: GS1 data is known by its separators, or by a GTIN in front. */
function looksLikeGs1(text: string): boolean {
  return text.includes(GS) || (/^01\d{14}./.test(text) && hasCheckDigit(text.slice(2, 16)));
}

function isGtinLength(text: string): boolean {
  return /^(\d{12,14}|\d{8})$/.test(text);
}

/**
 * Reads what a camera or a scanner delivered. Only a symbol that declares GS1 data is parsed as such;
 * where the scanner sends no identifier, data is taken for GS1 when it can be nothing else.
 * @param today YYYY-MM-DD: decides the century of two-digit years
 */
export function interpretScan(scan: Scan, today: string): ScanResult {
  const { symbology, text } = scan;
  if (text === '') return bad(text, gs1Error('empty', { field: '', value: '' }));
  if (GS1_SYMBOLOGIES.has(symbology)) return fromElementString(text, today);
  if (symbology.startsWith(']E')) return fromRetail(symbology, text);
  if (symbology !== '') return { kind: 'text', text };
  if (looksLikeGs1(text)) return fromElementString(text, today);
  if (isGtinLength(text) && hasCheckDigit(text)) return fromGtin(text, text);
  return { kind: 'text', text };
}

/** Hyphenated like an NDC, with or without its package part; other hyphens belong to a clinic's labels. */
const NDC_LIKE = /^(\d{4}-\d{4}|\d{5}-\d{3,4}|\d{6}-\d{4})(-\d{1,2})?$/;

function typedDigits(text: string): ScanResult {
  if (text.length === 10 || text.length === 11) {
    const ndc = parseNdc(text);
    return ndc.ok ? { kind: 'ndc', text, ndcs: ndc.candidates } : bad(text, ndc.error);
  }
  if (text.length === 8 && !hasCheckDigit(text)) {
    const upc = expandUpcE(text);
    return upc === undefined ? { kind: 'text', text } : fromGtin(text, upc);
  }
  return isGtinLength(text) ? fromGtin(text, text) : { kind: 'text', text };
}

/**
 * Reads what a person typed: digits under a bar code, an NDC, the bracketed line of a label, or a
 * label of the clinic's own (kind `text`). Twelve digits are a UPC; a twelve-digit NDC needs its hyphens.
 * @param today YYYY-MM-DD
 */
export function typedCode(typed: string, today: string): ScanResult {
  const text = typed.trim().replaceAll(GS_SHOWN, GS);
  if (/^\][A-Za-z][0-9a-zA-Z]./.test(text)) {
    return interpretScan({ symbology: text.slice(0, 3), text: text.slice(3) }, today);
  }
  if (/^\(\d{2,4}\)/.test(text)) return fromGs1(text, parseBracketed(text), true, today);
  if (NDC_LIKE.test(text)) {
    const ndc = parseNdc(text);
    return ndc.ok ? { kind: 'ndc', text, ndcs: ndc.candidates } : bad(text, ndc.error);
  }
  const compact = text.replace(/(?<=\d) (?=\d)/g, '');
  if (/^\d+$/.test(compact) && compact.length <= 14) return typedDigits(compact);
  return interpretScan({ symbology: '', text }, today);
}
