/**
 * SHA-256 as a synchronous port, and the two domain-separated hashes of RFC 6962 section 2.1.
 */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { createSHA256 } from 'hash-wasm';
import { type Bytes, toHex } from './bytes.ts';

/** SHA-256 of the parts, one after the other: 32 bytes, the caller's to keep. */
export type Sha256 = (...parts: Uint8Array[]) => Uint8Array;

/** 64 lower-case hex digits. */
export type Hash = string;

/** `prev` and `after` where nothing came before. */
export const GENESIS_PREV: Hash = '0'.repeat(64);

const LEAF: Bytes = Uint8Array.of(0);
const NODE: Bytes = Uint8Array.of(1);

let loaded: Promise<Sha256> | undefined;

/** The fastest SHA-256 that this realm allows: WebAssembly, or plain JavaScript where that is refused. */
export function loadSha256(): Promise<Sha256> {
  loaded ??= createSHA256().then(
    (hasher) =>
      (...parts) => {
        hasher.init();
        for (const part of parts) hasher.update(part);
        return hasher.digest('binary');
      },
    () => plainSha256,
  );
  return loaded;
}

/** SHA-256 in plain JavaScript (for a content security policy without `wasm-unsafe-eval`). */
export const plainSha256: Sha256 = (...parts) => {
  const hasher = nobleSha256.create();
  for (const part of parts) hasher.update(part);
  return hasher.digest();
};

/** SHA-256(0x00 || line): the link of the chain and the leaf of the tree. `line` is UTF-8 without its newline. */
export function leafHash(sha: Sha256, line: Uint8Array): Uint8Array {
  return sha(LEAF, line);
}

/** SHA-256(0x01 || left || right): an inner node of the tree. */
export function nodeHash(sha: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha(NODE, left, right);
}

/** SHA-256 as hex. */
export function hashHex(sha: Sha256, bytes: Uint8Array): Hash {
  return toHex(sha(bytes));
}

export function isHash(text: unknown): text is Hash {
  return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
