import { type Body, parseEntry } from '../../../shared/domain/entries.ts';
import { type Quantity, type Unit, unitText } from '../../../shared/domain/quantity.ts';
import { parseRecord } from '../../../shared/ledger/record.ts';
import type { CountLine, CountResult } from '../../../shared/protocol/views.ts';

/** What is shown of a sealed count. The book's figures stay away from whoever still has to count again. */

export type ResultLine =
  | { container: string; number: string; product: string; counted: Quantity; unit: Unit; found: 'agrees' }
  | { container: string; number: string; product: string; counted: Quantity; unit: Unit; found: 'differs' }
  | {
      container: string;
      number: string;
      product: string;
      counted: Quantity;
      unit: Unit;
      found: 'shown';
      expected: Quantity;
      difference: Quantity;
      discrepancy?: string;
    };

export type SealedCount = {
  entryId: string;
  /** The count that is repeated next, when something differs and has not been counted again. */
  next: 'done' | 'recount' | 'discrepancy';
  lines: readonly ResultLine[];
};

/**
 * Reads a count's result for the screen. After a first count, a line that differs says only that it does, so
 * that the recount is as blind as the count; after a recount, or when the person will not count again
 * (`reveal`), it says by how much.
 */
export function sealedCount(result: CountResult, { reveal }: { reveal: boolean }): SealedCount {
  const open = result.lines.filter((line) => !line.agrees && line.discrepancy === undefined);
  const lines = result.lines.map((line): ResultLine => {
    const { container, number, product, counted, unit, expected, difference, discrepancy } = line;
    const common = { container, number, product, counted, unit };
    if (line.agrees) return { ...common, found: 'agrees' };
    if (!reveal) return { ...common, found: 'differs' };
    return { ...common, found: 'shown', expected, difference, ...(discrepancy ? { discrepancy } : {}) };
  });
  return {
    entryId: result.entryId,
    next: open.length === 0 ? 'done' : reveal ? 'discrepancy' : 'recount',
    lines,
  };
}

/** The lines of the sheet that a recount takes up. */
export function linesToRecount(sheet: readonly CountLine[], sealed: SealedCount): CountLine[] {
  const differing = new Set(sealed.lines.filter((l) => l.found !== 'agrees').map((l) => l.container));
  return sheet.filter((line) => differing.has(line.id));
}

/** The body of the entry that opens a discrepancy over a line of a sealed count. */
export function discrepancyBody(
  line: Extract<ResultLine, { found: 'shown' }>,
  of: { discrepancy: string; count: string; note: string },
): Body<'discrepancy.opened'> {
  const { container, expected, counted, difference, unit } = line;
  const note = of.note.trim();
  return {
    ...{ discrepancy: of.discrepancy, container, count: of.count },
    ...{ expected, counted, difference, unit },
    ...(note === '' ? {} : { note }),
  };
}

/** "0.4 mL less than the book" or "2 tablets more than the book". */
export function differenceInWords(difference: Quantity, unit: Unit): string {
  const less = difference.startsWith('-');
  const amount = less ? difference.slice(1) : difference;
  return `${amount} ${unitText(unit, amount)} ${less ? 'less' : 'more'} than the book`;
}

/** "3 agree, 1 does not." */
export function summaryOf(sealed: SealedCount): string {
  const agree = sealed.lines.filter((line) => line.found === 'agrees').length;
  const differ = sealed.lines.length - agree;
  if (differ === 0) return agree === 1 ? 'It agrees with the book.' : `All ${agree} agree with the book.`;
  const verb = differ === 1 ? 'does' : 'do';
  if (agree === 0)
    return differ === 1 ? 'It does not agree with the book.' : `None of the ${differ} agree with the book.`;
  return `${agree} ${agree === 1 ? 'agrees' : 'agree'} with the book, ${differ} ${verb} not.`;
}

/**
 * What has to be known of a sealed count to go on with it, from its record; `undefined` for a record that is no
 * count. A count that was itself a recount may show its figures.
 */
export function readSealed(
  line: string,
): { session: string; kind: Body<'count'>['kind']; reveal: boolean } | undefined {
  const read = parseEntry(parseRecord(line).record.entry);
  if (!read.ok || read.entry.type !== 'count') return undefined;
  const { session, kind, recounts } = read.entry.body;
  return { session, kind, reveal: recounts !== undefined };
}
