import { unitText } from '../../shared/domain/quantity.ts';
import type { Receipt } from '../../shared/protocol/ledger.ts';
import { plainLine } from '../../shared/protocol/page-text.ts';
import type { ActFacts } from '../../shared/ui/capture/facts.ts';
import { receiptLine } from '../../shared/ui/capture/ReceiptView.tsx';
import { shortHash, timeText } from '../../shared/ui/format.ts';

/** The line about a capture for somebody else's record: the standard one, or the clinic's own template. */

/** Longest line, in characters; the wire to the page takes no longer one. */
export const NOTE_LIMIT = 300;
export const TEMPLATE_LIMIT = 300;

export const PLACEHOLDERS = [
  'drug',
  'amount',
  'unit',
  'patient',
  'container',
  'waste',
  'witness',
  'time',
  'record',
] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];
const isPlaceholder = (name: string): name is Placeholder => PLACEHOLDERS.some((known) => known === name);

/** Text and values, or a part in square brackets that is left out where one of its values is missing. */
type Part =
  | { kind: 'text'; text: string }
  | { kind: 'value'; name: Placeholder }
  | { kind: 'part'; parts: Part[] };
export type Template = { ok: true; parts: readonly Part[] } | { ok: false; message: string };

/**
 * Reads a template: plain text, `{placeholder}`, and `[parts]` that are left out where a value in them is missing. The
 * message says what is wrong with it.
 */
export function readTemplate(text: string): Template {
  if (text.length > TEMPLATE_LIMIT) return wrong(`The line is longer than ${TEMPLATE_LIMIT} characters.`);
  if (plainLine(text, TEMPLATE_LIMIT) !== text.trim().replace(/\s+/g, ' '))
    return wrong('The line is empty, or has characters that are no plain text.');
  const outer: Part[] = [];
  let inner: Part[] | null = null;
  for (const [token] of text.matchAll(/\{[^{}[\]]*\}|[[\]{}]|[^[\]{}]+/g)) {
    const into = inner ?? outer;
    if (token === '[') {
      if (inner) return wrong('A part in square brackets cannot stand in another one.');
      inner = [];
    } else if (token === ']') {
      if (!inner) return wrong('A square bracket is closed that was not opened.');
      outer.push({ kind: 'part', parts: inner });
      inner = null;
    } else if (token === '{' || token === '}') {
      return wrong('A brace stands alone. Placeholders look like {drug}.');
    } else if (token.startsWith('{')) {
      const name = token.slice(1, -1).trim();
      if (!isPlaceholder(name))
        return wrong(`{${name}} is not known. Known are ${PLACEHOLDERS.map((p) => `{${p}}`).join(' ')}.`);
      into.push({ kind: 'value', name });
    } else into.push({ kind: 'text', text: token });
  }
  if (inner) return wrong('A square bracket is not closed.');
  return { ok: true, parts: outer };
}

const wrong = (message: string): Template => ({ ok: false, message });

/** The line of a template for a capture, plain and cut to length. A value that is missing outside of brackets is left out. */
export function renderTemplate(
  parts: readonly Part[],
  facts: ActFacts,
  receipts: readonly Receipt[],
): string {
  const values = valuesOf(facts, receipts);
  const text = (part: Part): string => {
    if (part.kind === 'text') return part.text;
    if (part.kind === 'value') return values[part.name] ?? '';
    const whole = part.parts.every((inner) => inner.kind !== 'value' || values[inner.name] !== undefined);
    return whole ? part.parts.map(text).join('') : '';
  };
  return plainLine(parts.map(text).join(''), NOTE_LIMIT) ?? '';
}

function valuesOf(
  facts: ActFacts,
  receipts: readonly Receipt[],
): { [P in Placeholder]?: string | undefined } {
  const { drug, amount, unit, patient, container, waste, witness, at } = facts;
  const recorded = receipts[0]?.recorded;
  return {
    ...{ drug, patient, container, witness, amount },
    unit: unit && unitText(unit, amount ?? waste ?? '0'),
    waste: waste && unit && `${waste} ${unitText(unit, waste)}`,
    time: at || recorded ? timeText(at ?? recorded ?? '') : undefined,
    record:
      receipts.length > 0
        ? receipts.map(({ seq, hash }) => `no. ${seq} ${shortHash(hash)}`).join(', ')
        : undefined,
  };
}

/** One line for all receipts of a capture. It names no person and no drug: it is for somebody else's record. */
export const standardLine = (receipts: readonly Receipt[]): string =>
  plainLine(receipts.map(receiptLine).join('; '), NOTE_LIMIT) ?? '';

/** The line of a capture: by the clinic's template where there is a good one. */
export function noteLine(template: string, facts: ActFacts, receipts: readonly Receipt[]): string {
  const read = template === '' ? null : readTemplate(template);
  const line = read?.ok ? renderTemplate(read.parts, facts, receipts) : '';
  return line || standardLine(receipts);
}

const KEY = 'noteTemplate';

/** The clinic's template; empty for the standard line. */
export async function keptTemplate(): Promise<string> {
  const { [KEY]: kept } = await chrome.storage.local.get(KEY);
  return typeof kept === 'string' && readTemplate(kept).ok ? kept : '';
}

export const keepTemplate = (template: string): Promise<void> =>
  chrome.storage.local.set({ [KEY]: template });
