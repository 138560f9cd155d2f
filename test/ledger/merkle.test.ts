import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { fromBase64, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { leafHash, loadSha256 } from '../../shared/ledger/hash.ts';
import {
  appendLeaf,
  EMPTY_FRONTIER,
  frontierAt,
  MerkleTree,
  rootOfFrontier,
  rootOfLeaves,
  spanNodes,
} from '../../shared/ledger/merkle.ts';
import {
  consistencySpans,
  inclusionSpans,
  proveConsistency,
  proveInclusion,
  proveRange,
  rootFromRange,
  verifyConsistency,
  verifyInclusion,
  verifyRange,
} from '../../shared/ledger/proof.ts';
import { mth, path, proof } from '../reference/rfc6962.ts';
import { codeOf } from './codes.ts';
import { readVectors } from './vectors.ts';

const sha = await loadSha256();

const data = (n: number) => Array.from({ length: n }, (_, i) => utf8(`record ${i}`));
const leavesOf = (n: number) => data(n).map((bytes) => leafHash(sha, bytes));
const treeOf = (n: number) => new MerkleTree(sha, leavesOf(n));
const hex = (hashes: readonly Uint8Array[]) => hashes.map(toHex);

const hash = v.pipe(v.string(), v.transform(fromBase64));
const common = { case: v.string(), proof: v.nullable(v.array(hash)), wantErr: v.boolean() };
const inclusion = readVectors(
  'rfc6962-inclusion.json',
  v.array(v.object({ ...common, leafIdx: v.string(), treeSize: v.string(), root: hash, leafHash: hash })),
);
const consistency = readVectors(
  'rfc6962-consistency.json',
  v.array(v.object({ ...common, size1: v.string(), size2: v.string(), root1: hash, root2: hash })),
);

// A decimal above 2^53 - 1 never becomes a safe integer, so its rounding cannot turn into another position.
const size = (decimal: string) => Number(decimal);

describe('third-party vectors', () => {
  test.runIf(inclusion)('98 inclusion proofs', () => {
    expect(inclusion).toHaveLength(98);
    for (const { case: name, leafIdx, treeSize, leafHash: leaf, root, proof, wantErr } of inclusion ?? []) {
      const claim = { index: size(leafIdx), size: size(treeSize), leaf, root, path: proof ?? [] };
      expect(
        codeOf(() => verifyInclusion(sha, claim)),
        name,
      ).toBe(wantErr ? 'proof' : undefined);
    }
  });

  test.runIf(consistency)('98 consistency proofs', () => {
    expect(consistency).toHaveLength(98);
    for (const { case: name, size1, size2, root1, root2, proof, wantErr } of consistency ?? []) {
      const claim = {
        oldSize: size(size1),
        size: size(size2),
        oldRoot: root1,
        root: root2,
        path: proof ?? [],
      };
      expect(
        codeOf(() => verifyConsistency(sha, claim)),
        name,
      ).toBe(wantErr ? 'proof' : undefined);
    }
  });
});

describe('against the RFC’s own recursion', () => {
  const sizes = fc.integer({ min: 1, max: 130 });

  test('root, by every way of making it', () => {
    for (let n = 0; n <= 130; n += 1) {
      const want = toHex(mth(data(n)));
      const tree = treeOf(n);
      expect(toHex(rootOfLeaves(sha, leavesOf(n)))).toBe(want);
      expect(toHex(tree.root())).toBe(want);
      expect(toHex(rootOfFrontier(sha, frontierAt(tree.node, n)))).toBe(want);
      expect(hex(frontierAt(tree.node, n).nodes)).toEqual(hex(tree.frontier.nodes));
    }
  });

  test('an append completes the subtrees that storage needs, each once', () => {
    const seen = new Map<string, string>();
    let frontier = EMPTY_FRONTIER;
    for (const leaf of leavesOf(77)) {
      frontier = appendLeaf(sha, frontier, leaf, (level, index, node) => {
        expect(seen.has(`${level}/${index}`)).toBe(false);
        seen.set(`${level}/${index}`, toHex(node));
      });
    }
    const tree = treeOf(77);
    for (const [id, node] of seen) {
      const [level, index] = id.split('/').map(Number);
      expect(toHex(tree.node(level!, index!))).toBe(node);
    }
    expect(seen.size).toBe(77 + 38 + 19 + 9 + 4 + 2 + 1);
  });

  test('inclusion proofs', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (n, seed) => {
        const index = seed % n;
        const tree = treeOf(n);
        const made = proveInclusion(sha, tree.node, index, n);
        expect(hex(made)).toEqual(hex(path(index, data(n))));
        verifyInclusion(sha, { index, size: n, leaf: tree.node(0, index), path: made, root: tree.root() });
      }),
    );
  });

  test('consistency proofs', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (n, seed) => {
        const oldSize = 1 + (seed % n);
        const tree = treeOf(n);
        const made = proveConsistency(sha, tree.node, oldSize, n);
        expect(hex(made)).toEqual(hex(proof(oldSize, data(n))));
        verifyConsistency(sha, {
          oldSize,
          size: n,
          oldRoot: tree.root(oldSize),
          root: tree.root(),
          path: made,
        });
      }),
    );
  });

  test('a proof is refused for any other position, size, leaf or hash', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 70 }), fc.nat(), fc.nat(), (n, seed, other) => {
        const index = seed % n;
        const tree = treeOf(n);
        const made = proveInclusion(sha, tree.node, index, n);
        const claim = { index, size: n, leaf: tree.node(0, index), path: made, root: tree.root() };
        const elsewhere = (index + 1 + (other % (n - 1))) % n;
        expect(codeOf(() => verifyInclusion(sha, { ...claim, index: elsewhere }))).toBe('proof');
        expect(codeOf(() => verifyInclusion(sha, { ...claim, leaf: tree.node(0, elsewhere) }))).toBe('proof');
        expect(codeOf(() => verifyInclusion(sha, { ...claim, path: made.slice(1) }))).toBe('proof');
        expect(codeOf(() => verifyInclusion(sha, { ...claim, path: [...made, made[0]!] }))).toBe('proof');
        expect(codeOf(() => verifyInclusion(sha, { ...claim, index: n }))).toBe('proof');
        expect(codeOf(() => verifyInclusion(sha, { ...claim, index: -1 }))).toBe('proof');
        expect(codeOf(() => verifyInclusion(sha, { ...claim, index: index + 0.5 }))).toBe('proof');
      }),
    );
  });
});

describe('parts of a log', () => {
  test('every part of every small tree leads to its root', () => {
    for (let n = 1; n <= 24; n += 1) {
      const tree = treeOf(n);
      const leaves = leavesOf(n);
      const root = tree.root();
      for (let begin = 0; begin <= n; begin += 1) {
        for (let end = begin; end <= n; end += 1) {
          const part = {
            begin,
            size: n,
            leaves: leaves.slice(begin, end),
            ...proveRange(tree.node, { begin, end }, n),
          };
          verifyRange(sha, { ...part, root });
        }
      }
    }
  });

  test('a part that is moved, cut, changed or wrongly bounded is refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 90 }), fc.nat(), fc.nat(), (n, a, b) => {
        const begin = a % (n - 1);
        const end = begin + 1 + (b % (n - begin));
        const tree = treeOf(n);
        const leaves = leavesOf(n).slice(begin, end);
        const root = tree.root();
        const claim = { begin, size: n, leaves, root, ...proveRange(tree.node, { begin, end }, n) };
        const refused = (change: Partial<typeof claim>) =>
          expect(codeOf(() => verifyRange(sha, { ...claim, ...change }))).toBe('proof');
        verifyRange(sha, claim);
        refused({ leaves: [...leaves.slice(0, -1), leafHash(sha, utf8('another'))] });
        refused({ leaves: [...leaves, leaves[0]!] });
        refused({ left: [...claim.left, root] });
        refused({ right: [...claim.right, root] });
        refused({ root: leaves[0]! });
        refused({ size: -1 });
        refused({ begin: 2 ** 53 });
        expect(codeOf(() => rootFromRange(sha, { ...claim, size: begin }))).toBe('proof');
      }),
    );
  });

  test('the nodes that a proof needs are all perfect subtrees within the tree', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const index = Math.min(n - 1, Math.floor(n * share));
          const spans = [
            ...inclusionSpans(index, n),
            ...consistencySpans(index + 1, n),
            { begin: index, end: n },
          ];
          for (const { level, index: at } of spans.flatMap(spanNodes)) {
            expect(Number.isSafeInteger(at)).toBe(true);
            expect((at + 1) * 2 ** level).toBeLessThanOrEqual(n);
          }
          expect(inclusionSpans(index, n).length).toBeLessThanOrEqual(41);
        },
      ),
    );
  });

  test('a subtree outside of the tree is a mistake of the caller', () => {
    expect(() => treeOf(5).node(1, 2)).toThrow(RangeError);
  });
});
