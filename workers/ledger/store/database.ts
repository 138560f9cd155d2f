import Dexie, { type Table } from 'dexie';
import type {
  DeviceRow,
  DraftRow,
  KeyRow,
  LockoutRow,
  MetaRow,
  NodeRow,
  PatientRow,
  PhoneKeyRow,
  SettingRow,
  SnapshotRow,
  StoredRecord,
  VaultKeyRow,
} from './rows.ts';

/** What is stored, one step a version. Steps only ever add: a step that has shipped is never edited. */
const MIGRATIONS: readonly { version: number; stores: Record<string, string> }[] = [
  {
    version: 1,
    stores: {
      records: 'seq, &hash, &entryId, [type+seq], [by+seq], *containers, *refs',
      meta: 'key',
      nodes: '[level+index]',
      device: 'id',
      keys: 'keyId, staff',
      vaultKeys: 'keyId',
      vault: 'ref',
      drafts: 'entryId',
      snapshots: 'seq',
      settings: 'key',
      lockouts: 'staff',
    },
  },
  { version: 2, stores: { phoneKeys: 'keyId, staff' } },
];
/** The format that this build writes. */
export const FORMAT = 2;
/** Dexie multiplies its version by ten for IndexedDB. */
const NATIVE_FACTOR = 10;

/** How long a failed open counts, in milliseconds. */
const OPEN_AGAIN = 500;

/** The database. Strict durability: a committed transaction has been handed to the disk, not only to a cache. */
export class LedgerDatabase extends Dexie {
  declare readonly records: Table<StoredRecord, number>;
  declare readonly meta: Table<MetaRow, string>;
  declare readonly nodes: Table<NodeRow, [number, number]>;
  declare readonly device: Table<DeviceRow, string>;
  declare readonly keys: Table<KeyRow, string>;
  declare readonly vaultKeys: Table<VaultKeyRow, string>;
  declare readonly vault: Table<PatientRow, string>;
  declare readonly drafts: Table<DraftRow, string>;
  declare readonly snapshots: Table<SnapshotRow, number>;
  declare readonly settings: Table<SettingRow, string>;
  declare readonly lockouts: Table<LockoutRow, string>;
  declare readonly phoneKeys: Table<PhoneKeyRow, string>;

  constructor(name: string) {
    super(name, { chromeTransactionDurability: 'strict' });
    for (const { version, stores } of MIGRATIONS) this.version(version).stores(stores);
  }

  /**
   * An open that failed is forgotten after a while, so that the next use opens anew: a disk without room may have some by
   * then. Not at once, or whoever waits for this one would go on opening for as long as the disk is full.
   */
  override open() {
    const opening = super.open();
    const forget = () => {
      if (this.hasFailed() && !this.hasBeenClosed()) this.close({ disableAutoOpen: false });
    };
    opening.catch(() => setTimeout(forget, OPEN_AGAIN));
    return opening;
  }
}

export type OpenResult =
  | { state: 'open' }
  | { state: 'blocked' }
  | { state: 'newer-format' }
  | { state: 'closed'; reason: string };

/**
 * What opens the database; call it again to look again. Never hangs: where another tab holds an older version
 * open, the answer is `blocked`, and opening goes on behind it. A database that a later build has written is
 * left alone.
 */
export function opener(db: LedgerDatabase, on: { superseded: () => void }): () => Promise<OpenResult> {
  db.on('versionchange', () => {
    // A newer tab waits for this one to let go; holding on would block it for good.
    db.close({ disableAutoOpen: true });
    on.superseded();
  });
  const blocked = new Promise<OpenResult>((resolve) => {
    db.on('blocked', () => resolve({ state: 'blocked' }));
  });
  let opening: Promise<OpenResult> | null = null;
  return async () => {
    opening ??= open(db);
    // Of two answers that are there already, the race takes the first in the list.
    const result = await Promise.race([opening, blocked]);
    if (result.state === 'closed') opening = null;
    return result;
  };
}

async function open(db: LedgerDatabase): Promise<OpenResult> {
  try {
    // Dexie opens a database of a later version without complaint, and changes it; so it is looked at before.
    const there = (await indexedDB.databases()).find((one) => one.name === db.name);
    if ((there?.version ?? 0) >= (FORMAT + 1) * NATIVE_FACTOR) return newer(db);
    await db.open();
    const row = await db.meta.get('format');
    return row?.key === 'format' && row.version > FORMAT ? newer(db) : { state: 'open' };
  } catch (error) {
    return { state: 'closed', reason: error instanceof Error ? error.message : String(error) };
  }
}

function newer(db: LedgerDatabase): OpenResult {
  db.close({ disableAutoOpen: true });
  return { state: 'newer-format' };
}
