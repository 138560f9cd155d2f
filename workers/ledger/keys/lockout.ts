import type { LedgerDatabase } from '../store/database.ts';

/** Wrong PINs are free this often; every further one shuts the person out for longer. */
const FREE_TRIES = 3;
const FIRST_LOCK_MS = 30_000;
const LONGEST_LOCK_MS = 15 * 60_000;

/** How long a person is shut out after so many wrong PINs in a row, in milliseconds. */
export function lockFor(wrong: number): number {
  return wrong < FREE_TRIES ? 0 : Math.min(FIRST_LOCK_MS * 2 ** (wrong - FREE_TRIES), LONGEST_LOCK_MS);
}

export type Attempt = { allowed: true; wrong: number; until: number } | { allowed: false; until: number };

/**
 * Counts an attempt *before* the PIN is tried, and stores the lock that a wrong one brings: killing the page
 * in the middle of a try, or trying in several tabs at once, gains nothing.
 */
export function beginAttempt(db: LedgerDatabase, staff: string, now: number): Promise<Attempt> {
  return db.transaction('rw', db.lockouts, async (): Promise<Attempt> => {
    const row = (await db.lockouts.get(staff)) ?? { staff, wrong: 0, until: 0 };
    // A clock that was set back must not shut anybody out for longer than the longest lock.
    const until = Math.min(row.until, now + LONGEST_LOCK_MS);
    if (until > now) return { allowed: false, until };
    const wrong = row.wrong + 1;
    const lock = lockFor(wrong);
    const next = { staff, wrong, until: lock === 0 ? 0 : now + lock };
    await db.lockouts.put(next);
    return { allowed: true, wrong, until: next.until };
  });
}

export async function clearAttempts(db: LedgerDatabase, staff: string): Promise<void> {
  await db.lockouts.delete(staff);
}

/** When a locked-out person may try again, in milliseconds since 1970; `null` when they may now. */
export async function lockedUntil(db: LedgerDatabase, staff: string, now: number): Promise<number | null> {
  const until = Math.min((await db.lockouts.get(staff))?.until ?? 0, now + LONGEST_LOCK_MS);
  return until > now ? until : null;
}

/** What somebody is told who is shut out for so many milliseconds. */
export function lockedSentence(leftMs: number): string {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `Too many wrong PINs: wait ${wait} and try again.`;
}
