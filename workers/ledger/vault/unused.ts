import { formatTime } from '../../../shared/ledger/time.ts';
import type { Context } from '../context.ts';
import { firstSince } from './erasure.ts';
import { drawsIn, namedDraws } from './patients.ts';

/**
 * How long a patient stays in the vault whom no record names: somebody was about to record a draw and did not. 30 days
 * are longer than any draft is left lying, and than an extension's outbox waits for its ledger.
 */
export const UNUSED_KEPT_MS = 30 * 86_400_000;

/** Deletes patients that were kept more than 30 days ago and that no record names. Each is looked at once. */
export async function forgetUnused({ db, now }: Context): Promise<void> {
  const row = await db.meta.get('unused');
  const from = row?.key === 'unused' ? row.upTo : '';
  const upTo = idOf(now() - UNUSED_KEPT_MS);
  if (from >= upTo) return;
  const old = await db.vault.where('ref').between(from, upTo, true, false).primaryKeys();
  const first = old[0];
  if (first !== undefined) {
    // What is kept at some time is recorded at that time or later.
    const draws = await drawsIn(db, await firstSince(db, timeOf(first)), Number.MAX_SAFE_INTEGER);
    const named = new Set(namedDraws(draws).map(({ ref }) => ref));
    await db.vault.bulkDelete(old.filter((ref) => !named.has(ref)));
  }
  await db.meta.put({ key: 'unused', upTo });
}

/** The least reference of a moment, and the moment of a reference: a UUIDv7 begins with its milliseconds. */
const idOf = (ms: number): string => {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
};
const timeOf = (id: string): string =>
  formatTime(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) - CLOCK_SLACK_MS);

/** The clock may have been set back between the two; the record is looked for from a day before. */
const CLOCK_SLACK_MS = 86_400_000;
