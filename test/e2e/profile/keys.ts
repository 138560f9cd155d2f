import type { Page } from '@playwright/test';
import { argon2id } from 'hash-wasm';

/** The private keys of a clinic, unwrapped from the rows by the PINs alone and without any of the app's own code. */

export type PersonSecret = { staff: string; pin: string; sign: Buffer; box: Buffer; vault: Buffer | null };
type Row = { keyId: string; staff: string; memoryKiB: number; passes: number; lanes: number; salt: number[] };

/** Rows of the people's keys, as they lie in IndexedDB. */
export const keyRows = (page: Page): Promise<Row[]> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('countersign');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const rows = await new Promise<{ keyId: string; staff: string; kdf: Kdf; salt: Uint8Array }[]>(
      (resolve) => {
        const request = db.transaction('keys').objectStore('keys').getAll();
        request.onsuccess = () => resolve(request.result);
      },
    );
    db.close();
    type Kdf = { memoryKiB: number; passes: number; lanes: number };
    return rows.map(({ keyId, staff, kdf, salt }) => ({ keyId, staff, ...kdf, salt: [...salt] }));
  });

/** Opens a person's keys with their PIN; null where it is not theirs. */
export async function unwrapPerson(page: Page, row: Row, pin: string): Promise<PersonSecret | null> {
  const stretched = await argon2id({
    ...{ password: pin, salt: Uint8Array.from(row.salt), parallelism: row.lanes, iterations: row.passes },
    ...{ memorySize: row.memoryKiB, hashLength: 32, outputType: 'binary' },
  });
  const found = await page.evaluate(unwrapInPage, { keyId: row.keyId, stretched: [...stretched] });
  if (!found) return null;
  const [sign, box, vault] = [found.sign, found.box, found.vault].map((bytes) => bytes && Buffer.from(bytes));
  if (!sign || !box) return null;
  return { staff: row.staff, pin, sign, box, vault: vault ?? null };
}

/** Runs in the page, where the device's key is. Gives PKCS #8. */
async function unwrapInPage({ keyId, stretched }: { keyId: string; stretched: number[] }) {
  const { subtle } = crypto;
  const settled = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const db = await settled(indexedDB.open('countersign'));
  const get = (store: string, key: string) => settled(db.transaction(store).objectStore(store).get(key));
  const [device, row, shared] = [
    await get('device', 'this'),
    await get('keys', keyId),
    await get('vaultKeys', keyId),
  ];
  db.close();
  const mixed = await subtle.sign('HMAC', device.mixKey, Uint8Array.from(stretched));
  const under = await subtle.importKey('raw', mixed, 'AES-GCM', false, ['unwrapKey', 'decrypt']);
  const unwrap = (wrapped: { iv: BufferSource; data: BufferSource }, algorithm: string, usage: KeyUsage) =>
    subtle.unwrapKey('pkcs8', wrapped.data, under, { name: 'AES-GCM', iv: wrapped.iv }, algorithm, true, [
      usage,
    ]);
  const bytesOf = async (key: CryptoKey) => [...new Uint8Array(await subtle.exportKey('pkcs8', key))];
  try {
    const [sign, box] = [
      await unwrap(row.sign, 'Ed25519', 'sign'),
      await unwrap(row.box, 'X25519', 'deriveBits'),
    ];
    return {
      ...{ sign: await bytesOf(sign), box: await bytesOf(box) },
      vault: shared ? await openVaultKey(box, row.boxPublic, shared.sealed) : null,
    };
  } catch {
    return null;
  }

  async function openVaultKey(
    box: CryptoKey,
    own: Uint8Array,
    sealed: { ephemeral: Uint8Array<ArrayBuffer>; iv: BufferSource; data: BufferSource },
  ): Promise<number[]> {
    const text = (said: string) => new TextEncoder().encode(said);
    const sender = await subtle.importKey('raw', sealed.ephemeral, 'X25519', false, []);
    const secret = await subtle.deriveBits({ name: 'X25519', public: sender }, box, 256);
    const base = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
    const salt = Uint8Array.from([...sealed.ephemeral, ...own]);
    const key = await subtle.deriveKey(
      { name: 'HKDF', hash: 'SHA-256', salt, info: text('countersign 1 vault key') },
      base,
      { name: 'AES-GCM', length: 256 },
      false,
      ['decrypt'],
    );
    const how = { name: 'AES-GCM', iv: sealed.iv, additionalData: text('vault key') };
    return [...new Uint8Array(await subtle.decrypt(how, key, sealed.data))];
  }
}
