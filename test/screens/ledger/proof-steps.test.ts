import fc from 'fast-check';
import { expect, it } from 'vitest';
import { checkProof } from '../../../pwa/screens/ledger/proof-steps.ts';
import { toHex, utf8 } from '../../../shared/ledger/bytes.ts';
import { leafHash, plainSha256 as sha } from '../../../shared/ledger/hash.ts';
import { MerkleTree } from '../../../shared/ledger/merkle.ts';
import { proveInclusion } from '../../../shared/ledger/proof.ts';

function proofOf(size: number, seq: number) {
  const lines = Array.from({ length: size }, (_, i) => `{"seq":${i}}`);
  const tree = new MerkleTree(
    sha,
    lines.map((line) => leafHash(sha, utf8(line))),
  );
  const line = lines[seq]!;
  return {
    line,
    hash: toHex(leafHash(sha, utf8(line))),
    seq,
    proof: { size, root: toHex(tree.root()), path: proveInclusion(sha, tree.node, seq, size).map(toHex) },
  };
}
const places = fc.integer({ min: 1, max: 40 }).chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));

it('leads from every record of every tree to its root, through the neighbours given', () => {
  fc.assert(
    fc.property(places, ([size, seq]) => {
      const input = proofOf(size, seq);
      const check = checkProof(sha, input);
      expect(check).toMatchObject({ leafMatches: true, rootMatches: true, reached: input.proof.root });
      expect(check.steps).toHaveLength(input.proof.path.length);
    }),
    { numRuns: 60 },
  );
});

it('leads elsewhere when a letter of the record, a neighbour or the place is changed', () => {
  const good = proofOf(13, 5);
  expect(checkProof(sha, { ...good, line: `${good.line} ` })).toMatchObject({
    leafMatches: false,
    rootMatches: false,
  });
  expect(checkProof(sha, { ...good, seq: 6 }).rootMatches).toBe(false);
  const path = good.proof.path.map((hash, i) => (i === 1 ? '0'.repeat(64) : hash));
  expect(checkProof(sha, { ...good, proof: { ...good.proof, path } }).rootMatches).toBe(false);
  expect(checkProof(sha, { ...good, proof: { ...good.proof, path: path.slice(1) } }).rootMatches).toBe(false);
});
