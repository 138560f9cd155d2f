/**
 * Proofs over the tree of `merkle.ts`: inclusion and consistency (RFC 6962 sections 2.1.1 and 2.1.2) and
 * compact ranges, which tie a part of a log to its checkpoint. To prove from slow storage, read the nodes
 * of `spanNodes` for the spans given here first, and hand them over as a `NodeSource`.
 */
import { equalBytes } from './bytes.ts';
import { LedgerError } from './errors.ts';
import { nodeHash, type Sha256 } from './hash.ts';
import { checkSize, foldRight, hashSpan, type NodeSource, type Span, spanNodes } from './merkle.ts';

type Hashes = readonly Uint8Array[];

/** Subtrees whose hashes make PATH(index, D[size]), leaf first. Requires 0 <= index < size. */
export function inclusionSpans(index: number, size: number): Span[] {
  const spans: Span[] = [];
  let [begin, end] = [0, size];
  while (end - begin > 1) {
    const middle = begin + split(end - begin);
    if (index < middle) {
      spans.push({ begin: middle, end });
      end = middle;
    } else {
      spans.push({ begin, end: middle });
      begin = middle;
    }
  }
  return spans.reverse();
}

/** Subtrees whose hashes make PROOF(oldSize, D[size]). Requires 0 < oldSize <= size. */
export function consistencySpans(oldSize: number, size: number): Span[] {
  const spans: Span[] = [];
  let [begin, end] = [0, size];
  let whole = true;
  while (oldSize !== end) {
    const middle = begin + split(end - begin);
    if (oldSize <= middle) {
      spans.push({ begin: middle, end });
      end = middle;
    } else {
      spans.push({ begin, end: middle });
      begin = middle;
      whole = false;
    }
  }
  if (!whole) spans.push({ begin, end });
  return spans.reverse();
}

/** Inclusion proof for the leaf at `index` in the tree of `size`. Requires 0 <= index < size. */
export function proveInclusion(sha: Sha256, source: NodeSource, index: number, size: number): Uint8Array[] {
  return inclusionSpans(index, size).map((span) => hashSpan(sha, source, span));
}

/** Consistency proof between two sizes. Requires 0 < oldSize <= size. */
export function proveConsistency(
  sha: Sha256,
  source: NodeSource,
  oldSize: number,
  size: number,
): Uint8Array[] {
  return consistencySpans(oldSize, size).map((span) => hashSpan(sha, source, span));
}

export type InclusionClaim = {
  readonly index: number;
  readonly size: number;
  readonly leaf: Uint8Array;
  readonly path: Hashes;
};

/** Root that the path leads to (RFC 9162 section 2.1.3.2). Throws `proof` where the path doesn't fit the position. */
function rootFromInclusion(sha: Sha256, { index, size, leaf, path }: InclusionClaim): Uint8Array {
  checkSize(index);
  checkSize(size);
  checkHashes([leaf, ...path]);
  if (index >= size) throw misfit('the position is outside of the tree');
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0) throw misfit('it holds too many hashes');
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sha, sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else {
      hash = nodeHash(sha, hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) throw misfit('it holds too few hashes');
  return hash;
}

/** Throws `proof` unless the leaf stands at `index` of the tree with this size and root. */
export function verifyInclusion(sha: Sha256, claim: InclusionClaim & { readonly root: Uint8Array }): void {
  if (!equalBytes(rootFromInclusion(sha, claim), claim.root)) throw misfit('it leads to another root');
}

export type ConsistencyClaim = {
  readonly oldSize: number;
  readonly size: number;
  readonly oldRoot: Uint8Array;
  readonly root: Uint8Array;
  readonly path: Hashes;
};

/**
 * Throws `proof` unless the old tree is a beginning of the new one (RFC 9162 section 2.1.4.2). An old tree
 * of size 0 is refused: it is consistent with everything and so proves nothing.
 */
export function verifyConsistency(sha: Sha256, claim: ConsistencyClaim): void {
  const { oldSize, size, oldRoot, root, path } = claim;
  checkSize(oldSize);
  checkSize(size);
  if (oldSize === 0) throw misfit('the old tree is empty');
  if (oldSize > size) throw misfit('the old tree is the larger one');
  if (oldSize === size) {
    if (path.length > 0) throw misfit('it holds too many hashes');
    if (!equalBytes(oldRoot, root)) throw misfit('two roots stand for one size');
    return;
  }
  checkHashes([oldRoot, root, ...path]);
  const made = rootsFromConsistency(sha, claim);
  if (!equalBytes(made.oldRoot, oldRoot)) throw misfit('it leads to another old root');
  if (!equalBytes(made.root, root)) throw misfit('it leads to another root');
}

function rootsFromConsistency(
  sha: Sha256,
  { oldSize, size, oldRoot, path }: ConsistencyClaim,
): { readonly oldRoot: Uint8Array; readonly root: Uint8Array } {
  let [node, last] = [oldSize - 1, size - 1];
  while (node % 2 === 1) [node, last] = [half(node), half(last)];
  // A perfect old tree is its own starting node and isn't sent.
  const [start, ...siblings] = node === 0 ? [oldRoot, ...path] : path;
  if (start === undefined) throw misfit('it holds too few hashes');
  let [before, now] = [start, start];
  for (const sibling of siblings) {
    if (last === 0) throw misfit('it holds too many hashes');
    if (node % 2 === 1 || node === last) {
      before = nodeHash(sha, sibling, before);
      now = nodeHash(sha, sibling, now);
      while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)];
    } else {
      now = nodeHash(sha, now, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  if (last !== 0) throw misfit('it holds too few hashes');
  return { oldRoot: before, root: now };
}

/** The hashes beside leaves [begin, end): the perfect subtrees that tile what lies left and right of them. */
export type RangeBoundary = { readonly left: Hashes; readonly right: Hashes };

/** Boundary of a part. Requires 0 <= begin <= end <= size. */
export function proveRange(source: NodeSource, { begin, end }: Span, size: number): RangeBoundary {
  const hashes = (span: Span) => spanNodes(span).map(({ level, index }) => source(level, index));
  return { left: hashes({ begin: 0, end: begin }), right: hashes({ begin: end, end: size }) };
}

export type RangeClaim = RangeBoundary & {
  readonly begin: number;
  readonly size: number;
  /** Leaf hashes of the part, in order. */
  readonly leaves: Hashes;
};

/** Root that the part's leaves and its boundary make. Throws `proof` where the boundary doesn't fit the part. */
export function rootFromRange(sha: Sha256, { begin, size, leaves, left, right }: RangeClaim): Uint8Array {
  checkSize(begin);
  checkSize(size);
  checkHashes([...left, ...right]);
  const end = begin + leaves.length;
  if (end > size) throw misfit('the part reaches beyond the tree');
  if (size === 0) return sha();
  const leftIds = spanNodes({ begin: 0, end: begin });
  const rightIds = spanNodes({ begin: end, end: size });
  if (left.length !== leftIds.length || right.length !== rightIds.length) {
    throw misfit('the boundary holds another number of hashes than the part needs');
  }
  const stack: { level: number; hash: Uint8Array }[] = [];
  const push = (level: number, hash: Uint8Array) => {
    let node = { level, hash };
    for (let top = stack.at(-1); top?.level === node.level; top = stack.at(-1)) {
      stack.pop();
      node = { level: node.level + 1, hash: nodeHash(sha, top.hash, node.hash) };
    }
    stack.push(node);
  };
  leftIds.forEach(({ level }, i) => {
    push(level, left[i]!);
  });
  for (const leaf of leaves) push(0, leaf);
  rightIds.forEach(({ level }, i) => {
    push(level, right[i]!);
  });
  return foldRight(
    sha,
    stack.map(({ hash }) => hash),
  );
}

/** Throws `proof` unless the part stands at `begin` of the tree with this size and root. */
export function verifyRange(sha: Sha256, claim: RangeClaim & { readonly root: Uint8Array }): void {
  if (!equalBytes(rootFromRange(sha, claim), claim.root)) throw misfit('the part leads to another root');
}

function checkHashes(hashes: Hashes): void {
  if (hashes.some(({ length }) => length !== 32)) throw misfit('a hash is not 32 bytes');
}

/** Largest power of two below n, for n > 1. */
function split(n: number): number {
  let width = 1;
  while (width * 2 < n) width *= 2;
  return width;
}

function half(n: number): number {
  return Math.floor(n / 2);
}

function misfit(what: string): LedgerError {
  return new LedgerError({ code: 'proof', message: `The proof does not hold: ${what}.` });
}
