import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OpenKeys } from '../../workers/ledger/keys/person.ts';
import { TypedPins } from '../../workers/ledger/keys/typed-pins.ts';
import type { KeyRow } from '../../workers/ledger/store/rows.ts';

const bytes = (fill: number) => new Uint8Array(16).fill(fill);

const row = (staff: string, salt = bytes(1)): KeyRow => ({
  ...{ keyId: `key of ${staff}`, staff, publicKey: '', boxPublic: bytes(0), salt },
  kdf: { memoryKiB: 8, passes: 1, lanes: 1 },
  ...{ sign: { iv: bytes(0), data: bytes(0) }, box: { iv: bytes(0), data: bytes(0) } },
});

const IDLE = 60_000;
let keys: OpenKeys;
let pins: TypedPins;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  keys = { keyId: 'key of a', staff: 'a', sign: key, box: key };
  pins = new TypedPins();
  await pins.keep(row('a'), '246810', keys, IDLE);
});
afterEach(() => {
  vi.useRealTimers();
});

test('the same PIN finds the keys again, however it is spelt', async () => {
  expect(await pins.recall(row('a'), '246810', IDLE)).toBe(keys);
  expect(await pins.recall(row('a'), '２46810', IDLE)).toBe(keys);
});

test('another PIN finds nothing, and the right one after it neither', async () => {
  expect(await pins.recall(row('a'), '246811', IDLE)).toBeNull();
  expect(await pins.recall(row('a'), '246810', IDLE)).toBeNull();
});

test('a PIN that was changed, and the PIN of another person, find nothing', async () => {
  expect(await pins.recall(row('b'), '246810', IDLE)).toBeNull();
  expect(await pins.recall(row('a', bytes(2)), '246810', IDLE)).toBeNull();
});

test('it is over after the idle time, which every use begins anew', async () => {
  vi.advanceTimersByTime(IDLE - 1);
  expect(await pins.recall(row('a'), '246810', IDLE)).toBe(keys);
  vi.advanceTimersByTime(IDLE - 1);
  expect(await pins.recall(row('a'), '246810', IDLE)).toBe(keys);
  vi.advanceTimersByTime(IDLE);
  expect(await pins.recall(row('a'), '246810', IDLE)).toBeNull();
});

test('what ends sessions ends it: of one person, of one key, of everybody', async () => {
  pins.forget('b');
  pins.forget('a', 'another key');
  expect(await pins.recall(row('a'), '246810', IDLE)).toBe(keys);
  pins.forget('a', 'key of a');
  expect(await pins.recall(row('a'), '246810', IDLE)).toBeNull();
  await pins.keep(row('a'), '246810', keys, IDLE);
  pins.forget();
  expect(await pins.recall(row('a'), '246810', IDLE)).toBeNull();
});

test('a lock while the PIN is compared wins', async () => {
  const asked = pins.recall(row('a'), '246810', IDLE);
  pins.forget('a');
  expect(await asked).toBeNull();
});
