import * as v from 'valibot';
import { isQuantity, UNITS } from '../domain/quantity.ts';
import type { RecordedDraw, SaidPatient } from '../domain/reconcile/types.ts';
import { id, time } from '../domain/schema.ts';
import { SIGNER_NAME } from '../domain/state.ts';

/**
 * A page's treatments held against the ledger: the question and its answer. The question carries the patients that the
 * page shows; the answer says of each draw which of *those* it was for, and never a name. So nothing is told that whoever
 * asks does not have on the screen already, and nobody has to sign in to compare.
 */

/** The longest stretch of time that is asked about, in milliseconds: a month with its two ends. */
export const LONGEST_MS = 33 * 86_400_000;
/** Patients in one question; draws in one answer. */
export const RECORDED_LIMITS = { patients: 500, draws: 2_000 } as const;

const optional = v.exactOptional;
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const amount = v.pipe(text(20), v.check(isQuantity));

export const recordedQuery = v.pipe(
  v.strictObject({
    /** When it happened: first and last moment, UTC. */
    from: time,
    to: time,
    patients: v.pipe(
      v.array(v.strictObject({ name: optional(text(120)), recordNumber: optional(text(60)) })),
      v.maxLength(RECORDED_LIMITS.patients),
    ),
  }),
  v.check(({ from, to }) => {
    const span = Date.parse(to) - Date.parse(from);
    return span >= 0 && span <= LONGEST_MS;
  }, 'a month at the most'),
);
export type RecordedQuery = { from: string; to: string; patients: readonly SaidPatient[] };

const recordedDraw = v.strictObject({
  entryId: id,
  seq: count,
  at: time,
  recorded: time,
  byName: text(SIGNER_NAME),
  number: text(20),
  product: id,
  unit: v.picklist(UNITS),
  drawn: amount,
  given: amount,
  patients: v.pipe(
    v.array(v.strictObject({ index: count, by: v.picklist(['number', 'name']) })),
    v.maxLength(RECORDED_LIMITS.patients),
  ),
  patient: v.picklist(['comparable', 'unknown', 'none']),
});

/** Draws that stand, oldest first. `all` is false where there are more than one answer holds. */
export const recordedAnswer = v.strictObject({
  draws: v.pipe(v.array(recordedDraw), v.maxLength(RECORDED_LIMITS.draws)),
  all: v.boolean(),
});
export type RecordedAnswer = { draws: RecordedDraw[]; all: boolean };

/** What is open, as numbers for a badge: nothing in it says what or for whom. */
export const openWork = v.strictObject({
  /** Entry ids of the drafts: the extension has some of the same ones itself. */
  drafts: v.pipe(v.array(id), v.maxLength(1000)),
  witnessPending: count,
  overdue: count,
});
export type OpenWork = v.InferOutput<typeof openWork>;
