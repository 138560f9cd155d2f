import { toBase64Url } from '../../../shared/ledger/bytes.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import { keyId } from '../../../shared/ledger/record.ts';
import type { KeyRow, KeyWrap, Wrapped } from '../store/rows.ts';
import { KDF, wrappingKey } from './kdf.ts';

/** A person's keys while they are signed in. Non-extractable: they can be used in this worker, and never read. */
export type OpenKeys = { keyId: string; staff: string; sign: CryptoKey; box: CryptoKey };

/** A person's keys as they are stored, and opened. */
export type MadePerson = { row: KeyRow; keys: OpenKeys };

/** Makes the key pairs of a person and wraps their private halves under the PIN. Nothing is stored here. */
export async function makePerson(
  staff: string,
  pin: string,
  { mixKey, sha }: { mixKey: CryptoKey; sha: Sha256 },
): Promise<MadePerson> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const [sign, box, under] = await Promise.all([
    crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']),
    crypto.subtle.generateKey('X25519', true, ['deriveBits']),
    wrappingKey(pin, salt, KDF, mixKey),
  ]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', sign.publicKey));
  const boxPublic = new Uint8Array(await crypto.subtle.exportKey('raw', box.publicKey));
  const row: KeyRow = {
    ...{ keyId: keyId(sha, publicKey), staff, publicKey: toBase64Url(publicKey), kdf: KDF, salt, boxPublic },
    sign: await wrap(sign.privateKey, under),
    box: await wrap(box.privateKey, under),
  };
  return { row, keys: await open(row, under) };
}

/** Opens a person's keys with their PIN; `null` when the PIN is wrong. */
export async function openPerson(row: KeyRow, pin: string, mixKey: CryptoKey): Promise<OpenKeys | null> {
  const under = await wrappingKey(pin, row.salt, row.kdf, mixKey);
  // AES-GCM refuses whatever another key has wrapped.
  return open(row, under).catch(() => null);
}

/** A person's keys under another PIN, the keys themselves unchanged; `null` when the old PIN is wrong. */
export async function rewrapPerson(
  row: KeyRow,
  { pin, next }: { pin: string; next: string },
  mixKey: CryptoKey,
): Promise<KeyWrap | null> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const [under, over] = await Promise.all([
    wrappingKey(pin, row.salt, row.kdf, mixKey),
    wrappingKey(next, salt, KDF, mixKey),
  ]);
  const move = async (wrapped: Wrapped, algorithm: 'Ed25519' | 'X25519', usage: KeyUsage) =>
    wrap(await unwrap(wrapped, under, { algorithm, usages: [usage], extractable: true }), over);
  try {
    const sign = await move(row.sign, 'Ed25519', 'sign');
    return { kdf: KDF, salt, sign, box: await move(row.box, 'X25519', 'deriveBits') };
  } catch {
    return null;
  }
}

async function open(row: KeyRow, under: CryptoKey): Promise<OpenKeys> {
  const [sign, box] = await Promise.all([
    unwrap(row.sign, under, { algorithm: 'Ed25519', usages: ['sign'], extractable: false }),
    unwrap(row.box, under, { algorithm: 'X25519', usages: ['deriveBits'], extractable: false }),
  ]);
  return { keyId: row.keyId, staff: row.staff, sign, box };
}

/** Wraps a private key for the disk. */
export async function wrap(key: CryptoKey, under: CryptoKey): Promise<Wrapped> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.wrapKey('pkcs8', key, under, { name: 'AES-GCM', iv });
  return { iv, data: new Uint8Array(data) };
}

/** Brings a wrapped private key back. Rejects under any other key than the one that wrapped it. */
export function unwrap(
  { iv, data }: Wrapped,
  under: CryptoKey,
  as: { algorithm: 'Ed25519' | 'X25519'; usages: KeyUsage[]; extractable: boolean },
): Promise<CryptoKey> {
  const { algorithm, usages, extractable } = as;
  const how = { name: 'AES-GCM', iv };
  return crypto.subtle.unwrapKey('pkcs8', data, under, how, algorithm, extractable, usages);
}
