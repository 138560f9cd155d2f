import { checkAssertion } from '../../../shared/ledger/assertion.ts';
import { fromBase64Url, toHex } from '../../../shared/ledger/bytes.ts';
import { type KeyRegistry, keyFor } from '../../../shared/ledger/keys.ts';
import { rootOfFrontier } from '../../../shared/ledger/merkle.ts';
import { inclusionSpans, proveInclusion } from '../../../shared/ledger/proof.ts';
import { type ParsedRecord, parseRecord } from '../../../shared/ledger/record.ts';
import { recordStatements } from '../../../shared/ledger/statement.ts';
import type { RecordDetail, RecordRow } from '../../../shared/protocol/views.ts';
import { frontierOf, signHead } from '../checkpoint.ts';
import type { Context } from '../context.ts';
import type { HeadRow, StoredRecord } from '../store/rows.ts';
import { readNodes } from '../store/tree.ts';
import { describe } from './rows.ts';
import { nameOf } from './words.ts';

/** One record with everything that vouches for it: signatures checked now, and its place in the tree. */
export async function recordDetail(context: Context, key: number | string): Promise<RecordDetail | null> {
  const { db, projection, effects } = context;
  const { state, registry } = await projection.catchUp();
  const stored = await (typeof key === 'number'
    ? db.records.get(key)
    : db.records.where('entryId').equals(key).first());
  const head = await effects.store.head();
  if (!stored || !head) return null;
  const parsed = parsedOf(stored);
  const [row] = await describe(db, state, [stored]);
  const later = await db.records.where('refs').equals(stored.entryId).sortBy('seq');
  const earlier = await db.records.where('entryId').anyOf(stored.refs).sortBy('seq');
  const signatures = parsed ? await signaturesOf(context, registry, parsed) : [];
  if (!row) return null;
  return {
    ...{ row, line: stored.line, prev: parsed?.record.prev ?? '' },
    signatures: signatures.map((s) => ({ ...s, name: nameOf(state, s.by) })),
    proof: await proofOf(context, head, stored.seq),
    checkpoint: await signHead(context),
    referred: (await describe(db, state, earlier)).map(linkOf),
    referrers: (await describe(db, state, later)).map(linkOf),
  };
}

const linkOf = ({ seq, entryId, type, summary }: RecordRow) => ({ seq, entryId, type, summary });

function parsedOf(stored: StoredRecord): ParsedRecord | null {
  try {
    return parseRecord(stored.line);
  } catch {
    return null;
  }
}

function signaturesOf(context: Context, registry: KeyRegistry, parsed: ParsedRecord) {
  const { sha, verify } = context;
  const { seq } = parsed.record;
  const statements = recordStatements(sha, parsed);
  return Promise.all(
    parsed.record.signatures.map(async ({ as, by, key, at, sig, assertion }, i) => {
      const answer = keyFor(registry, by, key, seq, i === 0 ? 'performer' : 'further');
      const statement = statements[i];
      if (!answer.ok || statement === undefined) return { as, by, key, at, sig, valid: false };
      const signed = await verify(answer.publicKey, fromBase64Url(sig), statement);
      if (!assertion) return { as, by, key, at, sig, valid: signed };
      const factor = await checkAssertion(context, registry.credentials, assertion, { by, seq, statement });
      return { as, by, key, at, sig, factor: true as const, valid: signed && factor === 'good' };
    }),
  );
}

async function proofOf({ db, sha }: Context, head: HeadRow, seq: number): Promise<RecordDetail['proof']> {
  const { size } = head;
  const nodes = await readNodes(db, inclusionSpans(seq, size));
  const path = proveInclusion(sha, nodes, seq, size).map(toHex);
  return { size, root: toHex(rootOfFrontier(sha, frontierOf(head))), path };
}
