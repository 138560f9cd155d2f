import { argon2id } from 'hash-wasm';
import type { Bytes } from '../../../shared/ledger/bytes.ts';
import type { KdfParameters } from '../store/rows.ts';

/**
 * Argon2id for new keys (RFC 9106 section 4, the second choice cut to 32 MiB for tablets). Kept beside each
 * key, so that a later build can ask for more.
 */
export const KDF: KdfParameters = { memoryKiB: 32 * 1024, passes: 3, lanes: 1 };

/**
 * The key that wraps a person's keys: HMAC-SHA-256 of Argon2id(PIN, salt) under the device's non-extractable
 * key. A script that reads the rows has nothing to try PINs against; whoever copies the browser's files has that key too.
 */
export async function wrappingKey(
  pin: string,
  salt: Bytes,
  { memoryKiB, passes, lanes }: KdfParameters,
  mixKey: CryptoKey,
): Promise<CryptoKey> {
  const stretched = await argon2id({
    ...{ password: pin.normalize('NFKC'), salt, parallelism: lanes, iterations: passes },
    ...{ memorySize: memoryKiB, hashLength: 32, outputType: 'binary' },
  });
  const mixed = await crypto.subtle.sign('HMAC', mixKey, stretched.slice());
  stretched.fill(0);
  return crypto.subtle.importKey('raw', mixed, 'AES-GCM', false, ['wrapKey', 'unwrapKey']);
}
