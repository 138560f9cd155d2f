import { keyFor } from '../../../shared/ledger/keys.ts';
import type { Context } from '../context.ts';
import type { Projection } from '../gate/projection.ts';
import type { KeyRow } from '../store/rows.ts';
import { wrapInForce } from './wrap.ts';

/** A key that nobody has brought in for this long belongs to a form that was given up. */
const PREPARED_MS = 86_400_000;

/**
 * Throws away the stored keys that the log has ended, and those that were made for a form and never brought in.
 * Under the lock of the gate: nothing is half-way through a change meanwhile.
 */
export async function tidyKeys(context: Context): Promise<void> {
  const { db, effects, projection, now } = context;
  await effects.locked(async () => {
    const here = await projection.catchUp();
    if (here.state.seq < 0) return;
    for (const row of await db.keys.toArray()) {
      if (isOver(here, row, now())) await drop(context, row);
      else await settle(context, here, row);
    }
  });
}

function isOver({ state, registry }: Projection, row: KeyRow, now: number): boolean {
  const answer = keyFor(registry, row.staff, row.keyId, state.seq + 1, 'performer');
  // By the log's time: a clock that is wrong for a minute must not cost anybody their key.
  if (answer.ok) return (state.staff[row.staff]?.until ?? state.recorded) < state.recorded;
  if (answer.code === 'revoked-key') return true;
  // Without the mark it was brought in once, by a record that cannot be read now.
  return row.prepared !== undefined && now - row.prepared > PREPARED_MS && !isProposed({ state }, row);
}

const isProposed = ({ state }: Pick<Projection, 'state'>, { publicKey }: KeyRow): boolean =>
  Object.values(state.proposals).some(
    ({ act: { body } }) => 'staff' in body && 'publicKey' in body.staff && body.staff.publicKey === publicKey,
  );

/** A row whose key is in the log bears no mark, and one wrap: here, no change of a PIN is under way. */
async function settle(context: Context, { state, registry }: Projection, row: KeyRow): Promise<void> {
  const { db } = context;
  const enrolled = keyFor(registry, row.staff, row.keyId, state.seq + 1, 'performer').ok;
  if (row.next === undefined && !(enrolled && row.prepared !== undefined)) return;
  const { next: _, prepared, ...kept } = await wrapInForce(context, row);
  const mark = enrolled || prepared === undefined ? {} : { prepared };
  await db.transaction('rw', db.keys, () => db.keys.put({ ...kept, ...mark }));
}

/** The last copy of the vault's key stays, whosever it was: without it every patient's name would be lost. */
async function drop({ db }: Context, { keyId }: KeyRow): Promise<void> {
  await db.transaction('rw', db.keys, db.vaultKeys, async () => {
    const shared = await db.vaultKeys.toCollection().primaryKeys();
    if (shared.length === 1 && shared[0] === keyId) return;
    await db.keys.delete(keyId);
    await db.vaultKeys.delete(keyId);
  });
}
