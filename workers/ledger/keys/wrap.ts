import type { Context } from '../context.ts';
import type { KeyRow } from '../store/rows.ts';

/** The row with the wrap that the log says is in force; keeps it so, where that is the new one. */
export async function wrapInForce({ db, effects }: Context, row: KeyRow): Promise<KeyRow> {
  const { next, ...old } = row;
  if (!next || !(await effects.store.byEntry(next.entry))) return row;
  const { entry, ...wrap } = next;
  const changed: KeyRow = { ...old, ...wrap };
  await db.transaction('rw', db.keys, async () => {
    // Another tab may have done the same, and even begun the next change.
    const stored = await db.keys.get(row.keyId);
    if (stored?.next?.entry === entry) await db.keys.put(changed);
  });
  return changed;
}
