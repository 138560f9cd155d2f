import Dexie from 'dexie';
import { afterAll, expect, test, vi } from 'vitest';
import { ledger, openLedger, status } from '../../pwa/app/ledger.ts';
import { HEAD_KEY, startLedger } from '../../workers/ledger/client.ts';
import { DATABASE } from '../../workers/ledger/context.ts';
import { CLINIC } from '../ledger-worker/helpers.ts';

/** Two tabs stand at the first run of one browser: this page, and the other one's worker. */

const forgetful = { getItem: () => null, setItem: () => {} };
const other = startLedger(forgetful);

afterAll(async () => {
  ledger.stop();
  other.stop();
  await Dexie.delete(DATABASE);
  localStorage.removeItem(HEAD_KEY);
});

test('a ledger that another tab starts ends the first run here, and a second one is refused', async () => {
  await openLedger(async () => {});
  expect(status.value).toEqual({ state: 'empty' });
  await other.service.open(null);
  expect((await other.service.create(CLINIC)).ok).toBe(true);
  await vi.waitFor(() => expect(status.value).toMatchObject({ state: 'ready', head: { size: 1 } }), 10_000);
  const sentence = expect.stringMatching(/another tab.*Reload this page/);
  for (const again of [await ledger.service.create(CLINIC), await ledger.service.createDemo(() => {})]) {
    expect(again).toMatchObject({ ok: false, refusal: { code: 'already-started', message: sentence } });
  }
  expect((await ledger.service.head()).size).toBe(1);
});
