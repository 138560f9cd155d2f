import * as v from 'valibot';
import { appendInput, captureDraft } from '../../shared/protocol/capture-schema.ts';
import type { Held, OutboxRow, OutboxStore, Sealer } from './outbox.ts';

const NAME = 'countersign-outbox';

const rowShape = v.object({
  entryId: v.string(),
  state: v.picklist(['draft', 'queued', 'sent', 'refused']),
  since: v.string(),
  attempts: v.number(),
  refusal: v.nullable(v.string()),
  told: v.boolean(),
  held: v.custom<Uint8Array<ArrayBuffer>>((bytes) => bytes instanceof Uint8Array),
});
const heldShape = v.object({ draft: v.nullable(captureDraft), input: v.nullable(appendInput) });

/**
 * The outbox's rows and its key, in the extension's own IndexedDB. It is opened when something is asked of it, and anew
 * after anything has failed: a disk without room closes it for good, and is not without room for ever.
 */
export function outboxDb(): { store: OutboxStore; sealer: Sealer } {
  let open: Promise<{ db: IDBDatabase; sealer: Sealer }> | null = null;
  const use = async <R>(act: (db: IDBDatabase, sealer: Sealer) => Promise<R>): Promise<R> => {
    open ??= opened();
    const now = open;
    try {
      const { db, sealer } = await now;
      return await act(db, sealer);
    } catch (error) {
      if (open === now) open = null;
      // Somebody else may be reading over it still: it closes when they are through.
      now.then(
        ({ db }) => db.close(),
        () => undefined,
      );
      throw error;
    }
  };
  return {
    store: {
      all: () => use(allRows),
      get: (entryId) => use((db) => rowOf(db, entryId)),
      put: (row) => use((db) => written(db, 'rows', (rows) => rows.put(row))),
      delete: (entryId) => use((db) => written(db, 'rows', (rows) => rows.delete(entryId))),
    },
    sealer: {
      seal: (entryId, held) => use((_, sealer) => sealer.seal(entryId, held)),
      open: (entryId, sealed) => use((_, sealer) => sealer.open(entryId, sealed)),
    },
  };
}

async function opened(): Promise<{ db: IDBDatabase; sealer: Sealer }> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('rows', { keyPath: 'entryId' });
    request.result.createObjectStore('keys');
  };
  const db = await settled(request);
  return { db, sealer: sealerWith(await keyIn(db)) };
}

const rowsOf = (db: IDBDatabase) => db.transaction('rows', 'readonly').objectStore('rows');

async function allRows(db: IDBDatabase): Promise<OutboxRow[]> {
  const rows: unknown[] = await settled(rowsOf(db).getAll());
  return rows.flatMap((row) => (v.is(rowShape, row) ? [row] : []));
}

async function rowOf(db: IDBDatabase, entryId: string): Promise<OutboxRow | undefined> {
  const row: unknown = await settled(rowsOf(db).get(entryId));
  return v.is(rowShape, row) ? row : undefined;
}

/** The key never leaves the browser's key store: what is copied off the disk without it is noise. */
async function keyIn(db: IDBDatabase): Promise<CryptoKey> {
  const kept: unknown = await settled(db.transaction('keys', 'readonly').objectStore('keys').get('outbox'));
  if (kept instanceof CryptoKey) return kept;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await written(db, 'keys', (keys) => keys.add(key, 'outbox'));
  return key;
}

const IV_BYTES = 12;

/** AES-256-GCM, a fresh IV in front, the entry id as associated data: a row cannot stand in for another. */
export function sealerWith(key: CryptoKey): Sealer {
  const parameters = (entryId: string, iv: Uint8Array<ArrayBuffer>) => ({
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(entryId),
  });
  return {
    async seal(entryId, held) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const plain = new TextEncoder().encode(JSON.stringify(held));
      const box = new Uint8Array(await crypto.subtle.encrypt(parameters(entryId, iv), key, plain));
      const sealed = new Uint8Array(IV_BYTES + box.length);
      sealed.set(iv);
      sealed.set(box, IV_BYTES);
      return sealed;
    },
    async open(entryId, sealed): Promise<Held | null> {
      try {
        const iv = sealed.slice(0, IV_BYTES);
        const plain = await crypto.subtle.decrypt(parameters(entryId, iv), key, sealed.slice(IV_BYTES));
        const result = v.safeParse(heldShape, JSON.parse(new TextDecoder().decode(plain)));
        return result.success ? result.output : null;
      } catch {
        return null;
      }
    },
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when the transaction has committed, not when the request has: only then is it kept. */
function written(
  db: IDBDatabase,
  store: string,
  write: (store: IDBObjectStore) => IDBRequest,
): Promise<void> {
  const transaction = db.transaction(store, 'readwrite', { durability: 'strict' });
  write(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
