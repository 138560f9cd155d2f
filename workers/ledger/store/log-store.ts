import { KEY_ENTRY_TYPES } from '../../../shared/ledger/keys.ts';
import { FORMAT, type LedgerDatabase } from './database.ts';
import type { HeadRow, NodeRow, StoredRecord } from './rows.ts';

/** One append, written whole or not at all. */
export type LogWrite = { record: StoredRecord; head: HeadRow; nodes: NodeRow[] };

/** All that the gate and the fold need of the store: every method is one transaction. */
export type LogStore = {
  head(): Promise<HeadRow | null>;
  /** Records `from <= seq < to`, in order. */
  range(from: number, to: number): Promise<StoredRecord[]>;
  byEntry(id: string): Promise<StoredRecord | undefined>;
  byHash(hash: string): Promise<StoredRecord | undefined>;
  /** Records whose entry takes up the entry of this id. */
  referring(id: string): Promise<StoredRecord[]>;
  /** The records that say whose keys are good. */
  keyRecords(): Promise<StoredRecord[]>;
  commit(write: LogWrite): Promise<void>;
  /** What stands in the database after a commit, read in a transaction of its own. */
  readBack(seq: number): Promise<{ record: StoredRecord | undefined; head: HeadRow | null }>;
};

/** The log in IndexedDB. */
export function logStore(db: LedgerDatabase): LogStore {
  const head = async () => {
    const row = await db.meta.get('head');
    return row?.key === 'head' ? row : null;
  };
  return {
    head,
    range: (from, to) => db.records.where('seq').between(from, to, true, false).toArray(),
    byEntry: (id) => db.records.where('entryId').equals(id).first(),
    byHash: (hash) => db.records.where('hash').equals(hash).first(),
    referring: (id) => db.records.where('refs').equals(id).toArray(),
    keyRecords: async () => {
      const perType = KEY_ENTRY_TYPES.map((type) =>
        db.records.where('[type+seq]').between([type, 0], [type, Number.MAX_SAFE_INTEGER]).toArray(),
      );
      return (await Promise.all(perType)).flat().sort((a, b) => a.seq - b.seq);
    },
    commit: (write) => commitAll(db, [write]),
    readBack: (seq) =>
      db.transaction('r', db.records, db.meta, async () => ({
        record: await db.records.get(seq),
        head: await head(),
      })),
  };
}

/** Writes a run of appends in one transaction. `add`, not `put`: a place in the log is taken once. */
export function commitAll(db: LedgerDatabase, writes: readonly LogWrite[]): Promise<void> {
  const last = writes[writes.length - 1];
  if (!last) return Promise.resolve();
  return db.transaction('rw', db.records, db.meta, db.nodes, async () => {
    await db.records.bulkAdd(writes.map((w) => w.record));
    await db.nodes.bulkPut(writes.flatMap((w) => w.nodes));
    await db.meta.bulkPut([last.head, { key: 'format', version: FORMAT }]);
  });
}
