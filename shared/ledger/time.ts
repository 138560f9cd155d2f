/** Time in the ledger: RFC 3339 in UTC with milliseconds, `2026-11-21T18:03:11.482Z`. Texts sort as times do. */
import { LedgerError } from './errors.ts';

export type Time = string;

const SHAPE =
  /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** Text of a clock reading in ms since 1970; years 1 to 9999. */
export function formatTime(ms: number): Time {
  const date = new Date(ms);
  const text = Number.isNaN(date.getTime()) ? '' : date.toISOString();
  if (!SHAPE.test(text)) throw new RangeError('no such time');
  return text;
}

/** Milliseconds since 1970. Throws `parse` for any text that does not print back (29 February, leap seconds). */
export function parseTime(text: Time): number {
  if (!isTime(text))
    throw new LedgerError({ code: 'parse', message: 'The time is not RFC 3339 UTC with milliseconds.' });
  return Date.parse(text);
}

export function isTime(value: unknown): value is Time {
  if (typeof value !== 'string') return false;
  const shape = SHAPE.exec(value);
  if (shape === null) return false;
  // Up to the 28th the shape alone decides; beyond, the calendar has to print the day back.
  return Number(shape[1]) <= 28 || printsBack(value);
}

function printsBack(text: string): boolean {
  const ms = Date.parse(text);
  return !Number.isNaN(ms) && new Date(ms).toISOString() === text;
}
