import type { ErasurePlan } from '../../../shared/protocol/vault.ts';

/** What the screen of patients' names says in words, and reads from what was typed. */

/** `1 patient`, `1,204 patients`. */
export const patientsText = (count: number): string =>
  count === 1 ? '1 patient' : `${count.toLocaleString('en')} patients`;

/** The first moment of a day of this device, in UTC as records are (RFC 3339); null for what is no day. */
export function startOfDay(day: string): string | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const at = new Date(`${day}T00:00:00`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** Why nothing can be erased before that day, or null. */
export function whyNotBefore(before: string | null, { latest, years }: ErasurePlan): string | null {
  if (before === null) return 'Choose a day.';
  return before > latest
    ? `The policy keeps records for ${years} years. Choose a day that is longer ago.`
    : null;
}
