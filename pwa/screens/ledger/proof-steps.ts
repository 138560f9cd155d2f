import { equalBytes, fromHex, toHex, utf8 } from '../../../shared/ledger/bytes.ts';
import { leafHash, nodeHash, type Sha256 } from '../../../shared/ledger/hash.ts';

/** One step up the tree: which side the neighbour is on, and what the two hash to. */
export type ProofStep = { left: string; right: string; ours: 'left' | 'right'; result: string };

export type ProofCheck = {
  leaf: string;
  /** The record's text hashes to the hash that the list shows. */
  leafMatches: boolean;
  steps: readonly ProofStep[];
  /** Where the steps end; equal to the checkpoint's root when the record stands where it says. */
  reached: string;
  rootMatches: boolean;
};

export type ProofInput = {
  line: string;
  hash: string;
  seq: number;
  proof: { size: number; root: string; path: readonly string[] };
};

/**
 * Computes a record's way to the root again, step by step, from its text (RFC 6962 sections 2.1 and 2.1.1, with
 * the checking order of RFC 9162 section 2.1.3.2). A path of the wrong length ends elsewhere and does not match.
 */
export function checkProof(sha: Sha256, { line, hash, seq, proof }: ProofInput): ProofCheck {
  const leaf = leafHash(sha, utf8(line));
  const steps: ProofStep[] = [];
  let [node, last, ours] = [seq, proof.size - 1, leaf];
  for (const text of proof.path) {
    const sibling = fromHex(text);
    const fromRight = node % 2 === 1 || node === last;
    const result = fromRight ? nodeHash(sha, sibling, ours) : nodeHash(sha, ours, sibling);
    steps.push(
      fromRight
        ? { left: text, right: toHex(ours), ours: 'right', result: toHex(result) }
        : { left: toHex(ours), right: text, ours: 'left', result: toHex(result) },
    );
    if (fromRight) while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, Math.floor(last / 2)];
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    ours = result;
  }
  const leafText = toHex(leaf);
  return {
    leaf: leafText,
    leafMatches: leafText === hash,
    steps,
    reached: toHex(ours),
    rootMatches: last === 0 && equalBytes(ours, fromHex(proof.root)),
  };
}
