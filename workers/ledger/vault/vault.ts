import * as v from 'valibot';
import { type Bytes, fromUtf8, toBase64Url, utf8 } from '../../../shared/ledger/bytes.ts';
import { canonicalize } from '../../../shared/ledger/canonical.ts';
import { makeCommitment } from '../../../shared/ledger/commitment.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import { newId } from '../../../shared/ledger/ids.ts';
import type { Disclosure, PatientDetails } from '../../../shared/protocol/ledger.ts';
import type { OpenKeys } from '../keys/person.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { PatientTags } from '../store/rows.ts';
import { seal, unseal } from './seal.ts';

/** Patient identity: anybody on this device can put a patient in, only a person who is signed in can read one. */

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const detailsSchema = v.strictObject({
  name: text,
  species: v.exactOptional(text),
  owner: v.exactOptional(text),
  address: v.exactOptional(text),
  recordNumber: v.exactOptional(text),
});
const kept = v.strictObject({ salt: v.string(), details: detailsSchema });

const VAULT_KEY = 'vault key';
const context = (ref: string) => `patient ${ref}`;

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
  vaultPublic: Bytes,
  { details, now, tags }: { details: PatientDetails; now: number; tags?: PatientTags },
): Promise<{ ref: string; commitment: string }> {
  const ref = newId(now, crypto.getRandomValues(new Uint8Array(10)));
  const salt = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const json = { salt, details: { ...details } };
  const sealed = await seal(vaultPublic, utf8(canonicalize(json)), context(ref));
  await db.transaction('rw', db.vault, () =>
    db.vault.add({ ref, sealed, ...(tags === undefined ? {} : { tags }) }),
  );
  return { ref, commitment: makeCommitment(sha, json) };
}

export type OpenVault = { privateKey: CryptoKey; publicKey: Bytes };

/** Opens the vault with a signed-in person's key; `null` when it was never shared with them. */
export async function openVault(
  db: LedgerDatabase,
  keys: OpenKeys,
  vaultPublic: Bytes,
): Promise<OpenVault | null> {
  const bytes = await vaultBytes(db, keys);
  if (!bytes) return null;
  const privateKey = await crypto.subtle.importKey('pkcs8', bytes, 'X25519', false, ['deriveBits']);
  bytes.fill(0);
  return { privateKey, publicKey: vaultPublic };
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

/** Shares the vault with those of `staff` who cannot open it yet, by the hand of one who can. */
export async function shareVault(
  db: LedgerDatabase,
  keys: OpenKeys,
  staff: readonly string[],
): Promise<void> {
  const [rows, shared] = await Promise.all([
    db.keys
      .where('staff')
      .anyOf([...staff])
      .toArray(),
    db.vaultKeys.toCollection().primaryKeys(),
  ]);
  const missing = rows.filter((row) => !shared.includes(row.keyId));
  const bytes = missing.length === 0 ? null : await vaultBytes(db, keys);
  if (!bytes) return;
  for (const row of missing) await shareVaultKey(db, bytes, row);
  bytes.fill(0);
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
    const plain = fromUtf8(await unseal(vault, row.sealed, context(row.ref)));
    found.push({ ref: row.ref, ...v.parse(kept, JSON.parse(plain)) });
  }
  return found;
}

async function vaultBytes(db: LedgerDatabase, keys: OpenKeys): Promise<Bytes | null> {
  const [shared, own] = await Promise.all([db.vaultKeys.get(keys.keyId), db.keys.get(keys.keyId)]);
  if (!shared || !own) return null;
  return unseal({ privateKey: keys.box, publicKey: own.boxPublic }, shared.sealed, VAULT_KEY);
}
