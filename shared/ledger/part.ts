/** `proof.json`: what ties a part of a log to its checkpoint (README.md, "A part of a log"). */
import { fromHex } from './bytes.ts';
import { canonicalize, isObject, type Json, parseCanonical } from './canonical.ts';
import { LedgerError } from './errors.ts';
import { type Hash, isHash } from './hash.ts';
import { MAX_TREE_SIZE } from './merkle.ts';
import type { RangeBoundary } from './proof.ts';
import { MAX_LINE_BYTES } from './record.ts';

/** A record before the part that is needed to check it, with the path that proves its place. */
export type EarlierRecord = {
  readonly seq: number;
  /** The record's line, without newline. */
  readonly line: string;
  /** Inclusion proof in the checkpoint's tree, leaf first. */
  readonly path: readonly Hash[];
};

export type PartProof = {
  readonly v: 1;
  readonly from: number;
  readonly to: number;
  /** Records under the checkpoint. */
  readonly size: number;
  /** Perfect subtrees that tile [0, from), in order. */
  readonly left: readonly Hash[];
  /** Perfect subtrees that tile [to, size), in order. */
  readonly right: readonly Hash[];
  /** In ascending order of seq, all below `from`. */
  readonly earlier: readonly EarlierRecord[];
};

/** No path is longer than the largest tree is high, and no boundary longer than up its height and down again. */
const MAX_HASHES = 2 * Math.log2(MAX_TREE_SIZE);

/** Text of `proof.json`: canonical, one newline at the end. Throws as `parsePartProof` does. */
export function formatPartProof(proof: PartProof): string {
  const text = `${canonicalize(proof)}\n`;
  parsePartProof(text);
  return text;
}

/** Reads `proof.json`. Throws `version` for another version, `proof` for all else. The hashes are not checked here. */
export function parsePartProof(text: string): PartProof {
  const value = parseLine(text);
  if (!isObject(value)) throw refuse('it is not an object');
  if (Object.hasOwn(value, 'v') && value.v !== 1) {
    throw new LedgerError({ code: 'version', message: 'The proof is of another format version than 1.' });
  }
  if (Object.keys(value).join() !== 'earlier,from,left,right,size,to,v')
    throw refuse('its members are wrong');
  const { from, to, size } = value;
  if (!isCount(from) || !isCount(to) || !isCount(size) || from >= to || to > size)
    throw refuse('its range is wrong');
  const left = readHashes(value.left);
  const right = readHashes(value.right);
  if (!Array.isArray(value.earlier)) throw refuse('earlier is not a list');
  const earlier = value.earlier.map(readEarlier);
  for (let i = 0; i < earlier.length; i += 1) {
    const { seq } = earlier[i]!;
    if (seq >= from || (i > 0 && seq <= earlier[i - 1]!.seq))
      throw refuse('earlier is not in order before the part');
  }
  return { v: 1, from, to, size, left, right, earlier };
}

/** The boundary as bytes, for `rootFromRange`. */
export function partBoundary({ left, right }: PartProof): RangeBoundary {
  return { left: left.map(fromHex), right: right.map(fromHex) };
}

function readEarlier(value: unknown): EarlierRecord {
  if (!isObject(value) || Object.keys(value).join() !== 'line,path,seq')
    throw refuse('an earlier record is malformed');
  const { seq, line } = value;
  if (!isCount(seq) || typeof line !== 'string' || line.length > MAX_LINE_BYTES) {
    throw refuse('an earlier record is malformed');
  }
  return { seq, line, path: readHashes(value.path) };
}

function readHashes(value: Json | undefined): readonly Hash[] {
  if (!Array.isArray(value) || value.length > MAX_HASHES || !value.every(isHash))
    throw refuse('it lacks a list of hashes');
  return value;
}

function parseLine(text: string): Json {
  try {
    if (text.endsWith('\n')) return parseCanonical(text.slice(0, -1));
  } catch (cause) {
    throw new LedgerError({ code: 'proof', message: 'The proof is not canonical JSON.', cause });
  }
  throw refuse('it does not end in a newline');
}

function isCount(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= MAX_TREE_SIZE;
}

function refuse(what: string): LedgerError {
  return new LedgerError({ code: 'proof', message: `The proof is not acceptable: ${what}.` });
}
