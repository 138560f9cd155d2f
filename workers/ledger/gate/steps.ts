import { containersOf, referencesOf } from '../../../shared/domain/effects.ts';
import type { DomainEntry } from '../../../shared/domain/entries.ts';
import type { Target } from '../../../shared/domain/judge.ts';
import { checkAssertion } from '../../../shared/ledger/assertion.ts';
import { fromBase64Url, toBase64Url, toHex, utf8 } from '../../../shared/ledger/bytes.ts';
import { canonicalize } from '../../../shared/ledger/canonical.ts';
import { GENESIS_PREV, leafHash } from '../../../shared/ledger/hash.ts';
import { foldKeys, type KeyRegistry, keyFor } from '../../../shared/ledger/keys.ts';
import {
  FORMAT_VERSION,
  formatLog,
  isSignedLate,
  type LedgerRecord,
  type ParsedRecord,
  parseRecord,
} from '../../../shared/ledger/record.ts';
import { recordStatements } from '../../../shared/ledger/statement.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { Advice, Receipt, SignedStatement } from '../../../shared/protocol/ledger.ts';
import type { Refusal } from '../../../shared/protocol/outcome.ts';
import type { LogStore, LogWrite } from '../store/log-store.ts';
import type { HeadRow, StoredRecord } from '../store/rows.ts';
import { growTree } from '../store/tree.ts';
import type { GateEffects } from './effects.ts';
import { readStored } from './read-record.ts';

/** The steps of an append, each one thing. `append.ts` puts them in order. */

export const receiptOf = ({ entryId, seq, hash, recorded, flags }: StoredRecord): Receipt => ({
  ...{ entryId, seq, hash, recorded, flags },
});

/** True where the stored record holds exactly this entry. */
export function holdsEntry(row: StoredRecord, entry: DomainEntry): boolean {
  try {
    return parseRecord(row.line).entryText === canonicalize(entry);
  } catch {
    return false;
  }
}

/** What a reader looks an entry up by, besides its own id. */
function refsOf(entry: DomainEntry): string[] {
  const { body } = entry;
  const discrepancy = 'discrepancy' in body ? [body.discrepancy] : [];
  const proposal = 'proposal' in body && body.proposal !== undefined ? [body.proposal] : [];
  return [...new Set([...referencesOf(entry), ...discrepancy, ...proposal])];
}

/** The earlier entry that this one takes up, with what else has taken it up since and still stands. */
export async function gatherTarget(store: LogStore, entry: DomainEntry): Promise<Target | undefined> {
  const [id] = referencesOf(entry);
  const row = id === undefined ? undefined : await store.byEntry(id);
  const read = row && readStored(row);
  if (!read) return undefined;
  const referrers: DomainEntry[] = [];
  for (const later of await store.referring(row.entryId)) {
    const other = readStored(later)?.fold.entry;
    if (!other) continue;
    const undone = (await store.referring(other.id)).some((r) => r.type === 'reversal');
    if (!undone) referrers.push(other);
  }
  const beside = read.fold.signatures.slice(1).map(({ by }) => by);
  return { entry: read.fold.entry, hash: row.hash, beside, referrers };
}

/** The time of the append: the clock's, or the last record's where the clock went back. */
export function recordedTime(head: HeadRow | null, now: number): { recorded: string; behindMs: number } {
  const clock = formatTime(now);
  if (!head || clock >= head.recorded) return { recorded: clock, behindMs: 0 };
  return { recorded: head.recorded, behindMs: Date.parse(head.recorded) - now };
}

/** The canonical record. Throws LedgerError for what no verifier would take. */
export function compose(
  effects: GateEffects,
  head: HeadRow | null,
  recorded: string,
  { entry, signatures }: { entry: DomainEntry; signatures: readonly SignedStatement[] },
): ParsedRecord {
  const log =
    head === null && entry.type === 'ledger.created'
      ? formatLog(entry.body.ledger, entry.body.device.id)
      : formatLog(head?.ledger ?? '', head?.device ?? '');
  const record: LedgerRecord = {
    ...{ v: FORMAT_VERSION, log, seq: head?.size ?? 0, prev: head?.hash ?? GENESIS_PREV, recorded },
    nonce: toBase64Url(effects.random(16)),
    entry,
    signatures,
  };
  return parseRecord(canonicalize(record));
}

/** Holds every signature, and every second factor, against what the log itself has enrolled. `null` when all are good. */
export async function checkSignatures(
  effects: GateEffects,
  registry: KeyRegistry,
  parsed: ParsedRecord,
): Promise<Refusal | null> {
  const { sha, verify } = effects;
  const { record } = parsed;
  const keys = foldKeys(registry, sha, record);
  const statements = recordStatements(sha, parsed);
  for (const [i, signature] of record.signatures.entries()) {
    const { by, key, sig } = signature;
    if (isSignedLate(signature, record)) {
      return refuse('A signature is dated in the future. Check the clock of this computer and sign again.');
    }
    const answer = keyFor(keys, by, key, record.seq, i === 0 ? 'performer' : 'further');
    if (!answer.ok) {
      return refuse(
        answer.code === 'revoked-key'
          ? 'A signature was made with a key that is no longer valid. Sign in again and sign once more.'
          : 'A signature was made with a key that this ledger does not know. Ask the registrant.',
      );
    }
    const good = await verify(answer.publicKey, fromBase64Url(sig), statements[i]!);
    if (!good) return refuse('A signature does not fit the entry. Sign the entry again.');
    if (!signature.assertion) continue;
    const at = { by, seq: record.seq, statement: statements[i]! };
    const factor = await checkAssertion(effects, keys.credentials, signature.assertion, at);
    if (factor !== 'good') return refuse(FACTOR_WORDS[factor]);
  }
  return null;
}

const FACTOR_WORDS = {
  'unknown-key': 'This second factor is not one of the signer’s. Use one that was added here before.',
  'revoked-key': 'This second factor has been removed. Use another one of yours.',
  signature: 'The second factor does not fit the signature. Sign the entry again.',
} as const;

const refuse = (message: string): Refusal => ({ code: 'signature', message });

/** The rows of an append. */
export function rowsOf(
  { sha }: GateEffects,
  head: HeadRow | null,
  { line, record }: ParsedRecord,
  { entry, flags, heldAt }: { entry: DomainEntry; flags: Advice[]; heldAt: string | undefined },
): LogWrite {
  const leaf = leafHash(sha, utf8(line));
  const hash = toHex(leaf);
  const { seq, recorded, log } = record;
  const [ledger = '', device = ''] = log.split('/');
  const { frontier, nodes } = growTree(sha, { size: seq, frontier: head?.frontier ?? [] }, leaf);
  const { id: entryId, type, at, by } = entry;
  return {
    record: {
      ...{ seq, hash, entryId, type, at, by, recorded, line, flags },
      containers: containersOf(entry),
      refs: refsOf(entry),
    },
    head: {
      ...{ key: 'head', ledger, device, size: seq + 1, hash, recorded, frontier },
      ...(heldAt === undefined ? {} : { heldAt }),
    },
    nodes,
  };
}

/** True where the database now holds exactly what was written. */
export async function standsWritten(store: LogStore, { record, head }: LogWrite): Promise<boolean> {
  const back = await store.readBack(record.seq);
  return (
    back.record?.line === record.line &&
    back.record.hash === record.hash &&
    back.head?.hash === head.hash &&
    back.head.size === head.size &&
    back.head.frontier.join() === head.frontier.join()
  );
}
