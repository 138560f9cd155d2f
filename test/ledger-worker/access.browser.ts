import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createService } from '../../workers/ledger/service.ts';
import { act, freshService, OTHER_PIN, PIN, type Stocked, stock, value } from './helpers.ts';
import { drawFor } from './patients.ts';

let ledger: Awaited<ReturnType<typeof freshService>> & Stocked;
beforeAll(async () => {
  const one = await freshService();
  ledger = { ...one, ...(await stock(one.service)) };
  await drawFor(one.service, { container: ledger.container, by: ledger.technician }, { name: 'Mochi' });
});
afterAll(() => ledger.remove());
afterEach(() => vi.useRealTimers());

/** Another page on the same database. */
const tab = async () => {
  const one = await createService({ name: ledger.name });
  await one.service.open(null);
  return one;
};

test('nobody has to sign in before somebody has', async () => {
  expect(await ledger.service.access()).toEqual({ state: 'open' });
});

test('a page that nobody is signed in on finds the lock that somebody left, and signing out lifts it', async () => {
  const { service, registrant } = ledger;
  const signed = value(await service.signIn(registrant.by, PIN));
  expect(signed).toMatchObject({ name: 'Dr. Test Person', idleSeconds: 120 });
  expect(await service.access()).toMatchObject({ state: 'signed-in' });
  // As after a reload, and after a crash: the session was in the memory of the page that is gone.
  const other = await tab();
  expect(await other.service.access()).toEqual({ state: 'locked', by: registrant.by });
  await service.signOut();
  expect(await other.service.access()).toEqual({ state: 'open' });
  expect(await service.findPatients('mochi', signed.session)).toMatchObject({
    refusal: { code: 'session-over' },
  });
  other.context.db.close();
});

test('locking one page ends every session in every other', async () => {
  const { service, registrant, technician } = ledger;
  const other = await tab();
  const here = value(await service.signIn(registrant.by, PIN));
  const there = value(await other.service.signIn(technician.by, OTHER_PIN));
  value(await other.service.findPatients('mochi', there.session));
  await service.lock();
  expect(await service.findPatients('mochi', here.session)).toMatchObject({ ok: false });
  await expect.poll(() => other.service.access()).toEqual({ state: 'locked', by: registrant.by });
  expect(await other.service.findPatients('mochi', there.session)).toMatchObject({ ok: false });
  other.context.db.close();
});

test('nobody there for the idle time is a lock, and anybody at work in another tab is not', async () => {
  const { service, technician } = ledger;
  const other = await tab();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  value(await service.signIn(technician.by, OTHER_PIN));
  value(await other.service.signIn(technician.by, OTHER_PIN));
  vi.advanceTimersByTime(100_000);
  const heard = new Promise<void>((resolve) => {
    ledger.context.onNotice(({ kind }) => {
      if (kind === 'awake') resolve();
    });
  });
  expect(await other.service.stayAwake()).toBe(true);
  await heard;
  vi.advanceTimersByTime(100_000);
  expect(await service.access()).toMatchObject({ state: 'signed-in' });
  vi.advanceTimersByTime(121_000);
  expect(await service.access()).toEqual({ state: 'locked', by: technician.by });
  expect(await service.stayAwake()).toBe(false);
  other.context.db.close();
});

test('whoever is disabled while signed in is out', async () => {
  const { service, registrant, technician } = ledger;
  value(await service.signIn(technician.by, OTHER_PIN));
  const by = { ...registrant, session: value(await service.unlock(registrant.by, PIN)).session };
  await act(service, 'staff.disabled', { staff: { id: technician.by }, reason: 'left' }, [by]);
  await expect.poll(() => service.access()).toMatchObject({ state: 'locked' });
});

test('a wrong PIN opens nothing and leaves the lock', async () => {
  const { service, registrant } = ledger;
  await service.lock();
  expect(await service.signIn(registrant.by, '000999')).toMatchObject({ refusal: { code: 'wrong-pin' } });
  expect(await service.access()).toMatchObject({ state: 'locked' });
});
