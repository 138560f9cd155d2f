import { subjectOf } from '../../../shared/domain/effects.ts';
import type { EntryType } from '../../../shared/domain/entries.ts';
import { KEY_ENTRY_TYPES } from '../../../shared/ledger/keys.ts';
import type { Receipt } from '../../../shared/protocol/ledger.ts';
import type { Context } from '../context.ts';
import { readStored } from '../gate/read-record.ts';
import type { LedgerDatabase } from '../store/database.ts';
import { clearAttempts } from './lockout.ts';
import type { Sessions } from './sessions.ts';
import { tidyKeys } from './tidy.ts';

/** What an entry about keys and PINs means for what is kept of them here. */

/** After these, whatever the person had open is over, in every tab. */
const ENDING: readonly EntryType[] = [
  'staff.disabled',
  'staff.key-rotated',
  'staff.key-removed',
  'staff.pin-changed',
];

/** Ends the sessions of the person that a record is about. What cannot be read ends them all. */
export async function endSessions(
  { db, sessions }: { db: LedgerDatabase; sessions: Sessions },
  { seq, type }: { seq: number; type: EntryType },
): Promise<void> {
  if (!ENDING.includes(type)) return;
  const row = db.isOpen() ? await db.records.get(seq).catch(() => undefined) : undefined;
  const entry = row && readStored(row)?.fold.entry;
  const staff = entry && subjectOf(entry);
  if (staff === undefined) sessions.endAll();
  // Somebody who gives up the key on their phone goes on working here.
  else sessions.endOf(staff, entry?.type === 'staff.key-removed' ? entry.body.revokes : undefined);
}

/** Once an entry of this tab is in: sessions, lock-outs and stored keys follow it. Never rejects. */
export async function afterEntry(context: Context, { seq }: Receipt): Promise<void> {
  const { db } = context;
  try {
    const row = await db.records.get(seq);
    if (!row || !(KEY_ENTRY_TYPES.includes(row.type) || ENDING.includes(row.type))) return;
    await endSessions(context, row);
    const entry = readStored(row)?.fold.entry;
    const staff = entry && subjectOf(entry);
    // Whoever has got a new key has nothing left to guess at.
    if (row.type === 'staff.key-rotated' && staff !== undefined) await clearAttempts(db, staff);
    await tidyKeys(context);
  } catch {
    // The entry stands. What is left over is tidied when the ledger is next opened.
  }
}
