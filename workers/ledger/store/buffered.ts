import { KEY_ENTRY_TYPES } from '../../../shared/ledger/keys.ts';
import type { LogStore, LogWrite } from './log-store.ts';
import type { HeadRow } from './rows.ts';

/**
 * A store that keeps appends in memory and writes them in runs: for filling an empty ledger quickly
 * (the demo clinic, benches), never for what a person has just signed.
 */
export function bufferedStore(
  base: LogStore,
  writeAll: (writes: readonly LogWrite[]) => Promise<void>,
  run: number,
): LogStore & { flush(): Promise<void> } {
  let waiting: LogWrite[] = [];
  let head: HeadRow | null = null;
  const flush = async () => {
    const writes = waiting;
    waiting = [];
    await writeAll(writes);
  };
  const held = (test: (write: LogWrite) => boolean) => waiting.filter(test).map((w) => w.record);
  return {
    flush,
    head: async () => head ?? base.head(),
    range: async (from, to) => [
      ...(await base.range(from, to)),
      ...held(({ record }) => record.seq >= from && record.seq < to),
    ],
    byEntry: async (id) => held(({ record }) => record.entryId === id)[0] ?? base.byEntry(id),
    byHash: async (hash) => held(({ record }) => record.hash === hash)[0] ?? base.byHash(hash),
    referring: async (id) => [
      ...(await base.referring(id)),
      ...held(({ record }) => record.refs.includes(id)),
    ],
    keyRecords: async () => [
      ...(await base.keyRecords()),
      ...held(({ record }) => KEY_ENTRY_TYPES.includes(record.type)),
    ],
    commit: async (write) => {
      waiting.push(write);
      head = write.head;
      if (waiting.length >= run) await flush();
    },
    readBack: async (seq) => ({
      record: held(({ record }) => record.seq === seq)[0] ?? (await base.range(seq, seq + 1))[0],
      head: head ?? (await base.head()),
    }),
  };
}
