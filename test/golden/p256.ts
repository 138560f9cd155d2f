/**
 * ECDSA on P-256 whose nonce comes from the key and the message (RFC 6979), so that what is signed for tests has
 * the same bytes in every run. Slow, plain, and for tests only: it takes no care of its timing.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { concat, fromHex, toHex } from '../../shared/ledger/bytes.ts';

/** SP 800-186 section 3.2.1.3. */
const P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const G: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
};

type Point = { readonly x: bigint; readonly y: bigint };

const mod = (value: bigint, modulus: bigint) => ((value % modulus) + modulus) % modulus;

function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, u, v] = [mod(value, modulus), modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = b / a;
    [a, b, u, v] = [b - quotient * a, a, v - quotient * u, u];
  }
  return mod(u, modulus);
}

/** Sum on the curve; neither point is at infinity, nor the sum. */
function sum(p: Point, q: Point): Point {
  const slope =
    p.x === q.x ? (3n * p.x * p.x - 3n) * inverse(2n * p.y, P) : (q.y - p.y) * inverse(q.x - p.x, P);
  const x = mod(slope * slope - p.x - q.x, P);
  return { x, y: mod(slope * (p.x - x) - p.y, P) };
}

function multiple(scalar: bigint): Point {
  let result: Point | undefined;
  for (let rest = scalar, power = G; rest > 0n; rest >>= 1n, power = sum(power, power)) {
    if (rest & 1n) result = result ? sum(result, power) : power;
  }
  if (!result) throw new RangeError('no point for the scalar 0');
  return result;
}

const toNumber = (bytes: Uint8Array) => BigInt(`0x${toHex(bytes)}`);
const toBytes = (value: bigint) => fromHex(value.toString(16).padStart(64, '0'));

/** HMAC-SHA-256 (RFC 2104) under a key of 32 bytes. */
function hmac(key: Uint8Array, message: Uint8Array): Uint8Array {
  const pad = (byte: number) => new Uint8Array(64).map((_, i) => (key[i] ?? 0) ^ byte);
  return sha256(concat(pad(0x5c), sha256(concat(pad(0x36), message))));
}

/** RFC 6979 section 3.2. */
function nonce(key: Uint8Array, hash: Uint8Array): bigint {
  const seed = concat(key, toBytes(mod(toNumber(hash), N)));
  let k: Uint8Array = new Uint8Array(32);
  let v: Uint8Array = new Uint8Array(32).fill(1);
  for (const round of [0, 1]) {
    k = hmac(k, concat(v, Uint8Array.of(round), seed));
    v = hmac(k, v);
  }
  for (;;) {
    v = hmac(k, v);
    const candidate = toNumber(v);
    if (candidate > 0n && candidate < N) return candidate;
    k = hmac(k, concat(v, Uint8Array.of(0)));
    v = hmac(k, v);
  }
}

/** Uncompressed point of a private key of 32 bytes. */
export function publicPoint(key: Uint8Array): Uint8Array<ArrayBuffer> {
  const { x, y } = multiple(toNumber(key));
  return concat(Uint8Array.of(4), toBytes(x), toBytes(y));
}

/** r and s, 32 bytes each. */
export function signP256(key: Uint8Array, message: Uint8Array): Uint8Array<ArrayBuffer> {
  const hash = sha256(message);
  const k = nonce(key, hash);
  const r = mod(multiple(k).x, N);
  const s = mod(inverse(k, N) * (toNumber(hash) + r * toNumber(key)), N);
  return concat(toBytes(r), toBytes(s));
}

/** `SEQUENCE { r INTEGER, s INTEGER }` in DER. */
export function derOf(pair: Uint8Array): Uint8Array<ArrayBuffer> {
  const integer = (bytes: Uint8Array) => {
    const bare = bytes.subarray(bytes.findIndex((byte) => byte !== 0));
    const number = (bare[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), bare) : bare;
    return concat(Uint8Array.of(2, number.length), number);
  };
  const both = concat(integer(pair.subarray(0, 32)), integer(pair.subarray(32)));
  return concat(Uint8Array.of(0x30, both.length), both);
}
