import { STATE_FORM, type State } from '../../../shared/domain/state.ts';
import { utf8 } from '../../../shared/ledger/bytes.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { LogStore } from '../store/log-store.ts';

/** Records between two snapshots. */
export const SNAPSHOT_EVERY = 500;
const KEPT = 2;

/** Folds kept between visits, so that opening a large ledger does not start from its first record. */
export type Snapshots = {
  /** The newest snapshot that still belongs to this log, or `null`. Others are thrown away. */
  load(store: LogStore): Promise<State | null>;
  /** Keeps a fold, as it is when this is called. */
  keep(state: State): Promise<void>;
};

/** For folds that start from nothing. */
export const NO_SNAPSHOTS: Snapshots = { load: async () => null, keep: async () => {} };

/** Snapshots in the database, each with a checksum under the device's own key, so that an edited one is not believed. */
export function snapshotsIn(db: LedgerDatabase): Snapshots {
  const mixKey = async () => (await db.device.get('this'))?.mixKey;
  return {
    load: async (store) => {
      const key = await mixKey();
      for (const row of await db.snapshots.orderBy('seq').reverse().toArray()) {
        const record = (await store.range(row.seq, row.seq + 1))[0];
        const whole = key && (await crypto.subtle.verify('HMAC', key, row.mac, message(row.text)));
        const state = whole ? read(row.text) : null;
        if (state && record && record.hash === row.hash && state.seq === row.seq && state.hash === row.hash)
          return state;
        await db.snapshots.delete(row.seq);
      }
      return null;
    },
    keep: async (state) => {
      const { seq, hash } = state;
      const text = JSON.stringify(state);
      const key = await mixKey();
      if (!key) return;
      const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, message(text)));
      await db.transaction('rw', db.snapshots, async () => {
        await db.snapshots.put({ seq, hash, text, mac });
        const old = await db.snapshots.orderBy('seq').reverse().offset(KEPT).primaryKeys();
        await db.snapshots.bulkDelete(old);
      });
    },
  };
}

const message = (text: string) => utf8(`countersign snapshot ${STATE_FORM}\n${text}`);

function read(text: string): State | null {
  try {
    // The checksum has vouched for the text: it was printed here, from a State.
    const state: State = JSON.parse(text);
    return state;
  } catch {
    return null;
  }
}
