import { toHex } from '../../shared/ledger/bytes.ts';
import { type EarlierRecord, formatPartProof } from '../../shared/ledger/part.ts';
import { inclusionSpans, proveInclusion, proveRange } from '../../shared/ledger/proof.ts';
import type { LedgerSource } from '../../shared/protocol/ledger.ts';
import { NEEDED_EARLIER } from '../../shared/verifier/part-needs.ts';
import { signHead } from './checkpoint.ts';
import { type Context, deviceRow } from './context.ts';
import { readNodes } from './store/tree.ts';

/** The read-only door for the verify and package workers. */
export function ledgerSource(context: Context): LedgerSource {
  const { db, effects, projection } = context;
  return {
    info: async () => {
      const { state } = await projection.catchUp();
      const [head, device] = await Promise.all([effects.store.head(), deviceRow(db)]);
      return {
        ...{ ledger: head?.ledger ?? '', device: head?.device ?? '', size: head?.size ?? 0 },
        devicePublicKey: device?.publicKey ?? state.ledger?.device.publicKey ?? '',
        ...{ demo: state.ledger?.demo ?? false, facility: state.ledger?.facility.name ?? '' },
      };
    },
    lines: async (from, to) => (await effects.store.range(from, to)).map((row) => row.line),
    checkpoint: () => signHead(context),
    rangeProof: (from, to, size) => rangeProof(context, from, to, size),
  };
}

async function rangeProof({ db, sha }: Context, from: number, to: number, size: number): Promise<string> {
  const earlier = (
    await Promise.all(
      NEEDED_EARLIER.map((type) =>
        db.records.where('[type+seq]').between([type, 0], [type, from], true, false).toArray(),
      ),
    )
  )
    .flat()
    .sort((a, b) => a.seq - b.seq);
  const nodes = await readNodes(db, [
    ...[
      { begin: 0, end: from },
      { begin: to, end: size },
    ],
    ...earlier.flatMap((row) => inclusionSpans(row.seq, size)),
  ]);
  const { left, right } = proveRange(nodes, { begin: from, end: to }, size);
  return formatPartProof({
    ...{ v: 1, from, to, size, left: left.map(toHex), right: right.map(toHex) },
    earlier: earlier.map(
      ({ seq, line }): EarlierRecord => ({
        ...{ seq, line, path: proveInclusion(sha, nodes, seq, size).map(toHex) },
      }),
    ),
  });
}
