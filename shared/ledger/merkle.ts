/**
 * The Merkle tree of RFC 6962 section 2.1: which perfect subtrees an answer needs, and the hashes put
 * together. Nothing here stores or rehashes leaves; a `NodeSource` hands out the subtrees.
 */
import type { Bytes } from './bytes.ts';
import { LedgerError } from './errors.ts';
import { nodeHash, type Sha256 } from './hash.ts';

/** The perfect subtree over leaves [index * 2^level, (index + 1) * 2^level). */
export type NodeId = { readonly level: number; readonly index: number };

/** Hash of a perfect subtree that lies wholly within the log. Level 0 holds the leaf hashes. */
export type NodeSource = (level: number, index: number) => Uint8Array;

/** Leaves [begin, end). */
export type Span = { readonly begin: number; readonly end: number };

/** The perfect subtrees of a tree of `size` leaves, largest first: all that an append needs to know. */
export type Frontier = { readonly size: number; readonly nodes: readonly Uint8Array[] };

export const EMPTY_FRONTIER: Frontier = { size: 0, nodes: [] };

/** A tree of 2^48 leaves is beyond any clinic, and sums of such sizes stay exact. */
export const MAX_TREE_SIZE = 2 ** 48;

/**
 * The frontier with one more leaf; O(log n) hashes. `onNode` is told every perfect subtree that the leaf
 * completes, itself included, for storage.
 */
export function appendLeaf(
  sha: Sha256,
  { size, nodes }: Frontier,
  leaf: Uint8Array,
  onNode?: (level: number, index: number, hash: Uint8Array) => void,
): Frontier {
  const grown = nodes.slice();
  let hash = leaf;
  let index = size;
  let level = 0;
  onNode?.(level, index, hash);
  for (; index % 2 === 1; index = (index - 1) / 2) {
    hash = nodeHash(sha, grown.pop()!, hash);
    level += 1;
    onNode?.(level, (index - 1) / 2, hash);
  }
  grown.push(hash);
  return { size: size + 1, nodes: grown };
}

/** Root of the tree; SHA-256 of nothing for the empty tree (RFC 6962 section 2.1). */
export function rootOfFrontier(sha: Sha256, { nodes }: Frontier): Uint8Array {
  return nodes.length === 0 ? sha() : foldRight(sha, nodes);
}

/** Root over leaf hashes in order. */
export function rootOfLeaves(sha: Sha256, leaves: Iterable<Uint8Array>): Uint8Array {
  let frontier = EMPTY_FRONTIER;
  for (const leaf of leaves) frontier = appendLeaf(sha, frontier, leaf);
  return rootOfFrontier(sha, frontier);
}

/**
 * The perfect subtrees that tile [begin, end), in order. Sizes rise from `begin` and fall towards `end`,
 * as in the compact range of a tree that is cut there.
 */
export function spanNodes({ begin, end }: Span): NodeId[] {
  const ids: NodeId[] = [];
  for (let at = begin; at < end; ) {
    let level = 0;
    let width = 1;
    while (at % (2 * width) === 0 && at + 2 * width <= end) {
      level += 1;
      width *= 2;
    }
    ids.push({ level, index: at / width });
    at += width;
  }
  return ids;
}

/** Hash of the RFC 6962 subtree MTH(D[begin:end]), for a span that is one (as the proof functions make). */
export function hashSpan(sha: Sha256, source: NodeSource, span: Span): Uint8Array {
  return foldRight(
    sha,
    spanNodes(span).map(({ level, index }) => source(level, index)),
  );
}

/** Frontier of the first `size` leaves, from stored subtrees. */
export function frontierAt(source: NodeSource, size: number): Frontier {
  return { size, nodes: spanNodes({ begin: 0, end: size }).map(({ level, index }) => source(level, index)) };
}

/** Combines subtrees from the right: the RFC's split at the largest power of two, bottom up. */
export function foldRight(sha: Sha256, hashes: readonly Uint8Array[]): Uint8Array {
  let root = hashes[hashes.length - 1]!;
  for (let i = hashes.length - 2; i >= 0; i -= 1) root = nodeHash(sha, hashes[i]!, root);
  return root;
}

/** Refuses with `proof` what is not a tree size or a position: fractions, negatives, beyond MAX_TREE_SIZE. */
export function checkSize(value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > MAX_TREE_SIZE) {
    throw new LedgerError({
      code: 'proof',
      message: 'A position or size of the proof is not one of a tree.',
    });
  }
}

const HASH_BYTES = 32;

/** A tree in memory: every perfect subtree kept, 64 bytes a leaf, in one buffer a level. */
export class MerkleTree {
  readonly #sha: Sha256;
  #frontier: Frontier = EMPTY_FRONTIER;
  readonly #levels: Bytes[] = [];

  constructor(sha: Sha256, leaves: Iterable<Uint8Array> = []) {
    this.#sha = sha;
    for (const leaf of leaves) this.append(leaf);
  }

  get size(): number {
    return this.#frontier.size;
  }

  get frontier(): Frontier {
    return this.#frontier;
  }

  append(leaf: Uint8Array): void {
    this.#frontier = appendLeaf(this.#sha, this.#frontier, leaf, (level, index, hash) => {
      this.#room(level, index + 1).set(hash, index * HASH_BYTES);
    });
  }

  /** Root of the first `size` leaves; of all when absent. */
  root(size: number = this.size): Uint8Array {
    return rootOfFrontier(this.#sha, frontierAt(this.node, size));
  }

  readonly node: NodeSource = (level, index) => {
    if ((index + 1) * 2 ** level > this.size) throw new RangeError('no such subtree');
    return this.#levels[level]!.slice(index * HASH_BYTES, (index + 1) * HASH_BYTES);
  };

  #room(level: number, count: number): Bytes {
    let bytes = this.#levels[level] ?? new Uint8Array(HASH_BYTES);
    if (bytes.length < count * HASH_BYTES) {
      const grown = new Uint8Array(Math.max(count * HASH_BYTES, bytes.length * 2));
      grown.set(bytes);
      bytes = grown;
    }
    this.#levels[level] = bytes;
    return bytes;
  }
}
