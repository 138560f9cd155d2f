import * as v from 'valibot';
import { type Bytes, fromUtf8, toBase64Url, toHex, utf8 } from '../../../shared/ledger/bytes.ts';
import { canonicalize } from '../../../shared/ledger/canonical.ts';
import { makeCommitment } from '../../../shared/ledger/commitment.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import { newId } from '../../../shared/ledger/ids.ts';
import type { Disclosure, PatientDetails } from '../../../shared/protocol/ledger.ts';
import type { OpenKeys } from '../keys/person.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { KeyRow, PatientRow, PatientTags, VaultKeyRow } from '../store/rows.ts';
import { seal, unseal } from './seal.ts';

/** Patient identity: anybody on this device can put a patient in, only a person who is signed in can read one. */

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const detailsSchema = v.strictObject({
  name: text,
  species: v.exactOptional(text),
  owner: v.exactOptional(text),
  address: v.exactOptional(text),
  recordNumber: v.exactOptional(text),
  consultation: v.exactOptional(text),
});
const kept = v.strictObject({ salt: v.string(), details: detailsSchema });

/** What the vault's private key is sealed as, and a patient. */
export const VAULT_KEY = 'vault key';
export const sealedAs = (ref: string) => `patient ${ref}`;

/** The details without the members that were left empty, or `null` where there is no name. */
export function readDetails(input: PatientDetails): PatientDetails | null {
  const filled = Object.entries(input).filter(
    ([, value]) => typeof value === 'string' && value.trim() !== '',
  );
  const result = v.safeParse(detailsSchema, Object.fromEntries(filled));
  return result.success ? result.output : null;
}

/** Encrypts details to the vault and gives what goes into the entry: an opaque reference and a commitment. */
export async function keepDetails(
  db: LedgerDatabase,
  sha: Sha256,
  { details, now, tags }: { details: PatientDetails; now: number; tags?: PatientTags },
): Promise<{ ref: string; commitment: string }> {
  const ref = newId(now, crypto.getRandomValues(new Uint8Array(10)));
  const salt = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const json = { salt, details: { ...details } };
  const plain = utf8(canonicalize(json));
  for (;;) {
    const to = await vaultTargets(db);
    const sealed = await seal(to.present, plain, sealedAs(ref));
    const next = to.next && (await seal(to.next, plain, sealedAs(ref)));
    const row = { ref, sealed, ...(next ? { next } : {}), ...(tags === undefined ? {} : { tags }) };
    // A vault that has changed over meanwhile could never open what was sealed to the key before.
    const added = await db.transaction('rw', db.vault, db.device, db.meta, async () => {
      if (!sameTargets(to, await vaultTargets(db))) return false;
      await db.vault.add(row);
      return true;
    });
    if (added) return { ref, commitment: makeCommitment(sha, json) };
  }
}

type Targets = { present: Bytes; next: Bytes | null };

/** The key that patients are sealed to now and, while a rotation is under way, the one that it will change to. */
async function vaultTargets(db: LedgerDatabase): Promise<Targets> {
  const [device, rotation] = await Promise.all([db.device.get('this'), db.meta.get('rotation')]);
  if (!device) throw new Error('This device has no keys.');
  return { present: device.vaultPublic, next: rotation?.key === 'rotation' ? rotation.publicKey : null };
}

const sameTargets = (a: Targets, b: Targets): boolean =>
  sameBytes(a.present, b.present) &&
  (a.next === null ? b.next === null : b.next !== null && sameBytes(a.next, b.next));

export const sameBytes = (a: Bytes, b: Bytes): boolean => toHex(a) === toHex(b);

export type OpenVault = { privateKey: CryptoKey; publicKey: Bytes };

/** Opens the vault with a signed-in person's key; `null` when it was never shared with them. */
export async function openVault(db: LedgerDatabase, keys: OpenKeys): Promise<OpenVault | null> {
  const found = await vaultBytes(db, keys);
  return found && openWith(found.bytes, found.vaultPublic);
}

/** A vault by its private key (PKCS #8), which is wiped. */
export async function openWith(bytes: Bytes, publicKey: Bytes): Promise<OpenVault> {
  const privateKey = await crypto.subtle.importKey('pkcs8', bytes, 'X25519', false, ['deriveBits']);
  bytes.fill(0);
  return { privateKey, publicKey };
}

/** Seals the vault's private key to a person's key. */
export async function shareVaultKey(
  db: LedgerDatabase,
  vaultPrivate: Bytes,
  to: { keyId: string; boxPublic: Bytes },
): Promise<void> {
  const sealed = await seal(to.boxPublic, vaultPrivate, VAULT_KEY);
  await db.transaction('rw', db.vaultKeys, () => db.vaultKeys.put({ keyId: to.keyId, sealed }));
}

/** Shares the vault with the keys on this device that `to` names and that cannot open it yet, by the hand of one who can. */
export async function shareVault(
  db: LedgerDatabase,
  keys: OpenKeys,
  to: (row: KeyRow) => boolean,
): Promise<void> {
  const [rows, shared] = await Promise.all([db.keys.toArray(), db.vaultKeys.toCollection().primaryKeys()]);
  const missing = rows.filter((row) => !shared.includes(row.keyId) && to(row));
  const found = missing.length === 0 ? null : await vaultBytes(db, keys);
  if (!found) return;
  const rowsFor: VaultKeyRow[] = [];
  for (const { keyId, boxPublic } of missing) {
    rowsFor.push({ keyId, sealed: await seal(boxPublic, found.bytes, VAULT_KEY) });
  }
  found.bytes.fill(0);
  await db.transaction('rw', db.vaultKeys, db.device, async () => {
    const device = await db.device.get('this');
    if (device && sameBytes(device.vaultPublic, found.vaultPublic)) await db.vaultKeys.bulkPut(rowsFor);
  });
}

/** What the vault holds of these references; of all when `refs` is absent. Rejects for changed bytes. */
export async function readVault(
  db: LedgerDatabase,
  vault: OpenVault,
  refs?: readonly string[],
): Promise<Disclosure[]> {
  const rows = refs ? await db.vault.bulkGet([...refs]) : await db.vault.toArray();
  const found: Disclosure[] = [];
  for (const row of rows) {
    if (!row) continue;
    found.push(await readPatient(vault, row));
  }
  return found;
}

/** One patient. Rejects for changed bytes, and for another vault's. */
export async function readPatient(vault: OpenVault, { ref, sealed }: PatientRow): Promise<Disclosure> {
  const plain = fromUtf8(await unseal(vault, sealed, sealedAs(ref)));
  return { ref, ...v.parse(kept, JSON.parse(plain)) };
}

/** The vault's private key, and the public one that it belongs to: read together, so that they fit. */
async function vaultBytes(
  db: LedgerDatabase,
  keys: OpenKeys,
): Promise<{ bytes: Bytes; vaultPublic: Bytes } | null> {
  const [device, shared, own] = await db.transaction('r', db.device, db.vaultKeys, db.keys, () =>
    Promise.all([db.device.get('this'), db.vaultKeys.get(keys.keyId), db.keys.get(keys.keyId)]),
  );
  if (!device || !shared || !own) return null;
  const opener = { privateKey: keys.box, publicKey: own.boxPublic };
  return { bytes: await unseal(opener, shared.sealed, VAULT_KEY), vaultPublic: device.vaultPublic };
}
