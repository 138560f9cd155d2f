import { afterAll, beforeAll, expect, test } from 'vitest';
import { lockFor } from '../../workers/ledger/keys/lockout.ts';
import { createService } from '../../workers/ledger/service.ts';
import {
  CLINIC,
  draft,
  freshService,
  OTHER_PIN,
  PIN,
  type Stocked,
  signed,
  stock,
  value,
} from './helpers.ts';

/** A clock that stands still unless it is moved: how long Argon2id takes must not matter. */
const start = Date.now();
const clock = { ahead: 0 };
const now = () => start + clock.ahead;
let ledger: Awaited<ReturnType<typeof freshService>> & Stocked;
beforeAll(async () => {
  const one = await freshService({ now });
  ledger = { ...one, ...(await stock(one.service)) };
});
afterAll(() => ledger.remove());

test('weak PINs are refused with the reason', async () => {
  for (const pin of ['111111', '123456', '654321', '12345', 'short', '112211', 'abcdefgh', 'password1']) {
    expect(await ledger.service.prepareStaff(pin), pin).toMatchObject({ refusal: { code: 'weak-pin' } });
  }
  const weak = { ...CLINIC, registrant: { name: 'Dr. Weak', pin: '000000' } };
  const other = await freshService();
  expect(await other.service.create(weak)).toMatchObject({ refusal: { code: 'weak-pin' } });
  expect(await other.service.open(null)).toEqual({ state: 'empty' });
  await other.remove();
});

test('wrong PINs shut a person out for longer and longer, in the log and across reloads', async () => {
  const { service, technician, name } = ledger;
  const { by } = technician;
  for (let i = 0; i < 2; i += 1) {
    expect(await service.unlock(by, '999000')).toMatchObject({ refusal: { code: 'wrong-pin' } });
  }
  const before = (await service.head()).size;
  expect(await service.unlock(by, '999000')).toMatchObject({
    refusal: { code: 'wrong-pin', message: expect.stringContaining('30 seconds') },
  });
  const [row] = (await service.rows({ limit: 1 })).rows;
  expect((await service.head()).size).toBe(before + 1);
  expect(row).toMatchObject({ type: 'sign-in.refused', byName: 'This device' });
  expect((await service.record(before))?.signatures).toMatchObject([{ valid: true }]);
  // The right PIN does not help while the lock lasts, not from a second tab either.
  const other = await createService({ name, now });
  await other.service.open(null);
  expect(await other.service.unlock(by, OTHER_PIN)).toMatchObject({ refusal: { code: 'locked' } });
  other.context.db.close();
  expect((await service.staff()).find((person) => person.id === by)?.lockedUntil).toBeDefined();
  clock.ahead += 31_000;
  expect(await service.unlock(by, '999000')).toMatchObject({
    refusal: { message: expect.stringContaining('60 seconds') },
  });
  clock.ahead += 61_000;
  value(await service.unlock(by, OTHER_PIN));
  expect((await service.staff()).find((person) => person.id === by)?.lockedUntil).toBeUndefined();
});

test('locks grow to a quarter of an hour and no further', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 20].map((wrong) => lockFor(wrong) / 1000)).toEqual([
    0, 0, 30, 60, 120, 240, 480, 900, 900,
  ]);
});

test('a session ends after the idle time, and with lock()', async () => {
  const { service, technician, container } = ledger;
  const { session } = value(await service.unlock(technician.by, OTHER_PIN));
  const signer = { as: 'performer' as const, by: technician.by, session };
  const entry = await draft(service, technician.by, 'container.opened', { container });
  clock.ahead += 100_000;
  value(await service.sign(entry, signer));
  clock.ahead += 100_000;
  value(await service.sign(entry, signer));
  clock.ahead += 121_000;
  expect(await service.sign(entry, signer)).toMatchObject({ refusal: { code: 'session-over' } });
  const again = value(await service.unlock(technician.by, OTHER_PIN));
  await service.lock();
  expect(await service.sign(entry, { ...signer, session: again.session })).toMatchObject({
    refusal: { code: 'session-over' },
  });
  expect(await service.revealPatients([], again.session)).toMatchObject({
    refusal: { code: 'session-over' },
  });
});

test('nobody signs nonsense, or as somebody else, or twice', async () => {
  const { service, technician, registrant, container } = ledger;
  const { session } = value(await service.unlock(technician.by, OTHER_PIN));
  const signer = { as: 'performer' as const, by: technician.by, session };
  const entry = await draft(service, technician.by, 'container.opened', { container });
  const nonsense = { ...entry, body: { container, quantity: 12 } };
  expect(await service.sign(nonsense, signer)).toMatchObject({ refusal: { code: 'schema' } });
  const theirs = { ...entry, by: registrant.by };
  expect(await service.sign(theirs, signer)).toMatchObject({ refusal: { code: 'signature' } });
  expect(await service.sign(entry, { ...signer, as: 'witness' })).toMatchObject({
    refusal: { code: 'self-witness' },
  });
  expect(await service.sign(entry, { ...signer, by: registrant.by, as: 'witness' })).toMatchObject({
    refusal: { code: 'session-over' },
  });
});

test('a disabled person signs nothing any more, not even with an open session', async () => {
  const one = await freshService();
  const { registrant, technician, container } = await stock(one.service);
  const before = await draft(one.service, technician.by, 'container.opened', { container });
  const early = await signed(one.service, before, [technician]);
  const body = { staff: { id: technician.by }, reason: 'left the clinic' };
  const entry = await draft(one.service, registrant.by, 'staff.disabled', body);
  value(await one.service.append({ entry, signatures: await signed(one.service, entry, [registrant]) }));
  expect(await one.service.append({ entry: before, signatures: early })).toMatchObject({
    refusal: { code: 'disabled-staff' },
  });
  expect(await one.service.unlock(technician.by, OTHER_PIN)).toMatchObject({
    refusal: { code: 'disabled-staff' },
  });
  await one.remove();
});

test('what lies in the database holds no PIN, no patient, no draft and no private key', async () => {
  const { service, context, technician } = ledger;
  const secret = 'Zebedee Unmistakable';
  value(await service.keepPatient({ name: secret, owner: `Owner of ${secret}` }));
  value(
    await service.saveDraft({
      ...{ entryId: await service.newId(), type: 'draw', startedAt: new Date().toISOString(), door: 'pwa' },
      form: { patient: secret, pin: OTHER_PIN },
    }),
  );
  expect(await service.drafts()).toMatchObject([{ form: { patient: secret } }]);
  expect((await service.drafts())[0]?.form).not.toHaveProperty('pin');
  const dump = await dumpOf(context.db.name);
  expect(dump.text.length).toBeGreaterThan(1000);
  for (const word of [PIN, OTHER_PIN, secret, 'Zebedee']) expect(dump.text.includes(word), word).toBe(false);
  expect(dump.keys.length).toBeGreaterThan(0);
  for (const key of dump.keys) expect(key.extractable, key.algorithm.name).toBe(false);
  // PKCS #8 of Ed25519 and X25519 keys begins with these bytes.
  for (const prefix of ['302e020100300506032b6570', '302e020100300506032b656e']) {
    expect(dump.hex.includes(prefix)).toBe(false);
  }
  const { session } = value(await service.unlock(technician.by, OTHER_PIN));
  const [patient] = value(await service.discloseAll(session));
  expect(patient?.details.name).toBe(secret);
});

/** Every value of every store, read without any of our own code. */
async function dumpOf(name: string): Promise<{ text: string; hex: string; keys: CryptoKey[] }> {
  const db = await settled(indexedDB.open(name));
  const keys: CryptoKey[] = [];
  const bytes: Uint8Array[] = [];
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (value instanceof CryptoKey) keys.push(value);
    else if (value instanceof Uint8Array) bytes.push(value);
    else if (typeof value === 'object' && value !== null)
      for (const inner of Object.values(value)) walk(inner);
    else texts.push(String(value));
  };
  for (const store of db.objectStoreNames) {
    walk(await settled(db.transaction(store).objectStore(store).getAll()));
  }
  db.close();
  const latin = new TextDecoder('latin1');
  const hex = bytes.map((b) => Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')).join(' ');
  return { text: [...texts, ...bytes.map((b) => latin.decode(b))].join('\n'), hex, keys };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed.'));
  });
}
