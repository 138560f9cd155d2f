import { fromHex, toHex } from '../../../shared/ledger/bytes.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import {
  appendLeaf,
  type NodeId,
  type NodeSource,
  type Span,
  spanNodes,
} from '../../../shared/ledger/merkle.ts';
import type { LedgerDatabase } from './database.ts';
import type { NodeRow } from './rows.ts';

/** The frontier with one more leaf, and the subtrees that it completes; O(log n), no reading. */
export function growTree(
  sha: Sha256,
  tree: { size: number; frontier: readonly string[] },
  leaf: Uint8Array,
): { frontier: string[]; nodes: NodeRow[] } {
  const nodes: NodeRow[] = [];
  const grown = appendLeaf(
    sha,
    { size: tree.size, nodes: tree.frontier.map(fromHex) },
    leaf,
    (level, index, hash) => {
      if (level > 0) nodes.push({ level, index, hash: hash.slice() });
    },
  );
  return { frontier: grown.nodes.map(toHex), nodes };
}

/** Reads the subtrees that tile the spans, so that the proof functions can be run over them. */
export async function readNodes(db: LedgerDatabase, spans: readonly Span[]): Promise<NodeSource> {
  const ids = spans.flatMap(spanNodes);
  const [leaves, inner] = [ids.filter((id) => id.level === 0), ids.filter((id) => id.level > 0)];
  const found = new Map<string, Uint8Array>();
  const [records, nodes] = await Promise.all([
    db.records.bulkGet(leaves.map((id) => id.index)),
    db.nodes.bulkGet(inner.map((id): [number, number] => [id.level, id.index])),
  ]);
  for (const record of records)
    if (record) found.set(name({ level: 0, index: record.seq }), fromHex(record.hash));
  for (const node of nodes) if (node) found.set(name(node), node.hash);
  return (level, index) => {
    const hash = found.get(name({ level, index }));
    if (!hash) throw new RangeError(`The store lacks the subtree ${name({ level, index })}.`);
    return hash;
  };
}

const name = ({ level, index }: NodeId) => `${level}/${index}`;
