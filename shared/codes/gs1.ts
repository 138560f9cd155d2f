/** GS1 element strings (GS1 General Specifications, section 7.8), strictly. */
import { type AiEntry, aiAt, findAi } from './ai-table.ts';
import { characterFault, checkFault, type Fault, visible } from './gs1-checks.ts';
import { type Gs1Error, gs1Error } from './gs1-errors.ts';

/** FNC1 as scanners and decoders hand it over within the data: ASCII 29, group separator. */
export const GS = '\x1d';

export interface Gs1Element {
  readonly ai: string;
  readonly title: string;
  readonly value: string;
}

export type Gs1Result =
  | { readonly ok: true; readonly elements: readonly Gs1Element[] }
  | { readonly ok: false; readonly error: Gs1Error };

/** The identifiers that a technician meets; the others are named with their number. */
const FAMILIAR: ReadonlySet<string> = new Set(['01', '10', '17', '21', '715']);

function fieldName(entry: AiEntry): string {
  return FAMILIAR.has(entry.ai) ? entry.title : `${entry.title} (GS1 field ${entry.ai})`;
}

/** Cuts a value into the parts of its field; a fault when the lengths do not fit. */
function cutParts(entry: AiEntry, value: string): readonly string[] | Fault {
  const pieces: string[] = [];
  let at = 0;
  for (const part of entry.parts) {
    const left = value.length - at;
    if (left === 0 && part.optional) break;
    if (left < part.min) return { code: 'too-short', detail: String(at + part.min) };
    pieces.push(value.slice(at, at + part.max));
    at += Math.min(part.max, left);
  }
  return at === value.length ? pieces : { code: 'too-long', detail: String(at) };
}

function valueFault(entry: AiEntry, value: string): Fault | undefined {
  if (value === '') return { code: 'empty-value' };
  const pieces = cutParts(entry, value);
  if ('code' in pieces) return pieces;
  for (const [i, piece] of pieces.entries()) {
    const part = entry.parts[i];
    if (!part) continue;
    const fault =
      characterFault(part.set, piece) ??
      part.checks.map((check) => checkFault(check, piece)).find((found) => found !== undefined);
    if (fault) return fault;
  }
  return undefined;
}

/** Collects elements, refusing an identifier that comes twice with different data (section 4.14). */
class Collector {
  readonly elements: Gs1Element[] = [];

  /** Takes one field; the error when it cannot be. */
  add(entry: AiEntry, value: string): Gs1Error | undefined {
    const field = fieldName(entry);
    const fault = valueFault(entry, value);
    if (fault) return gs1Error(fault.code, { field, value, detail: fault.detail }, entry.ai);
    const earlier = this.elements.find((e) => e.ai === entry.ai);
    if (!earlier) this.elements.push({ ai: entry.ai, title: entry.title, value });
    else if (earlier.value !== value) {
      return gs1Error('repeated-ai', { field, value, detail: earlier.value }, entry.ai);
    }
    return undefined;
  }
}

/**
 * Where one field that is too long can be cut into two or more good ones: the title of the second.
 * Undefined when no cut works, so that the field is just too long.
 */
function fusedWith(entry: AiEntry, value: string): string | undefined {
  for (let cut = 1; cut < value.length; cut += 1) {
    const next = aiAt(value, cut);
    if (!next || next.ai === entry.ai || valueFault(entry, value.slice(0, cut))) continue;
    if (parseElementString(value.slice(cut)).ok) return next.title;
  }
  return undefined;
}

function fieldEnd(data: string, from: number, entry: AiEntry): number {
  const separator = data.indexOf(GS, from);
  const end = separator < 0 ? data.length : separator;
  return entry.predefined === undefined ? end : Math.min(end, from + entry.predefined);
}

/**
 * Parses an element string.
 * @param data what the symbol holds, without the FNC1 in front and with ASCII 29 for those within
 * @returns every element in order, or the first error (all of `Gs1Code` but `malformed-brackets`)
 */
export function parseElementString(data: string): Gs1Result {
  if (data === '') return { ok: false, error: gs1Error('empty', { field: '', value: '' }) };
  const found = new Collector();
  let at = 0;
  while (at < data.length) {
    const entry = aiAt(data, at);
    if (!entry) {
      const detail = [...data.slice(at, at + 8)].map(visible).join('');
      return { ok: false, error: gs1Error('unknown-ai', { field: '', value: '', detail }) };
    }
    const from = at + entry.ai.length;
    const end = fieldEnd(data, from, entry);
    const value = data.slice(from, end);
    const error = found.add(entry, value);
    if (error) return { ok: false, error: explained(error, entry, value) };
    at = data[end] === GS ? end + 1 : end;
  }
  return { ok: true, elements: found.elements };
}

function explained(error: Gs1Error, entry: AiEntry, value: string): Gs1Error {
  const next = error.code === 'too-long' ? fusedWith(entry, value) : undefined;
  return next === undefined
    ? error
    : gs1Error('fused-fields', { field: fieldName(entry), value, detail: next }, entry.ai);
}

/** One `(AI)data` at a time; a `(` within data is written `\(`, as in GS1's own bracketed syntax. */
const BRACKETED = /\((\d{2,4})\)((?:\\\(|[^(])*)/y;

/**
 * Parses the bracketed form that people and labels write, like `(01)00359399114103(10)ABC123`.
 * Errors as for `parseElementString`, and `malformed-brackets`.
 */
export function parseBracketed(text: string): Gs1Result {
  const found = new Collector();
  const one = new RegExp(BRACKETED);
  while (one.lastIndex < text.length || text === '') {
    const match = one.exec(text);
    if (!match) {
      return { ok: false, error: gs1Error('malformed-brackets', { field: '', value: text }) };
    }
    const entry = findAi(match[1] ?? '');
    if (!entry) {
      const detail = `(${match[1]})`;
      return { ok: false, error: gs1Error('unknown-ai', { field: '', value: '', detail }) };
    }
    const error = found.add(entry, (match[2] ?? '').replaceAll('\\(', '('));
    if (error) return { ok: false, error };
  }
  return { ok: true, elements: found.elements };
}
