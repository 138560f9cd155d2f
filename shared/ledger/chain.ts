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
  /** Position of the next line, by its place. */
  next: number;
  /** By how much the records themselves say other positions, after a gap that was named once. */
  shift: number;
  /** Leaf hash of the record before; `undefined` behind a hole. */
  head: Hash | undefined;
  recorded: Time | undefined;
  /** Whether records before this place are not at hand. */
  holes: boolean;
  /** Leaf hashes whose place is known, from the records themselves or from the `prev` of one behind a hole. */
  readonly leaves: Map<Hash, number>;
  readonly ids: Map<Id, EntryPlace>;
};

/** State before the first record of a log. `ids` are those of the ledger's other logs: one map for all. */
export function startChain(log: string, ids: Map<Id, EntryPlace> = new Map()): ChainState {
  return {
    ...{ log, next: 0, shift: 0, head: GENESIS_PREV, recorded: undefined },
    ...{ holes: false, leaves: new Map(), ids },
  };
}

/**
 * Goes on at `seq`: what a proof has put there, or where a part begins. What lies between is a hole; all rules
 * hold across it, as far as both records concerned are at hand.
 */
export function goOnAt(state: ChainState, seq: number): void {
  if (seq === state.next) return;
  state.next = seq;
  state.head = undefined;
  state.holes = true;
}

const FINE: readonly ChainFailure[] = [];

/**
 * Checks the next record against the state and moves the state on. Every failure of the record is
 * returned, the gravest first. `leaf` is the record's own leaf hash. Behind a hole, an `after` that names
 * no known record is taken to name one in the hole.
 */
export function nextRecord(state: ChainState, { record }: ParsedRecord, leaf: Hash): readonly ChainFailure[] {
  let failures: ChainFailure[] | undefined;
  const at = state.next;
  const fail = (code: ChainFailure['code'], message: string) => {
    failures ??= [];
    failures.push({ code, seq: at, message });
  };
  if (record.seq !== at && record.seq !== at + state.shift) {
    fail('sequence', `The record says that it is number ${record.seq}, and stands at ${at}.`);
  }
  // Going on from what the record itself says keeps one gap from failing every record behind it.
  state.shift = record.seq - at;
  if (record.log !== state.log) fail('link', 'The record belongs to another log.');
  else if (!follows(state, record.prev)) fail('link', 'The record does not follow from the one before.');
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
  skipRecord(state, leaf);
  return failures ?? FINE;
}

/** Moves on over a line, also one that cannot be read as a record. */
export function skipRecord(state: ChainState, leaf: Hash): void {
  if (!state.leaves.has(leaf)) state.leaves.set(leaf, state.next);
  state.head = leaf;
  state.next += 1;
}

/** Behind a hole, `prev` is the leaf hash of a record that stands nowhere else, and names it from here on. */
function follows(state: ChainState, prev: Hash): boolean {
  if (state.head !== undefined) return prev === state.head;
  if (prev === GENESIS_PREV || state.leaves.has(prev)) return false;
  state.leaves.set(prev, state.next - 1);
  return true;
}

function isEarlier({ leaves, holes }: ChainState, after: Hash, at: number): boolean {
  if (after === GENESIS_PREV) return at === 0;
  const seq = leaves.get(after);
  return seq === undefined ? holes : seq < at;
}
