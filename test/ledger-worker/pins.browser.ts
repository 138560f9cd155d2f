import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GateEffects } from '../../workers/ledger/gate/effects.ts';
import { createService } from '../../workers/ledger/service.ts';
import { draft, freshService, OTHER_PIN, PIN, type Stocked, stock, value, verdictOn } from './helpers.ts';

/** A person's own PIN and key, changed by themself. */

const start = Date.now();
const clock = { ahead: 0 };
const now = () => start + clock.ahead;
let ledger: Awaited<ReturnType<typeof freshService>> & Stocked;
beforeAll(async () => {
  const one = await freshService({ now });
  ledger = { ...one, ...(await stock(one.service)) };
});
afterAll(() => ledger.remove());

const NEW_PIN = '577215';

test('a changed PIN opens the same key, and the old one opens nothing', async () => {
  const { service, context, technician, name } = ledger;
  const { by: staff } = technician;
  const other = await createService({ name, now });
  await other.service.open(null);
  const elsewhere = value(await other.service.unlock(staff, OTHER_PIN));
  const [before] = await context.db.keys.where('staff').equals(staff).toArray();
  value(await service.keepPatient({ name: 'Rex' }));
  const entry = await service.newId();
  const change = { entry, staff, pin: OTHER_PIN, next: NEW_PIN };
  const receipt = value(await service.changePin(change));
  expect(await service.record(receipt.seq)).toMatchObject({
    row: { type: 'staff.pin-changed', entryId: entry },
    signatures: [{ valid: true }],
  });
  // What was open is over, here and in every other tab.
  const opened = await draft(service, staff, 'container.opened', { container: ledger.container });
  expect(await service.sign(opened, technician)).toMatchObject({ refusal: { code: 'session-over' } });
  await expect
    .poll(() => other.service.sign(opened, { ...technician, session: elsewhere.session }))
    .toMatchObject({ refusal: { code: 'session-over' } });
  expect(await service.unlock(staff, OTHER_PIN)).toMatchObject({ refusal: { code: 'wrong-pin' } });
  const { session } = value(await other.service.unlock(staff, NEW_PIN));
  expect(value(await other.service.discloseAll(session))).toMatchObject([{ details: { name: 'Rex' } }]);
  const rows = await context.db.keys.where('staff').equals(staff).toArray();
  expect(rows).toMatchObject([{ keyId: before?.keyId, publicKey: before?.publicKey }]);
  expect(rows[0]).not.toHaveProperty('next');
  // The same change once more is the same record, whatever PIN is in force by now.
  expect(value(await service.changePin(change))).toEqual(receipt);
  other.context.db.close();
});

test('a new PIN has to be another one, and no easy one', async () => {
  const { service, registrant } = ledger;
  const { size } = await service.head();
  const change = { entry: await service.newId(), staff: registrant.by, pin: PIN };
  for (const next of [PIN, '111111', '12345']) {
    expect(await service.changePin({ ...change, next }), next).toMatchObject({
      refusal: { code: 'weak-pin' },
    });
  }
  expect((await service.head()).size).toBe(size);
});

test('changing the PIN, or the key, is no way around the lock after wrong PINs', async () => {
  const { service, registrant } = ledger;
  const staff = registrant.by;
  const entry = await service.newId();
  const guess = { entry, staff, pin: '999000' };
  expect(await service.changePin({ ...guess, next: NEW_PIN })).toMatchObject({
    refusal: { code: 'wrong-pin' },
  });
  expect(await service.rotateKey({ ...guess, reason: 'guess' })).toMatchObject({
    refusal: { code: 'wrong-pin' },
  });
  expect(await service.changePin({ ...guess, next: NEW_PIN })).toMatchObject({
    refusal: { message: expect.stringContaining('30 seconds') },
  });
  expect(await service.changePin({ ...guess, pin: PIN, next: NEW_PIN })).toMatchObject({
    refusal: { code: 'locked' },
  });
  expect((await service.rows({ limit: 1 })).rows).toMatchObject([{ type: 'sign-in.refused' }]);
  clock.ahead += 31_000;
  value(await service.unlock(staff, PIN));
});

/** Stands still for ever at one step, as a page does that was killed there. Nobody waits for its lock. */
function killedAt(step: keyof GateEffects['store'] | 'lock' | 'announce', when: 'before' | 'after') {
  const armed = { on: false };
  let tell = () => {};
  const reached = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const stop = (): Promise<never> => {
    tell();
    return new Promise(() => {});
  };
  const around =
    <A extends unknown[], R>(name: typeof step, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const here = armed.on && name === step;
      if (here && when === 'before') return stop();
      const result = await work(...args);
      return here ? stop() : result;
    };
  const effects = ({ store, ...others }: GateEffects): GateEffects => ({
    ...others,
    locked: around('lock', (work: () => Promise<never>) => work()),
    store: {
      ...store,
      head: around('head', store.head),
      byEntry: around('byEntry', store.byEntry),
      commit: around('commit', store.commit),
      readBack: around('readBack', store.readBack),
    },
  });
  return { reached, armed, effects };
}

test('killed anywhere in the middle of a change, there is exactly one PIN that works', async () => {
  const { name, technician } = ledger;
  const staff = technician.by;
  const pins = ['137035', '299792', '667430', '806225'];
  let current = NEW_PIN;
  for (const [step, when, changed] of [
    ['lock', 'before', false],
    ['commit', 'before', false],
    ['commit', 'after', true],
    ['readBack', 'after', true],
  ] as const) {
    const { reached, armed, effects } = killedAt(step, when);
    const doomed = await createService({ name, now, effects });
    await doomed.service.open(null);
    const next = pins.pop() ?? '';
    const entry = await doomed.service.newId();
    armed.on = true;
    void doomed.service.changePin({ entry, staff, pin: current, next });
    await reached;
    const fresh = await createService({ name, now });
    await fresh.service.open(null);
    const works = async (pin: string) => (await fresh.service.unlock(staff, pin)).ok;
    expect([await works(current), await works(next)], `${step} ${when}`).toEqual([!changed, changed]);
    expect((await fresh.service.receipt(entry)) !== null).toBe(changed);
    if (changed) current = next;
    doomed.context.db.close();
    fresh.context.db.close();
  }
  const [row] = await ledger.context.db.keys.where('staff').equals(staff).toArray();
  expect(row).not.toHaveProperty('next');
  value(
    await ledger.service.changePin({
      entry: await ledger.service.newId(),
      staff,
      pin: current,
      next: NEW_PIN,
    }),
  );
});

test('killed in the middle of replacing a key, the same PIN opens the key that the log knows', async () => {
  const { service, name, technician, context } = ledger;
  const staff = technician.by;
  const keyNow = async (of: typeof ledger) =>
    of.context.sessions.use(value(await of.service.unlock(staff, NEW_PIN)).session)?.keyId;
  for (const [when, replaced] of [
    ['before', false],
    ['after', true],
  ] as const) {
    const old = await keyNow(ledger);
    const { reached, armed, effects } = killedAt('commit', when);
    const doomed = await createService({ name, now, effects });
    await doomed.service.open(null);
    const entry = await doomed.service.newId();
    armed.on = true;
    void doomed.service.rotateKey({ entry, staff, pin: NEW_PIN, reason: 'Yearly' });
    await reached;
    expect((await keyNow(ledger)) === old).toBe(!replaced);
    const { session } = value(await service.unlock(staff, NEW_PIN));
    expect(value(await service.discloseAll(session))).toMatchObject([{ details: { name: 'Rex' } }]);
    doomed.context.db.close();
  }
  // What was left lying about goes with the next opening, and what was prepared for nothing after a day.
  clock.ahead += 25 * 3_600_000;
  await service.open(null);
  expect(await context.db.keys.where('staff').equals(staff).count()).toBe(1);
});

test('two tabs that change one PIN at once leave the one that the log says', async () => {
  const { service, name, technician } = ledger;
  const staff = technician.by;
  const other = await createService({ name, now });
  await other.service.open(null);
  const [one, two] = ['141592', '653589'];
  const change = async (of: typeof service, next: string) =>
    of.changePin({ entry: await of.newId(), staff, pin: NEW_PIN, next });
  const outcomes = await Promise.all([change(service, one), change(other.service, two)]);
  const done = outcomes.map(({ ok }) => ok);
  expect(done.filter(Boolean)).toHaveLength(1);
  const [won, lost] = done[0] ? [one, two] : [two, one];
  expect((await other.service.unlock(staff, lost)).ok).toBe(false);
  expect((await other.service.unlock(staff, NEW_PIN)).ok).toBe(false);
  value(await other.service.unlock(staff, won));
  value(await service.changePin({ entry: await service.newId(), staff, pin: won, next: NEW_PIN }));
  other.context.db.close();
});

test('a person replaces their own key: signed with the old one, which signs for the last time', async () => {
  const { service, context, technician, container } = ledger;
  const staff = technician.by;
  const [old] = await context.db.keys.where('staff').equals(staff).toArray();
  const { session } = value(await service.unlock(staff, NEW_PIN));
  const early = await draft(service, staff, 'container.opened', { container });
  const signature = value(await service.sign(early, { as: 'performer', by: staff, session }));
  const rotation = { entry: await service.newId(), staff, pin: NEW_PIN, reason: 'Yearly' };
  const receipt = value(await service.rotateKey(rotation));
  expect((await service.record(receipt.seq))?.signatures).toMatchObject([{ key: old?.keyId, valid: true }]);
  expect(value(await service.rotateKey(rotation))).toEqual(receipt);
  // What the old key has signed before and nobody has taken in, is not taken in any more.
  expect(await service.append({ entry: early, signatures: [signature] })).toMatchObject({
    refusal: { code: 'signature', message: expect.stringContaining('no longer valid') },
  });
  expect(await service.sign(early, { as: 'performer', by: staff, session })).toMatchObject({
    refusal: { code: 'session-over' },
  });
  const rows = await context.db.keys.where('staff').equals(staff).toArray();
  expect(rows).toHaveLength(1);
  expect(rows[0]?.keyId).not.toBe(old?.keyId);
  expect(rows[0]).not.toHaveProperty('prepared');
  expect(await context.db.vaultKeys.get(old?.keyId ?? '')).toBeUndefined();
  const again = value(await service.unlock(staff, NEW_PIN));
  expect(value(await service.discloseAll(again.session))).toMatchObject([{ details: { name: 'Rex' } }]);
  const opened = await draft(service, staff, 'container.opened', { container });
  const signed = value(await service.sign(opened, { as: 'performer', by: staff, session: again.session }));
  expect(signed.key).toBe(rows[0]?.keyId);
  value(await service.append({ entry: opened, signatures: [signed] }));
  expect(await verdictOn(context, now())).toEqual([]);
});
