/**
 * ES256: ECDSA on P-256 with SHA-256 (FIPS 186-5 section 6), with which most authenticators of a second
 * factor sign. The signature comes as ASN.1 DER (RFC 3279 section 2.2.3) and is read strictly here, so that
 * one signature has one encoding and a verdict does not depend on the browser.
 */
import { type Bytes, fromHex, toHex } from './bytes.ts';

/**
 * True when `signature` (r and s, 32 bytes each) over `message` verifies under `publicKey` (uncompressed point,
 * 65 bytes). Never throws for bad data.
 */
export type VerifyEs256 = (
  publicKey: Uint8Array,
  signature: Uint8Array,
  message: Uint8Array,
) => Promise<boolean>;

type ImportAlgorithm = { readonly name: 'ECDSA'; readonly namedCurve: 'P-256' };
type VerifyAlgorithm = { readonly name: 'ECDSA'; readonly hash: 'SHA-256' };

/** The part of SubtleCrypto that is needed; `crypto.subtle` of every realm fits. */
export type SubtleEs256<Key> = {
  importKey(
    format: 'raw',
    keyData: Bytes,
    algorithm: ImportAlgorithm,
    extractable: boolean,
    keyUsages: 'verify'[],
  ): Promise<Key>;
  verify(algorithm: VerifyAlgorithm, key: Key, signature: Bytes, data: Bytes): Promise<boolean>;
};

const IMPORT: ImportAlgorithm = { name: 'ECDSA', namedCurve: 'P-256' };
const VERIFY: VerifyAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };

const CACHED_KEYS = 1024;

/** Verification by WebCrypto, with the imported keys kept. */
export function webCryptoEs256<Key>(subtle: SubtleEs256<Key>): VerifyEs256 {
  const keys = new Map<string, Promise<Key>>();
  const keyOf = (publicKey: Uint8Array): Promise<Key> => {
    const name = toHex(publicKey);
    const known = keys.get(name);
    if (known !== undefined) return known;
    if (keys.size >= CACHED_KEYS) keys.clear();
    const key = subtle.importKey('raw', publicKey.slice(), IMPORT, false, ['verify']);
    keys.set(name, key);
    return key;
  };
  return async (publicKey, signature, message) => {
    if (!isUncompressedPoint(publicKey) || !isScalarPair(signature)) return false;
    let key: Key;
    try {
      key = await keyOf(publicKey);
    } catch {
      return false; // not a point of the curve
    }
    return subtle.verify(VERIFY, key, signature.slice(), message.slice());
  };
}

/** 65 bytes that begin with 0x04. Whether they are a point of the curve shows when they are used. */
export function isUncompressedPoint(bytes: Uint8Array): boolean {
  return bytes.length === 65 && bytes[0] === 4;
}

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * r and s, 32 bytes each, of `SEQUENCE { r INTEGER, s INTEGER }` in DER. `undefined` for any other encoding
 * (a length in another form, a needless or a missing leading zero, bytes left over) and for an r or s that is
 * not between 1 and the group order less 1.
 */
export function readDerSignature(der: Uint8Array): Bytes | undefined {
  // Both integers together take at most 70 bytes, so every length has the short form.
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) return undefined;
  const r = readInteger(der, 2);
  const s = r && readInteger(der, r.end);
  if (!s || s.end !== der.length) return undefined;
  const pair = new Uint8Array(64);
  pair.set(r.magnitude, 32 - r.magnitude.length);
  pair.set(s.magnitude, 64 - s.magnitude.length);
  return isScalarPair(pair) ? pair : undefined;
}

type Integer = { readonly magnitude: Uint8Array; readonly end: number };

/** A positive integer of at most 32 bytes at `at`, without its leading zero. */
function readInteger(der: Uint8Array, at: number): Integer | undefined {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== INTEGER || length < 1 || length > 33 || end > der.length) return undefined;
  const [first = 0, second = 0] = der.subarray(at + 2, end);
  if (first >= 0x80) return undefined; // negative
  if (first > 0) return length === 33 ? undefined : { magnitude: der.subarray(at + 2, end), end };
  // A leading zero is there to keep a number from being negative, and for nothing else.
  return length > 1 && second >= 0x80 ? { magnitude: der.subarray(at + 3, end), end } : undefined;
}

/** Order of the base point, big-endian (FIPS 186-5, SP 800-186 section 3.2.1.3). */
const ORDER = fromHex('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

function isScalarPair(signature: Uint8Array): boolean {
  return signature.length === 64 && isScalar(signature.subarray(0, 32)) && isScalar(signature.subarray(32));
}

/** Between 1 and the group order less 1. */
function isScalar(bytes: Uint8Array): boolean {
  const differs = bytes.findIndex((byte, i) => byte !== ORDER[i]);
  return differs >= 0 && bytes[differs]! < ORDER[differs]! && bytes.some((byte) => byte !== 0);
}
