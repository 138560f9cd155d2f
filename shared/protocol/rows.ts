import * as v from 'valibot';
import type { Treatments } from '../domain/reconcile/types.ts';
import { FIELD_LIMITS, plainLine } from './page-text.ts';

/** The treatments that a page lists, as it has them: hostile text, cut and plain, shown as the page's word. */

/** Rows taken of one page at most: a day's treatments are tens. */
export const MOST_ROWS = 500;

const field = (max: number) =>
  v.exactOptional(
    v.pipe(
      v.string(),
      v.maxLength(max),
      v.check((text) => plainLine(text, max) === text, 'one plain line'),
    ),
  );
const index = v.pipe(v.number(), v.integer(), v.minValue(1));
const row = v.strictObject({
  drug: v.pipe(
    v.string(),
    v.minLength(1),
    v.check((text) => plainLine(text, FIELD_LIMITS.drug) === text, 'one plain line'),
  ),
  date: field(40),
  patient: field(FIELD_LIMITS.patient),
  recordNumber: field(FIELD_LIMITS.recordNumber),
  quantity: field(FIELD_LIMITS.dose),
  unit: field(20),
  by: field(120),
  index: v.exactOptional(index),
});
export const treatments: v.GenericSchema<unknown, Treatments> = v.strictObject({
  rows: v.pipe(v.array(row), v.maxLength(MOST_ROWS)),
  more: v.boolean(),
  drawn: v.exactOptional(
    v.strictObject({ of: index, indexes: v.pipe(v.array(index), v.maxLength(MOST_ROWS)) }),
  ),
});

/** What a page lists, or `null` for anything that is not that. */
export function parseTreatments(message: unknown): Treatments | null {
  const result = v.safeParse(treatments, message);
  return result.success ? result.output : null;
}
