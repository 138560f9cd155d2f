import type { ScanResult } from '../../../shared/codes/scan-result.ts';
import type { Body, CountMethod } from '../../../shared/domain/entries.ts';
import { readTypedQuantity } from '../../../shared/domain/quantity.ts';
import type { Schedule } from '../../../shared/domain/schema.ts';
import type { CountLine } from '../../../shared/protocol/views.ts';

/**
 * A blind count as it is being taken. Nothing in here knows what should be there: it is made from the count
 * sheet alone, and what the book says is asked for after the count is sealed.
 */

export type CountKind = Body<'count'>['kind'];
export type Scope =
  | { kind: 'all' }
  | { kind: 'product'; key: string }
  | { kind: 'spot'; ids: readonly string[] };

export type CountRow = { line: CountLine; typed: string; method: CountMethod };
export type CountTaking = {
  /** Made once, kept across retries. */
  entryId: string;
  session: string;
  kind: CountKind;
  recounts?: string;
  rows: readonly CountRow[];
};

export const METHODS: readonly { value: CountMethod; label: string; hint: string }[] = [
  { value: 'measured', label: 'Measured', hint: 'drawn up or read off a graduation' },
  { value: 'counted', label: 'Counted', hint: 'one by one' },
  { value: 'weighed', label: 'Weighed', hint: 'on a scale, less the empty container' },
  { value: 'estimated', label: 'Estimated', hint: 'held against the light or a full one' },
];

export const KINDS: readonly { value: CountKind; label: string }[] = [
  { value: 'spot', label: 'Spot check' },
  { value: 'shift', label: 'End of shift' },
  { value: 'cycle', label: 'Cycle count' },
  { value: 'month-end', label: 'Month end' },
];

/** A count entry takes at most this many lines. */
export const MAX_LINES = 500;

/** Products on the sheet, as a person would tell them apart, with how many containers each has. */
export function productsOf(sheet: readonly CountLine[]) {
  const groups = new Map<
    string,
    { key: string; name: string; strength?: string; schedule: Schedule; containers: number }
  >();
  for (const line of inCabinetOrder(sheet)) {
    const key = productKey(line);
    const group = groups.get(key);
    if (group) group.containers += 1;
    else {
      const { product: name, strength, schedule } = line;
      groups.set(key, {
        key,
        name,
        schedule,
        containers: 1,
        ...(strength === undefined ? {} : { strength }),
      });
    }
  }
  return [...groups.values()];
}

const productKey = (line: CountLine) =>
  `${line.schedule}|${line.product}|${line.strength ?? ''}|${line.form}`;

const SCHEDULE_ORDER = ['II', 'III', 'IV', 'V'];

/** The order in which a cabinet is gone through: by schedule, product, then the clinic's own number. */
export function inCabinetOrder(sheet: readonly CountLine[]): CountLine[] {
  return [...sheet].sort(
    (a, b) =>
      SCHEDULE_ORDER.indexOf(a.schedule) - SCHEDULE_ORDER.indexOf(b.schedule) ||
      a.product.localeCompare(b.product) ||
      a.number.localeCompare(b.number, undefined, { numeric: true }),
  );
}

/** The lines of the sheet that a choice takes in. */
export function linesFor(sheet: readonly CountLine[], scope: Scope): CountLine[] {
  const ordered = inCabinetOrder(sheet);
  switch (scope.kind) {
    case 'all':
      return ordered;
    case 'product':
      return ordered.filter((line) => productKey(line) === scope.key);
    case 'spot':
      return ordered.filter((line) => scope.ids.includes(line.id));
  }
}

/** How this form is usually counted: liquids are measured, powders weighed, the rest counted. */
function usualMethod(form: CountLine['form']): CountMethod {
  if (form === 'injection' || form === 'oral-liquid') return 'measured';
  return form === 'powder' ? 'weighed' : 'counted';
}

/** Starts a count of these lines with nothing filled in. */
export function startTaking(
  lines: readonly CountLine[],
  of: { entryId: string; session: string; kind: CountKind; recounts?: string },
): CountTaking {
  return { ...of, rows: lines.map((line) => ({ line, typed: '', method: usualMethod(line.form) })) };
}

/** The taking with one row changed. */
export function changeRow(
  taking: CountTaking,
  container: string,
  change: Partial<Pick<CountRow, 'typed' | 'method'>>,
): CountTaking {
  return {
    ...taking,
    rows: taking.rows.map((row) => (row.line.id === container ? { ...row, ...change } : row)),
  };
}

/** Leaves containers out of the count, for another time. */
export function leaveOut(taking: CountTaking, containers: readonly string[]): CountTaking {
  return { ...taking, rows: taking.rows.filter((row) => !containers.includes(row.line.id)) };
}

export const hasTyped = (taking: CountTaking): boolean => taking.rows.some((row) => row.typed.trim() !== '');

export function progressOf(taking: CountTaking): { done: number; of: number } {
  const done = taking.rows.filter((row) => readTypedQuantity(row.typed, { allowZero: true }).ok).length;
  return { done, of: taking.rows.length };
}

/** What is wrong with what was typed in a row; `undefined` for a good one and for one still empty. */
export function problemOf(row: CountRow): string | undefined {
  if (row.typed.trim() === '') return undefined;
  const read = readTypedQuantity(row.typed, { allowZero: true });
  return read.ok ? undefined : read.message;
}

export type SealBody =
  | { ok: true; body: Body<'count'> }
  | { ok: false; empty: readonly CountRow[]; wrong: readonly CountRow[]; message: string };

/** The body of the count entry, or what keeps it from being sealed, as a sentence. */
export function bodyOf(taking: CountTaking): SealBody {
  const empty = taking.rows.filter((row) => row.typed.trim() === '');
  const wrong = taking.rows.filter((row) => problemOf(row) !== undefined);
  const refuse = (message: string): SealBody => ({ ok: false, empty, wrong, message });
  if (taking.rows.length === 0) return refuse('There is nothing in this count. Choose what to count.');
  if (taking.rows.length > MAX_LINES) {
    return refuse(`One count takes at most ${MAX_LINES} containers. Count one product at a time.`);
  }
  if (wrong.length > 0) {
    const [first] = wrong;
    return refuse(`Number ${first!.line.number}: ${problemOf(first!)}`);
  }
  if (empty.length > 0) return refuse(emptySentence(empty));
  const lines: Body<'count'>['lines'] = [];
  for (const { line, typed, method } of taking.rows) {
    const read = readTypedQuantity(typed, { allowZero: true });
    if (read.ok) lines.push({ container: line.id, counted: read.quantity, unit: line.unit, method });
  }
  const { session, kind, recounts } = taking;
  return { ok: true, body: { session, kind, lines, ...(recounts === undefined ? {} : { recounts }) } };
}

function emptySentence(empty: readonly CountRow[]): string {
  const numbers = empty.slice(0, 5).map((row) => row.line.number);
  const more = empty.length - numbers.length;
  const list = more > 0 ? `${numbers.join(', ')} and ${more} more` : numbers.join(', ');
  return `Nothing is typed yet for ${list}. Type 0 for a container that is empty or not there, or leave it out of this count.`;
}

export type Found =
  | { kind: 'one'; container: string }
  | { kind: 'several'; containers: readonly string[]; message: string }
  | { kind: 'none'; message: string };

/**
 * The row that a scan or a typed number means. A serial names one container; a GTIN with a lot may name
 * several of the same box, and then the number on the container decides.
 */
export function findRow(taking: CountTaking, scan: ScanResult): Found {
  const lines = taking.rows.map((row) => row.line);
  const typed = scan.text.trim();
  const byNumber = lines.filter((line) => line.number.toLowerCase() === typed.toLowerCase());
  if (byNumber.length === 0 && scan.kind === 'bad') return { kind: 'none', message: scan.message };
  const hits = byNumber.length > 0 ? byNumber : matching(lines, scan);
  const [first] = hits;
  if (first === undefined) {
    return { kind: 'none', message: `"${shorten(typed)}" is not in this count. ${whatToDo(scan)}` };
  }
  if (hits.length === 1) return { kind: 'one', container: first.id };
  const numbers = hits.map((line) => line.number).join(', ');
  return {
    kind: 'several',
    containers: hits.map((line) => line.id),
    message: `That label is on ${hits.length} containers of this count (${numbers}). Type the number written on the one in your hand.`,
  };
}

function matching(lines: readonly CountLine[], scan: ScanResult): CountLine[] {
  if (scan.kind === 'gtin') return lines.filter((line) => line.gtin === scan.gtin);
  if (scan.kind !== 'gs1') return [];
  const { gtin, serial, lot } = scan;
  if (gtin === undefined) return [];
  const ofLot = lines.filter((line) => line.gtin === gtin && (lot === undefined || line.lot === lot));
  const exact = ofLot.filter((line) => serial !== undefined && line.serial === serial);
  if (exact.length > 0) return exact;
  return ofLot.filter((line) => serial === undefined || line.serial === undefined);
}

const whatToDo = (scan: ScanResult) =>
  scan.kind === 'text' || scan.kind === 'ndc'
    ? 'Type the number written on the container, or check that it was received.'
    : 'Check that this container was received, or type the number written on it.';

const shorten = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** The row to go to after this one: the next that is still empty, round to the start. */
export function nextEmpty(taking: CountTaking, after: string | undefined): string | undefined {
  const { rows } = taking;
  const from = rows.findIndex((row) => row.line.id === after) + 1;
  const turned = [...rows.slice(from), ...rows.slice(0, from)];
  return turned.find((row) => row.typed.trim() === '' && row.line.id !== after)?.line.id;
}
