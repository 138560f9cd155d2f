import type { Receipt } from '../../../shared/protocol/ledger.ts';
import { type Outcome, refused } from '../../../shared/protocol/outcome.ts';
import type { PinChange } from '../../../shared/protocol/people.ts';
import { type Context, deviceRow } from '../context.ts';
import type { KeyRow } from '../store/rows.ts';
import { afterEntry } from './ended.ts';
import { knownReceipt, ownEntry } from './own-entry.ts';
import { rewrapPerson } from './person.ts';
import { samePin, weaknessOf } from './pin.ts';
import { tryPin } from './prove.ts';
import { wrapInForce } from './wrap.ts';

/**
 * A PIN is changed by wrapping the keys anew beside the old wrap, under the id of the entry that will say so. Which
 * of the two is in force is for the log to say: until the entry is in it the old one, from then on the new one. So
 * there is one PIN at any moment, wherever the work is cut off.
 */
export async function changePin(context: Context, change: PinChange): Promise<Outcome<Receipt>> {
  const { entry: id, staff, pin, next } = change;
  const known = await knownReceipt(context, { id, staff, type: 'staff.pin-changed' });
  if (known) return known;
  const weakness = samePin(pin, next) ? 'This is the PIN that you have. Choose another.' : weaknessOf(next);
  if (weakness) return refused('weak-pin', weakness);
  const keys = await tryPin(context, staff, pin);
  if (!keys.ok) return keys;
  const [device, row] = await Promise.all([deviceRow(context.db), context.db.keys.get(keys.value.keyId)]);
  const wrap = device && row && (await rewrapPerson(row, { pin, next }, device.mixKey));
  if (!wrap) return OVERTAKEN;
  const doing = { id, type: 'staff.pin-changed' as const, body: { staff: { id: staff } } };
  const signed = await ownEntry(context, keys.value, doing);
  if (!signed.ok) return signed;
  const taken = await context.effects.locked(async () =>
    (await stage(context, row, { entry: id, ...wrap })) ? context.gate.appendHeld(signed.value) : OVERTAKEN,
  );
  if (taken.ok) await afterEntry(context, taken.value);
  return taken;
}

const OVERTAKEN = refused<Receipt>('busy', 'This PIN was changed in another tab meanwhile. Try again.');

/** Puts the new wrap beside the old one, where that still is the one that was opened. Called under the lock. */
async function stage(context: Context, opened: KeyRow, next: NonNullable<KeyRow['next']>): Promise<boolean> {
  const { db } = context;
  const stored = await db.keys.get(opened.keyId);
  const now = stored && (await wrapInForce(context, stored));
  if (!now || now.salt.join() !== opened.salt.join()) return false;
  await db.transaction('rw', db.keys, () => db.keys.put({ ...now, next }));
  return true;
}
