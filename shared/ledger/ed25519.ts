/**
 * Ed25519 (RFC 8032) as ports, and the one implementation that every realm uses: WebCrypto. The few
 * encodings on which WebCrypto implementations differ are refused before they are asked, so that a verdict
 * does not depend on the browser.
 */
import { type Bytes, fromHex, toHex } from './bytes.ts';

/** True when `signature` (64 bytes) over `message` verifies under `publicKey` (32 raw bytes). Never throws for bad data. */
export type VerifyEd25519 = (
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
) => Promise<boolean>;

/** Signs with a key that the port holds; 64 bytes. */
export type SignEd25519 = (message: Uint8Array) => Promise<Uint8Array>;

/** The part of SubtleCrypto that is needed; `crypto.subtle` of every realm fits. */
export type SubtleEd25519<Key> = {
  importKey(
    format: 'raw',
    keyData: Bytes,
    algorithm: 'Ed25519',
    extractable: boolean,
    keyUsages: 'verify'[],
  ): Promise<Key>;
  verify(algorithm: 'Ed25519', key: Key, signature: Bytes, data: Bytes): Promise<boolean>;
};

/** Enough for every person of a ledger; a hostile package with more is slower, not larger. */
const CACHED_KEYS = 1024;

/** Verification by WebCrypto, with the imported keys kept. */
export function webCryptoEd25519<Key>(subtle: SubtleEd25519<Key>): VerifyEd25519 {
  const keys = new Map<string, Promise<Key>>();
  const keyOf = (publicKey: Uint8Array): Promise<Key> => {
    const name = toHex(publicKey);
    const known = keys.get(name);
    if (known !== undefined) return known;
    if (keys.size >= CACHED_KEYS) keys.clear();
    const key = subtle.importKey('raw', own(publicKey), 'Ed25519', false, ['verify']);
    keys.set(name, key);
    return key;
  };
  return async (publicKey, signature, message) => {
    if (!isCanonicalPoint(publicKey) || !isCanonicalSignature(signature)) return false;
    let key: Key;
    try {
      key = await keyOf(publicKey);
    } catch {
      return false; // not a point of the curve
    }
    return subtle.verify('Ed25519', key, own(signature), own(message));
  };
}

/** Signing by WebCrypto with a private key that may be non-extractable. */
export function webCryptoSigner<Key>(
  subtle: { sign(algorithm: 'Ed25519', key: Key, data: Bytes): Promise<ArrayBuffer> },
  key: Key,
): SignEd25519 {
  return async (message) => new Uint8Array(await subtle.sign('Ed25519', key, own(message)));
}

/** y-coordinates of the points of order 1, 2, 4 and 8, little-endian, without the sign of x. */
const SMALL_ORDER = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
].map(fromHex);

/** 32 bytes, y below 2^255 - 19, and not of small order (where one signature fits any message). */
function isCanonicalPoint(point: Uint8Array): boolean {
  if (point.length !== 32) return false;
  const top = point[31]! & 0x7f;
  if (SMALL_ORDER.some((y) => y[31] === top && y.every((byte, i) => i === 31 || byte === point[i])))
    return false;
  return top !== 0x7f || point[0]! < 0xed || point.subarray(1, 31).some((byte) => byte !== 0xff);
}

/** Order of the base point, little-endian: 2^252 + 27742317777372353535851937790883648493. */
const ORDER = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

/** 64 bytes whose R is a canonical point and whose S is below the group order (RFC 8032 section 5.1.7). */
function isCanonicalSignature(signature: Uint8Array): boolean {
  if (signature.length !== 64 || !isCanonicalPoint(signature.subarray(0, 32))) return false;
  for (let i = 31; i >= 0; i -= 1) {
    const [s, order] = [signature[32 + i]!, ORDER[i]!];
    if (s !== order) return s < order;
  }
  return false;
}

/** Bytes as WebCrypto takes them: it copies them at the call, so only what is shared with other threads is copied here. */
function own(bytes: Uint8Array): Bytes {
  return isOwn(bytes) ? bytes : bytes.slice();
}

const isOwn = (bytes: Uint8Array): bytes is Bytes => bytes.buffer instanceof ArrayBuffer;
