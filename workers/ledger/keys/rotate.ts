import { isActive } from '../../../shared/domain/access.ts';
import { newId } from '../../../shared/ledger/ids.ts';
import { goodKeys } from '../../../shared/ledger/keys.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { Receipt } from '../../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../../shared/protocol/outcome.ts';
import type { KeyRotation, PreparedKey } from '../../../shared/protocol/people.ts';
import { type Context, deviceRow, random } from '../context.ts';
import type { KeyRow } from '../store/rows.ts';
import { shareVault } from '../vault/vault.ts';
import { afterEntry } from './ended.ts';
import { knownReceipt, ownEntry } from './own-entry.ts';
import { makePerson } from './person.ts';
import { weaknessOf } from './pin.ts';
import { tryPin } from './prove.ts';

/** New keys: for somebody new, for somebody who forgot their PIN, for oneself. */

/** Makes keys for a person who is about to be enrolled or admitted on this device. */
export async function prepareStaff(
  context: Context,
  pin: string,
): Promise<Outcome<{ staff: string; publicKey: string }>> {
  const staff = newId(context.now(), random(10));
  const made = await prepare(context, staff, pin);
  return made.ok ? done({ staff, publicKey: made.value.publicKey }) : made;
}

/** Makes another key for somebody enrolled; which of theirs it is to replace stands in the answer. */
export async function prepareKey(
  context: Context,
  staff: string,
  pin: string,
): Promise<Outcome<PreparedKey>> {
  const { db, projection, now } = context;
  const { state, registry } = await projection.catchUp();
  const member = state.staff[staff];
  if (!member) return refused('unknown-staff', 'This person is not enrolled in this ledger.');
  if (!isActive(member, formatTime(now()))) {
    return refused('disabled-staff', `${member.name} can no longer sign. Enrol them anew.`);
  }
  const good = goodKeys(registry, staff, state.seq + 1);
  const here = await db.keys.bulkGet(good);
  // The one on this device; where that is lost, the first that they were given.
  const revokes = here.find((row) => row !== undefined)?.keyId ?? good[0];
  if (revokes === undefined) return refused('no-key', `${member.name} has no key to replace.`);
  const made = await prepare(context, staff, pin);
  return made.ok ? done({ staff, publicKey: made.value.publicKey, revokes }) : made;
}

/**
 * Replaces a person's own key: the old one, which the entry ends, signs for it, and lets the new one into the vault.
 * Both lie under the same PIN, and which of them signs is for the log to say.
 */
export async function rotateKey(context: Context, rotation: KeyRotation): Promise<Outcome<Receipt>> {
  const { entry: id, staff, pin, reason } = rotation;
  const known = await knownReceipt(context, { id, staff, type: 'staff.key-rotated' });
  if (known) return known;
  const old = await tryPin(context, staff, pin);
  if (!old.ok) return old;
  const made = await store(context, staff, pin);
  if (!made.ok) return made;
  const { keyId, publicKey } = made.value;
  await shareVault(context.db, old.value, (row) => row.keyId === keyId);
  const body = { staff: { id: staff, publicKey }, revokes: old.value.keyId, reason };
  const signed = await ownEntry(context, old.value, { id, type: 'staff.key-rotated', body });
  if (!signed.ok) return signed;
  const taken = await context.gate.append(signed.value);
  if (taken.ok) await afterEntry(context, taken.value);
  return taken;
}

async function prepare(context: Context, staff: string, pin: string): Promise<Outcome<KeyRow>> {
  const weakness = weaknessOf(pin);
  return weakness ? refused('weak-pin', weakness) : store(context, staff, pin);
}

async function store({ db, sha, now }: Context, staff: string, pin: string): Promise<Outcome<KeyRow>> {
  const device = await deviceRow(db);
  if (!device) return refused('not-started', 'Start a ledger first.');
  const { row } = await makePerson(staff, pin, { mixKey: device.mixKey, sha });
  const prepared: KeyRow = { ...row, prepared: now() };
  await db.transaction('rw', db.keys, () => db.keys.add(prepared));
  return done(prepared);
}
