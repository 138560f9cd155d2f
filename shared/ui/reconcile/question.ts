import type { JudgedRow } from '../../domain/reconcile/hold.ts';
import { matchProduct } from '../../domain/reconcile/product.ts';
import type { Stocked, TreatmentRow } from '../../domain/reconcile/types.ts';
import { readWhen, type Span } from '../../domain/reconcile/when.ts';
import { LONGEST_MS, type RecordedQuery } from '../../protocol/recorded.ts';

/** Records may lie this far before or after what a page says, as `holdRows` has it. */
const AROUND_MS = 12 * 3_600_000;

/** Rows with the patient of the page where a row names none: an invoice is one patient's. */
export const withPatient = (
  rows: readonly TreatmentRow[],
  page: { patient?: string; recordNumber?: string },
): TreatmentRow[] =>
  rows.map((row) =>
    row.patient === undefined && row.recordNumber === undefined
      ? {
          ...row,
          ...(page.patient === undefined ? {} : { patient: page.patient }),
          ...(page.recordNumber === undefined ? {} : { recordNumber: page.recordNumber }),
        }
      : row,
  );

/** True where some row has a time and no date, so that somebody has to say which day the page is of. */
export const needsDay = (rows: readonly TreatmentRow[]): boolean =>
  rows.some(({ date }) => readWhen(date, '2001-01-01')?.from !== readWhen(date, '2002-02-02')?.from);

/**
 * What the ledger is asked for the rows of a page that may be its own: the time that they span, a month at the most
 * counted from the latest, and their patients by their place. `null` where no row is of any product.
 */
export function questionOf(
  rows: readonly TreatmentRow[],
  products: readonly Stocked[],
  day: string,
): RecordedQuery | null {
  const ours = rows.filter((row) => matchProduct(row, products).sure !== 'aside');
  const spans = ours.flatMap((row): Span[] => {
    const span = readWhen(row.date, day) ?? readWhen(undefined, day);
    return span ? [span] : [];
  });
  if (spans.length === 0) return null;
  const to = Math.max(...spans.map((span) => span.to)) + AROUND_MS;
  const from = Math.max(Math.min(...spans.map((span) => span.from)) - AROUND_MS, to - LONGEST_MS);
  return {
    ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    patients: rows.map(({ patient, recordNumber }) => ({
      ...(patient === undefined ? {} : { name: patient }),
      ...(recordNumber === undefined ? {} : { recordNumber }),
    })),
  };
}

/** Rows from before what the ledger was asked about are nobody's to judge. */
export function beyondQuestion<P extends Stocked>(judged: JudgedRow<P>, query: RecordedQuery): JudgedRow<P> {
  const before = judged.span !== null && judged.span.from < Date.parse(query.from);
  if (!before || judged.verdict.kind === 'aside') return judged;
  return {
    ...judged,
    verdict: { kind: 'unsure', why: 'More than a month before the last row: check it by itself.' },
  };
}
