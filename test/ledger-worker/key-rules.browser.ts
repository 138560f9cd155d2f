import { afterAll, beforeAll, expect, test } from 'vitest';
import { draft, freshService, PIN, type Stocked, signed, signedAnyway, stock, value } from './helpers.ts';

/** The gate keeps the rules that a verifier checks: what it takes has to stay valid for ever. */

const start = Date.now();
const clock = { ahead: 0 };
let ledger: Awaited<ReturnType<typeof freshService>> & Stocked;
beforeAll(async () => {
  const one = await freshService({ now: () => start + clock.ahead });
  ledger = { ...one, ...(await stock(one.service)) };
});
afterAll(() => ledger.remove());

test('a key that is somebody else’s, or the device’s, is not enrolled for another', async () => {
  const { service, context, registrant } = ledger;
  const { size } = await service.head();
  const keys = (await context.db.keys.toArray()).map(({ publicKey }) => publicKey);
  const device = (await context.db.device.toArray()).map(({ publicKey }) => publicKey);
  expect(keys.length + device.length).toBeGreaterThan(2);
  for (const publicKey of [...keys, ...device]) {
    const staff = { id: await service.newId(), name: 'Eve', role: 'technician' as const, publicKey };
    const entry = await draft(service, registrant.by, 'staff.enrolled', { staff });
    const signatures = await signedAnyway(context, entry, PIN);
    expect(await service.append({ entry, signatures })).toMatchObject({
      refusal: { message: 'The public key is enrolled for somebody else.' },
    });
  }
  expect((await service.head()).size).toBe(size);
});

test('only a good key of the person is replaced, and by another', async () => {
  const { service, context, registrant, technician } = ledger;
  const { size } = await service.head();
  const rows = await context.db.keys.toArray();
  const own = rows.find(({ staff }) => staff === technician.by);
  const others = rows.find(({ staff }) => staff === registrant.by);
  const { publicKey } = value(await service.prepareStaff('141421'));
  for (const [next, revokes] of [
    [publicKey, others?.keyId],
    [publicKey, 'AAAAAAAAAAAAAAAAAAAAAA'],
    [own?.publicKey, own?.keyId],
  ]) {
    const staff = { id: technician.by, publicKey: next ?? '' };
    const entry = await draft(service, registrant.by, 'staff.key-rotated', { staff, revokes: revokes ?? '' });
    const answer = await service.append({ entry, signatures: await signedAnyway(context, entry, PIN) });
    expect(answer).toMatchObject({ refusal: { message: expect.stringContaining('key') } });
  }
  expect((await service.head()).size).toBe(size);
});

test('a signature made just before the clock was set back is taken; one from far ahead is not', async () => {
  const { service, registrant, container } = ledger;
  const signedAhead = async (ms: number) => {
    clock.ahead = ms;
    const entry = await draft(service, registrant.by, 'container.opened', { container });
    const signatures = await signed(service, entry, [{ as: 'performer', by: registrant.by, pin: PIN }]);
    clock.ahead = 0;
    return service.append({ entry, signatures });
  };
  expect(await signedAhead(6 * 60_000)).toMatchObject({ refusal: { code: 'signature' } });
  value(await signedAhead(4 * 60_000));
});
