import { KEY_ENTRY_TYPES } from '../../../shared/ledger/keys.ts';
import type { LogStore, LogWrite } from './log-store.ts';
import type { HeadRow, StoredRecord } from './rows.ts';

/**
 * A store over an *empty* one that keeps appends in memory and writes them in runs: for filling a ledger
 * quickly (the demo clinic, benches), never for what a person has just signed.
 */
export function bufferedStore(
  base: LogStore,
  writeAll: (writes: readonly LogWrite[]) => Promise<void>,
  run: number,
): LogStore & { flush(): Promise<void> } {
  let head: HeadRow | null = null;
  let waiting: LogWrite[] = [];
  const byId = new Map<string, StoredRecord>();
  /** What was written already: everything else is known not to be there without looking. */
  const written = { ids: new Set<string>(), refs: new Set<string>() };

  const first = () => waiting[0]?.record.seq ?? Number.POSITIVE_INFINITY;
  const at = (seq: number) => waiting[seq - first()]?.record;
  const records = () => waiting.map((write) => write.record);

  const flush = async () => {
    await writeAll(waiting);
    for (const { record } of waiting) {
      written.ids.add(record.entryId);
      for (const ref of record.refs) written.refs.add(ref);
    }
    waiting = [];
    byId.clear();
  };
  const range = async (from: number, to: number) => [
    ...(from < first() ? await base.range(from, Math.min(to, first())) : []),
    ...waiting.slice(Math.max(0, from - first()), Math.max(0, to - first())).map((write) => write.record),
  ];
  return {
    flush,
    range,
    head: async () => head,
    byEntry: async (id) => byId.get(id) ?? (written.ids.has(id) ? base.byEntry(id) : undefined),
    byHash: async (hash) =>
      (hash === head?.hash ? at(head.size - 1) : records().find((r) => r.hash === hash)) ?? base.byHash(hash),
    referring: async (id) => [
      ...(written.refs.has(id) ? await base.referring(id) : []),
      ...records().filter((record) => record.refs.includes(id)),
    ],
    keyRecords: async () => [
      ...(await base.keyRecords()),
      ...records().filter((record) => KEY_ENTRY_TYPES.includes(record.type)),
    ],
    commit: async (write) => {
      waiting.push(write);
      byId.set(write.record.entryId, write.record);
      head = write.head;
      if (waiting.length >= run) await flush();
    },
    readBack: async (seq) => ({ record: at(seq) ?? (await range(seq, seq + 1))[0], head }),
  };
}
