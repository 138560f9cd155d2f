/**
 * The chain of one log, checked record by record. It goes on after a failure, so that everything that is
 * wrong gets named; the state holds a hash and an id a record, and nothing of the records themselves.
 */
import type { LedgerCode } from './errors.ts';
import { GENESIS_PREV, type Hash } from './hash.ts';
import type { Id } from './ids.ts';
import type { ParsedRecord } from './record.ts';
import type { Time } from './time.ts';

export type ChainFailure = {
  readonly code: Extract<LedgerCode, 'sequence' | 'link' | 'time-order' | 'after' | 'duplicate-id'>;
  /** Position that was expected at this place of the file. */
  readonly seq: number;
  readonly message: string;
};

/** Where a record was: enough to say which of two records holds an id already. */
export type EntryPlace = { readonly log: string; readonly seq: number };

export type ChainState = {
  readonly log: string;
  /** First position that is checked; above 0 for a part of a log. */
  readonly from: number;
  /** Position of the next record. */
  next: number;
  /** Leaf hash of the record before, where it is known. */
  head: Hash | undefined;
  recorded: Time | undefined;
  /** Leaf hashes that an entry's `after` may name, with their positions. */
  readonly leaves: Map<Hash, number>;
  readonly ids: Map<Id, EntryPlace>;
};

export type ChainOptions = {
  /** First position of the part; 0 when absent. */
  readonly from?: number;
  /** Leaf hashes before the part that an inclusion proof has tied to the checkpoint. */
  readonly proven?: Iterable<readonly [seq: number, leaf: Hash]>;
  /** Ids of the ledger's other logs; one map for all logs makes an id unique in the ledger. */
  readonly ids?: Map<Id, EntryPlace>;
};

/** State before the first record of a log, or of a part of it. */
export function startChain(
  log: string,
  { from = 0, proven = [], ids = new Map() }: ChainOptions = {},
): ChainState {
  const leaves = new Map<Hash, number>();
  for (const [seq, leaf] of proven) if (seq < from) leaves.set(leaf, seq);
  let head = from === 0 ? GENESIS_PREV : undefined;
  for (const [leaf, seq] of leaves) if (seq === from - 1) head = leaf;
  return { log, from, next: from, head, recorded: undefined, leaves, ids };
}

const FINE: readonly ChainFailure[] = [];

/**
 * Checks the next record against the state and moves the state on. Every failure of the record is
 * returned, the gravest first. `leaf` is the record's own leaf hash. In a part of a log, an `after`
 * that names an unproven record before the part is taken to stand there.
 */
export function nextRecord(state: ChainState, { record }: ParsedRecord, leaf: Hash): readonly ChainFailure[] {
  let failures: ChainFailure[] | undefined;
  const at = state.next;
  const fail = (code: ChainFailure['code'], message: string) => {
    failures ??= [];
    failures.push({ code, seq: at, message });
  };
  if (record.seq !== at)
    fail('sequence', `The record says that it is number ${record.seq}, and stands at ${at}.`);
  if (record.log !== state.log) fail('link', 'The record belongs to another log.');
  else if (state.head !== undefined && record.prev !== state.head)
    fail('link', 'The record does not follow from the one before.');
  if (state.recorded !== undefined && record.recorded < state.recorded) {
    fail('time-order', 'The record was recorded earlier than the one before.');
  }
  if (!isEarlier(state, record.entry.after, at)) {
    fail('after', 'The signer’s log head (after) is not an earlier record of this log.');
  }
  const twin = state.ids.get(record.entry.id);
  if (twin === undefined) state.ids.set(record.entry.id, { log: state.log, seq: at });
  else fail('duplicate-id', `The entry's id is already that of record ${twin.seq}.`);
  if (state.recorded === undefined || record.recorded > state.recorded) state.recorded = record.recorded;
  // Going on from what the record itself says keeps one gap from failing every record behind it.
  advance(state, leaf, record.seq);
  return failures ?? FINE;
}

/** Moves on over a line that cannot be read as a record. */
export function skipRecord(state: ChainState, leaf: Hash): void {
  advance(state, leaf, state.next);
}

function advance(state: ChainState, leaf: Hash, seq: number): void {
  if (!state.leaves.has(leaf)) state.leaves.set(leaf, seq);
  state.head = leaf;
  state.next = seq + 1;
}

function isEarlier({ leaves, from }: ChainState, after: Hash, at: number): boolean {
  if (after === GENESIS_PREV) return at === 0;
  const seq = leaves.get(after);
  return seq === undefined ? from > 0 : seq < at;
}
