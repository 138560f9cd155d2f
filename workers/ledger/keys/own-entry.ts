import { parseEntry, type TypedBody } from '../../../shared/domain/entries.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { AppendInput, Receipt } from '../../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../../shared/protocol/outcome.ts';
import type { Context } from '../context.ts';
import { readStored } from '../gate/read-record.ts';
import { receiptOf } from '../gate/steps.ts';
import type { OpenKeys } from './person.ts';
import { signEntry } from './sign.ts';

/** Entries about a person's own key and PIN: the worker makes and signs them itself, together with the keys. */

/** An entry on the present head, signed by the person alone. */
export async function ownEntry(
  { effects, sha, now }: Context,
  keys: OpenKeys,
  { id, ...doing }: TypedBody & { id: string },
): Promise<Outcome<AppendInput>> {
  const head = await effects.store.head();
  if (!head) return refused('not-started', 'Start a ledger first.');
  const at = formatTime(now());
  const parsed = parseEntry({ id, at, after: head.hash, by: keys.staff, ...doing });
  if (!parsed.ok) return refused('schema', `${parsed.where}: ${parsed.message}`);
  const { entry } = parsed;
  const signed = await signEntry(sha, entry, { key: keys, as: 'performer', at, ledger: head.ledger });
  return done({ entry, signatures: [signed] });
}

/** The answer to a retry of what the log holds already; `null` where the id is new. */
export async function knownReceipt(
  { effects }: Context,
  { id, type, staff }: { id: string; type: TypedBody['type']; staff: string },
): Promise<Outcome<Receipt> | null> {
  const row = await effects.store.byEntry(id);
  if (!row) return null;
  const entry = readStored(row)?.fold.entry;
  if (entry?.type === type && entry.by === staff) return done(receiptOf(row));
  return refused(
    'duplicate-id',
    'Another entry was saved under this id. Close the form and fill it in again.',
  );
}
