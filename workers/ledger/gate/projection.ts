import { fold, type ReversedEntry } from '../../../shared/domain/fold.ts';
import { emptyState, type State } from '../../../shared/domain/state.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import { EMPTY_REGISTRY, foldKeys, type KeyRegistry } from '../../../shared/ledger/keys.ts';
import type { LogStore } from '../store/log-store.ts';
import type { HeadRow, StoredRecord } from '../store/rows.ts';
import { type ReadRecord, readStored } from './read-record.ts';
import { SNAPSHOT_EVERY, type Snapshots } from './snapshots.ts';

/** The fold of the log, and whose keys are good. `state` is moved on in place by every catch-up. */
export type Projection = { state: State; registry: KeyRegistry };

export type Projector = {
  /** The fold up to the log's head, with whatever other tabs have written. */
  catchUp(head?: HeadRow | null): Promise<Projection>;
  /** Folds a record that has just been written and read back, so that it need not be read once more. */
  take(read: ReadRecord, target?: ReversedEntry): Promise<void>;
};

const CHUNK = 500;

/** Keeps a fold of the log in memory: from the last good snapshot on, then record by record. */
export function projector(store: LogStore, sha: Sha256, snapshots: Snapshots): Projector {
  let held: Projection | null = null;
  let kept = -1;
  let turn: Promise<unknown> = Promise.resolve();

  const start = async (): Promise<Projection> => {
    const state = (await snapshots.load(store)) ?? emptyState();
    kept = state.seq;
    return { state, registry: await registryUpTo(store, sha, state.seq) };
  };

  const foldRead = (projection: Projection, read: ReadRecord, target: ReversedEntry | undefined) => {
    fold(projection.state, read.fold, target);
    projection.registry = foldSafely(projection.registry, sha, read.record);
  };

  const foldRow = async (projection: Projection, row: StoredRecord) => {
    const { state } = projection;
    const read = readStored(row);
    if (!read) {
      Object.assign(state, { seq: row.seq, hash: row.hash, recorded: row.recorded });
      return;
    }
    const { entry } = read.fold;
    const undone = entry.type === 'reversal' ? await store.byEntry(entry.body.entry) : undefined;
    foldRead(projection, read, undone && readStored(undone)?.fold.entry);
  };

  const advance = async (known?: HeadRow | null): Promise<Projection> => {
    const head = known === undefined ? await store.head() : known;
    const size = head?.size ?? 0;
    if (held && held.state.seq >= size) held = null; // the log under this fold is gone
    const projection = held ?? (await start());
    // Only a catch-up that came to its end is kept; one that failed half-way would be half a fold.
    held = null;
    while (projection.state.seq + 1 < size) {
      const from = projection.state.seq + 1;
      const rows = await store.range(from, Math.min(from + CHUNK, size));
      if (rows.length === 0) break;
      for (const row of rows) await foldRow(projection, row);
    }
    held = projection;
    keepNowAndThen(projection);
    return projection;
  };

  const keepNowAndThen = (projection: Projection) => {
    if (projection.state.seq - kept >= SNAPSHOT_EVERY) {
      kept = projection.state.seq;
      // Behind the work at hand: a snapshot that could not be kept only costs time later.
      snapshots.keep(projection.state).catch(() => {});
    }
  };

  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const next = turn.then(work, work);
    turn = next;
    return next;
  };

  return {
    catchUp: (head) => inTurn(() => advance(head)),
    take: (read, target) =>
      inTurn(() => {
        if (held?.state.seq !== read.fold.seq - 1) return;
        foldRead(held, read, target);
        keepNowAndThen(held);
      }),
  };
}

async function registryUpTo(store: LogStore, sha: Sha256, seq: number): Promise<KeyRegistry> {
  if (seq < 0) return EMPTY_REGISTRY;
  const rows = (await store.keyRecords()).filter((row) => row.seq <= seq);
  return rows.reduce((registry, row) => {
    const read = readStored(row);
    return read ? foldSafely(registry, sha, read.record) : registry;
  }, EMPTY_REGISTRY);
}

function foldSafely(registry: KeyRegistry, sha: Sha256, record: Parameters<typeof foldKeys>[2]): KeyRegistry {
  try {
    return foldKeys(registry, sha, record);
  } catch {
    return registry;
  }
}
