/**
 * National Drug Codes. 21 CFR 207.33 (labeler, product and package segments); 91 FR 10749 for the
 * twelve-digit 6-4-2 form that becomes the rule in 2033. Always strings: leading zeros are meaning.
 */
import { gtinToNdc10 } from './gtin.ts';

export type NdcCode = 'ndc-characters' | 'ndc-without-package' | 'ndc-segments' | 'ndc-length';
export interface NdcError {
  readonly code: NdcCode;
  readonly message: string;
}

export interface Ndc {
  /** As it was read, hyphens and all. */
  readonly original: string;
  /** 5-4-2 with hyphens. Undefined for a twelve-digit NDC whose labeler needs six digits. */
  readonly ndc11: string | undefined;
  /** 6-4-2 with hyphens. */
  readonly ndc12: string;
  /** The ten-digit form with its hyphens (4-4-2, 5-3-2 or 5-4-1), when that is what was read. */
  readonly ndc10: string | undefined;
}

/** One candidate when the text says where its segments end; up to three when it does not. */
export type NdcResult =
  | { readonly ok: true; readonly candidates: readonly [Ndc, ...Ndc[]] }
  | { readonly ok: false; readonly error: NdcError };

/** Segment lengths that the FDA has given out, with ten, eleven and twelve digits. */
const TEN = ['4-4-2', '5-3-2', '5-4-1'] as const;
const SHAPES: ReadonlySet<string> = new Set([...TEN, '5-4-2', '6-4-2']);

const refuse = (code: NdcCode, message: string): NdcResult => ({ ok: false, error: { code, message } });

function fromSegments(original: string, segments: readonly [string, string, string]): Ndc {
  const [labeler, product, pack] = [
    segments[0].padStart(6, '0'),
    segments[1].padStart(4, '0'),
    segments[2].padStart(2, '0'),
  ];
  const written = segments.join('-');
  return {
    original,
    ndc12: `${labeler}-${product}-${pack}`,
    ndc11: labeler.startsWith('0') ? `${labeler.slice(1)}-${product}-${pack}` : undefined,
    ndc10: written.length === 12 ? written : undefined,
  };
}

function cut(digits: string, shape: string): readonly [string, string, string] {
  const [a = 0, b = 0] = shape.split('-').map(Number);
  return [digits.slice(0, a), digits.slice(a, a + b), digits.slice(a + b)];
}

function withHyphens(text: string): NdcResult {
  const segments = text.split('-');
  const shape = segments.map((s) => s.length).join('-');
  const [labeler, product, pack] = segments;
  if (segments.length === 2) {
    return refuse(
      'ndc-without-package',
      `“${text}” is an NDC without its package part. Add the last group, for example ${text}-01, as it stands on the label.`,
    );
  }
  if (!SHAPES.has(shape) || labeler === undefined || product === undefined || pack === undefined) {
    return refuse(
      'ndc-segments',
      `“${text}” is grouped ${shape}; an NDC is grouped 4-4-2, 5-3-2, 5-4-1, 5-4-2 or 6-4-2. Compare it with the label.`,
    );
  }
  return { ok: true, candidates: [fromSegments(text, [labeler, product, pack])] };
}

/**
 * Reads an NDC with or without hyphens. Ten digits without hyphens are ambiguous: all three readings
 * are returned, and a person or the product table has to choose.
 * Codes: `ndc-characters`, `ndc-without-package`, `ndc-segments`, `ndc-length`.
 */
export function parseNdc(text: string): NdcResult {
  const trimmed = text.trim();
  if (!/^[\d-]+$/.test(trimmed)) {
    return refuse(
      'ndc-characters',
      `“${trimmed}” has something other than digits and hyphens. Type the NDC as it stands on the label, like 59399-114-10.`,
    );
  }
  if (trimmed.includes('-')) return withHyphens(trimmed);
  const shapes: readonly string[] =
    { 10: TEN, 11: ['5-4-2'], 12: ['6-4-2'] }[trimmed.length as 10 | 11 | 12] ?? [];
  const [first, ...rest] = shapes.map((shape) => fromSegments(trimmed, cut(trimmed, shape)));
  if (!first) {
    return refuse(
      'ndc-length',
      `“${trimmed}” has ${trimmed.length} digits; an NDC has 10, 11 or 12. Compare it with the label.`,
    );
  }
  return { ok: true, candidates: [first, ...rest] };
}

/** The NDCs that a GTIN-14 can stand for: three for an FDA GTIN (its hyphens are lost), else none. */
export function ndcsOfGtin(gtin14: string): readonly Ndc[] {
  const digits = gtinToNdc10(gtin14);
  if (digits === undefined) return [];
  const result = parseNdc(digits);
  return result.ok ? result.candidates : [];
}
