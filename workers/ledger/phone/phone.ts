import { toBase64Url } from '../../../shared/ledger/bytes.ts';
import { keyId } from '../../../shared/ledger/record.ts';
import { entryHash } from '../../../shared/ledger/statement.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import { done, type Outcome, refused } from '../../../shared/protocol/outcome.ts';
import type { PhoneKeyView } from '../../../shared/protocol/phone.ts';
import type {
  Invitation,
  PhoneKeyMessage,
  WitnessAnswer,
  WitnessRequest,
} from '../../../shared/protocol/witness-code.ts';
import type { Context } from '../context.ts';
import { KDF, wrappingKey } from '../keys/kdf.ts';
import { beginAttempt, clearAttempts, lockedSentence } from '../keys/lockout.ts';
import { unwrap, wrap } from '../keys/person.ts';
import { weaknessOf } from '../keys/pin.ts';
import { signEntry } from '../keys/sign.ts';
import type { PhoneKeyRow } from '../store/rows.ts';

/**
 * This device as somebody's own, with which they witness what is written elsewhere: it holds no ledger for it, only
 * a key of that person's, under a PIN of its own.
 */

const SIGNS = { algorithm: 'Ed25519' as const, usages: ['sign' as const], extractable: false };

/** The people and ledgers that this device witnesses for. */
export async function phoneKeys({ db }: Context): Promise<PhoneKeyView[]> {
  const rows = await db.phoneKeys.toArray();
  return rows.map(({ keyId: key, ledger, genesis, facility, staff, name, made }) => ({
    ...{ key, ledger, genesis, facility, staff, name, made },
  }));
}

/** Makes a key for the person whom an invitation names. The PIN never leaves the worker. */
export async function makePhoneKey(
  { db, sha, now }: Context,
  { ledger, genesis, facility, staff }: Invitation,
  { pin, name }: { pin: string; name: string },
): Promise<Outcome<PhoneKeyMessage>> {
  const weakness = weaknessOf(pin);
  if (weakness) return refused('weak-pin', weakness);
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const mixKey = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, [
    'sign',
  ]);
  const [pair, under] = await Promise.all([
    crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']),
    wrappingKey(pin, salt, KDF, mixKey),
  ]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const row: PhoneKeyRow = {
    ...{ keyId: keyId(sha, publicKey), ledger, genesis, facility, staff: staff.id, name: staff.name },
    ...{ publicKey: toBase64Url(publicKey), made: formatTime(now()), kdf: KDF, salt, mixKey },
    sign: await wrap(pair.privateKey, under),
  };
  // One key a person and ledger: a second invitation takes the place of the first.
  await db.transaction('rw', db.phoneKeys, async () => {
    const others = await db.phoneKeys.where('staff').equals(staff.id).toArray();
    await db.phoneKeys.bulkDelete(others.filter((one) => one.ledger === ledger).map((one) => one.keyId));
    await db.phoneKeys.add(row);
  });
  return done({ t: 'key', ledger, staff: staff.id, publicKey: row.publicKey, name });
}

/** Signs as the witness of the entry that a request carries, with the key that it asks for. */
export async function witnessOnPhone(
  { db, sha, now }: Context,
  { ledger, by, key, entry }: WitnessRequest,
  pin: string,
): Promise<Outcome<WitnessAnswer>> {
  const row = await db.phoneKeys.get(key);
  if (row?.ledger !== ledger || row.staff !== by) {
    return refused('no-key', 'This phone does not witness for that person in that ledger. Pair it first.');
  }
  if (entry.by === by) return refused('self-witness', 'Nobody can witness their own act. Ask a colleague.');
  const attempt = await beginAttempt(db, key, now());
  if (!attempt.allowed) return refused('locked', lockedSentence(attempt.until - now()));
  const under = await wrappingKey(pin, row.salt, row.kdf, row.mixKey);
  const sign = await unwrap(row.sign, under, SIGNS).catch(() => null);
  if (!sign) {
    const wait = attempt.until === 0 ? 'Try again.' : lockedSentence(attempt.until - now());
    return refused('wrong-pin', `That PIN is wrong. Nothing was signed. ${wait}`);
  }
  await clearAttempts(db, key);
  const at = formatTime(now());
  const signer = { key: { keyId: key, staff: by, sign }, as: 'witness' as const, at, ledger };
  const { sig } = await signEntry(sha, entry, signer);
  return done({ t: 'answer', ledger, entry: entryHash(sha, entry), by, key, at, sig });
}

/** Forgets a key of this device. The ledger that it belongs to still has it until somebody removes it there. */
export async function forgetPhoneKey({ db }: Context, key: string): Promise<void> {
  await db.phoneKeys.delete(key);
}
