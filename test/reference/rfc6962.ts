/** RFC 6962 section 2.1, word for word and slow: the yardstick for `shared/ledger/merkle.ts` and `proof.ts`. */
import { createHash } from 'node:crypto';

type Bytes = Uint8Array;

const sha = (...parts: Bytes[]): Bytes => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
};

/** Largest power of two smaller than n. */
const k = (n: number): number => 2 ** Math.floor(Math.log2(n - 1));

/** MTH(D[n]) over data, not over leaf hashes. */
export function mth(data: readonly Bytes[]): Bytes {
  if (data.length === 0) return sha();
  if (data.length === 1) return sha(Uint8Array.of(0), data[0]!);
  const at = k(data.length);
  return sha(Uint8Array.of(1), mth(data.slice(0, at)), mth(data.slice(at)));
}

/** PATH(m, D[n]). */
export function path(m: number, data: readonly Bytes[]): Bytes[] {
  if (data.length === 1) return [];
  const at = k(data.length);
  return m < at
    ? [...path(m, data.slice(0, at)), mth(data.slice(at))]
    : [...path(m - at, data.slice(at)), mth(data.slice(0, at))];
}

/** PROOF(m, D[n]), 0 < m < n. */
export function proof(m: number, data: readonly Bytes[]): Bytes[] {
  return subproof(m, data, true);
}

function subproof(m: number, data: readonly Bytes[], b: boolean): Bytes[] {
  if (m === data.length) return b ? [] : [mth(data)];
  const at = k(data.length);
  return m <= at
    ? [...subproof(m, data.slice(0, at), b), mth(data.slice(at))]
    : [...subproof(m - at, data.slice(at), false), mth(data.slice(0, at))];
}
