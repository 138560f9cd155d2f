import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Body } from '../../shared/domain/entries.ts';
import type { Signer } from '../../shared/protocol/ledger.ts';
import { createService } from '../../workers/ledger/service.ts';
import {
  act,
  draft,
  freshService,
  OTHER_PIN,
  PIN,
  type Stocked,
  signed,
  stock,
  value,
  verdictOn,
} from './helpers.ts';

/** People come, are given a new key, are made more for a while, and go. */

const start = Date.now();
const clock = { ahead: 0 };
const now = () => start + clock.ahead;
const inMs = (ms: number) => new Date(now() + ms).toISOString();
const HOUR = 3_600_000;
const VET_PIN = '161803';
const NEW_PIN = '577215';

let ledger: Awaited<ReturnType<typeof freshService>> & Stocked & { vet: string };
beforeAll(async () => {
  const one = await freshService({ now });
  const stocked = await stock(one.service);
  const { staff, publicKey } = value(await one.service.prepareStaff(VET_PIN));
  const vet = { id: staff, name: 'Dr. Vera Second', role: 'veterinarian' as const, publicKey };
  await act(one.service, 'staff.enrolled', { staff: vet }, [stocked.registrant]);
  ledger = { ...one, ...stocked, vet: staff };
});
afterAll(() => ledger.remove());

const byPin = (as: Signer['as'], by: string, pin: string): Signer => ({ as, by, pin });
/** Those who enrol and approve, signed in for as long as the clock stands still. */
let desk: { at: number; signers: [Signer, Signer] } | undefined;
async function office(): Promise<[Signer, Signer]> {
  if (desk?.at !== clock.ahead) {
    const [registrant, vet] = [ledger.registrant.by, ledger.vet];
    const [one, two] = [
      await ledger.service.unlock(registrant, PIN),
      await ledger.service.unlock(vet, VET_PIN),
    ];
    const performer: Signer = { as: 'performer', by: registrant, session: value(one).session };
    const approver: Signer = { as: 'approver', by: vet, session: value(two).session };
    desk = { at: clock.ahead, signers: [performer, approver] };
  }
  return desk.signers;
}

test('somebody who forgot their PIN gets a new key, by two others and under a PIN that only they know', async () => {
  const { service, context, technician, registrant } = ledger;
  const staff = technician.by;
  value(await service.keepPatient({ name: 'Rex' }));
  for (let i = 0; i < 3; i += 1) await service.unlock(staff, '999000');
  expect(await service.unlock(staff, OTHER_PIN)).toMatchObject({ refusal: { code: 'locked' } });
  const { revokes, publicKey } = value(await service.prepareKey(staff, NEW_PIN));
  // Anybody at the device can prepare a key: until it is brought in, it opens nothing for anybody.
  value(await service.unlock(ledger.vet, VET_PIN));
  const prepared = (await context.db.keys.toArray()).find((row) => row.publicKey === publicKey);
  expect(prepared?.prepared).toBe(now());
  expect(await context.db.vaultKeys.get(prepared?.keyId ?? '')).toBeUndefined();
  const body = { staff: { id: staff, publicKey }, revokes, reason: 'Forgot the PIN' };
  const refusedBy = async (signers: readonly Signer[]) => {
    const entry = await draft(service, signers[0]?.by ?? '', 'staff.key-rotated', body);
    return service.append({ entry, signatures: await signed(service, entry, signers) });
  };
  const [first] = await office();
  expect(await refusedBy([first])).toMatchObject({ refusal: { code: 'approver-missing' } });
  expect(
    await refusedBy([byPin('performer', ledger.vet, VET_PIN), byPin('approver', registrant.by, PIN)]),
  ).toMatchObject({ refusal: { code: 'role' } });
  const receipt = await act(service, 'staff.key-rotated', body, await office());
  expect((await service.record(receipt.seq))?.signatures).toMatchObject([{ valid: true }, { valid: true }]);
  // Both who signed saw to it that the new key opens the vault; whoever has a new key is not locked out.
  const { session } = value(await service.unlock(staff, NEW_PIN));
  expect(value(await service.discloseAll(session))).toMatchObject([{ details: { name: 'Rex' } }]);
  expect(await service.unlock(staff, OTHER_PIN)).toMatchObject({ refusal: { code: 'wrong-pin' } });
  expect((await context.db.keys.where('staff').equals(staff).toArray()).map((row) => row.publicKey)).toEqual([
    publicKey,
  ]);
});

test('a visitor witnesses for a day, opens no patient’s name, and is gone when the day is over', async () => {
  const { service, context, technician, container } = ledger;
  const { staff, publicKey } = value(await service.prepareStaff(OTHER_PIN));
  const admission = (until: string): Body<'staff.admitted'> => ({
    ...{ staff: { id: staff, name: 'Rita Relief', publicKey }, until, reason: 'Relief' },
  });
  const [host] = await office();
  const tooLong = await draft(service, host.by, 'staff.admitted', admission(inMs(25 * HOUR)));
  expect(
    await service.append({ entry: tooLong, signatures: await signed(service, tooLong, [host]) }),
  ).toMatchObject({ refusal: { code: 'access-end' } });
  const until = inMs(8 * HOUR);
  await act(service, 'staff.admitted', admission(until), [host]);
  expect((await service.staff()).at(-1)).toMatchObject({ name: 'Rita Relief', until, disabled: false });
  // Colleagues sign in; the visitor stays out of the vault.
  value(await service.unlock(host.by, PIN));
  const { session } = value(await service.unlock(staff, OTHER_PIN));
  expect(await service.discloseAll(session)).toMatchObject({ refusal: { code: 'vault' } });
  const renewed = value(await service.prepareKey(staff, OTHER_PIN));
  const { publicKey: other, revokes } = renewed;
  const rotation = { staff: { id: staff, publicKey: other }, revokes, reason: 'Forgot it' };
  await act(service, 'staff.key-rotated', rotation, await office());
  const again = value(await service.unlock(staff, OTHER_PIN));
  expect(await service.discloseAll(again.session)).toMatchObject({ refusal: { code: 'vault' } });
  const waste: Body<'waste'> = { container, quantity: '0.1', unit: 'mL', reason: 'Broken' };
  await act(service, 'waste', waste, [
    byPin('performer', technician.by, NEW_PIN),
    { as: 'witness', by: staff, session: again.session },
  ]);
  const { recent } = await service.today();
  const [row] = recent;
  expect(row?.witnessName).toMatch(/^Rita Relief \(visitor of .+\)$/);
  clock.ahead += 8 * HOUR - 1000;
  const last = value(await service.unlock(staff, OTHER_PIN));
  expect(Date.parse(last.expires)).toBe(Date.parse(until));
  clock.ahead += 2000;
  const entry = await draft(service, technician.by, 'waste', waste);
  expect(await service.sign(entry, { as: 'witness', by: staff, session: last.session })).toMatchObject({
    refusal: { code: 'session-over' },
  });
  expect(await service.unlock(staff, OTHER_PIN)).toMatchObject({ refusal: { code: 'admission-over' } });
  expect((await service.staff()).at(-1)).toMatchObject({ disabled: true, until });
  // Once the log itself is past that time, what was kept of the key goes.
  await act(service, 'staff.changed', changeOf(technician.by, { licence: 'CVT 7' }), await office());
  await service.open(null);
  expect(await context.db.keys.where('staff').equals(staff).count()).toBe(0);
});

const changeOf = (id: string, change: Partial<Body<'staff.changed'>['staff']>): Body<'staff.changed'> => ({
  ...{ staff: { id, ...change }, reason: 'On file' },
});

test('a person may ask to be signed out sooner than the policy wants, and never later', async () => {
  const { service, technician } = ledger;
  const lasts = async () => {
    const { expires } = value(await service.unlock(technician.by, NEW_PIN));
    return (Date.parse(expires) - now()) / 1000;
  };
  expect(await lasts()).toBe(120);
  await act(service, 'staff.changed', changeOf(technician.by, { idleSeconds: 30 }), await office());
  expect(await lasts()).toBe(30);
  await act(service, 'staff.changed', changeOf(technician.by, { idleSeconds: 3600 }), await office());
  expect(await lasts()).toBe(120);
});

test('what is due for whom: training as the policy wants it, a screening for those who handle drugs', async () => {
  const { service, technician, registrant } = ledger;
  const dues = async () =>
    Object.fromEntries((await service.people()).map(({ id, due }) => [id, due.map(({ kind }) => kind)]));
  expect(await dues()).toMatchObject({
    [registrant.by]: ['training'],
    [technician.by]: ['training', 'screening'],
    [ledger.vet]: ['training', 'screening'],
  });
  expect((await service.today()).work).toContainEqual(
    expect.objectContaining({ kind: 'staff-due', training: 3, screening: 2 }),
  );
  const day = (ago: number) => inMs(-ago * 24 * HOUR).slice(0, 10);
  const change = changeOf(technician.by, { trained: day(300), screened: day(900) });
  await act(service, 'staff.changed', change, await office());
  expect((await dues())[technician.by]).toEqual([]);
  await act(service, 'staff.changed', changeOf(technician.by, { trained: day(366) }), await office());
  expect((await service.people()).find(({ id }) => id === technician.by)).toMatchObject({
    ...{ trained: day(366), screened: day(900), idleSeconds: 3600, licence: 'CVT 7' },
    due: [{ kind: 'training', last: day(366) }],
  });
});

test('somebody is made more for a while, for one act or until it ends', async () => {
  const { service, technician } = ledger;
  const ask = async (once: boolean) => {
    const elevation = await service.newId();
    await act(
      service,
      'access.elevated',
      {
        ...{ elevation, staff: { id: technician.by }, role: 'lead-technician', once },
        ...{ until: inMs(HOUR), reason: 'Lead is on leave' },
      },
      [byPin('performer', technician.by, NEW_PIN), byPin('approver', ledger.vet, VET_PIN)],
    );
    return elevation;
  };
  const elevation = await ask(false);
  const seen = async () => (await service.people()).find(({ id }) => id === technician.by);
  expect(await seen()).toMatchObject({ elevatedTo: ['lead-technician'], elevations: [{ id: elevation }] });
  await act(service, 'access.ended', { elevation, reason: 'Lead is back' }, [
    byPin('performer', technician.by, NEW_PIN),
  ]);
  expect(await seen()).toMatchObject({ elevations: [] });
  await ask(true);
  clock.ahead += HOUR + 1000;
  expect((await seen())?.elevatedTo).toBeUndefined();
});

test('a disabled person’s session ends in every tab, and their key is thrown away', async () => {
  const { service, context, name, technician } = ledger;
  const other = await createService({ name, now });
  await other.service.open(null);
  const { session } = value(await other.service.unlock(technician.by, NEW_PIN));
  const body = { staff: { id: technician.by }, reason: 'Left' };
  await act(service, 'staff.disabled', body, [(await office())[0]]);
  await expect.poll(() => other.context.sessions.use(session)).toBeNull();
  expect(await other.service.unlock(technician.by, NEW_PIN)).toMatchObject({
    refusal: { code: 'disabled-staff' },
  });
  expect(await service.prepareKey(technician.by, NEW_PIN)).toMatchObject({
    refusal: { code: 'disabled-staff' },
  });
  expect(await context.db.keys.where('staff').equals(technician.by).count()).toBe(0);
  other.context.db.close();
});

test('keys of forms that were given up go after a day; a proposed one stays, and signs once it is brought in', async () => {
  const { service, context } = ledger;
  const make = async (name: string) => {
    const { staff: id, publicKey } = value(await service.prepareStaff(OTHER_PIN));
    return { id, name, role: 'technician' as const, publicKey };
  };
  const [proposed, given] = [await make('Pia Proposed'), await make('Gil Given')];
  const kept = () =>
    Promise.all([proposed, given].map(({ id }) => context.db.keys.where('staff').equals(id).count()));
  const enrolment = { type: 'staff.enrolled' as const, body: { staff: proposed } };
  const [registrant] = await office();
  const made = await act(service, 'proposal.made', { act: enrolment, reason: 'Joins' }, [registrant]);
  await service.open(null);
  expect(await kept()).toEqual([1, 1]);
  clock.ahead += 25 * HOUR;
  await service.open(null);
  expect(await kept()).toEqual([1, 0]);
  const [performer] = await office();
  const entry = await draft(service, performer.by, 'staff.enrolled', { staff: given });
  expect(await service.sign(entry, performer)).toMatchObject({ refusal: { code: 'no-key' } });
  const proposal = made.entryId;
  await act(service, 'proposal.approved', { proposal, record: made.hash }, [
    byPin('performer', ledger.vet, VET_PIN),
  ]);
  await act(service, 'staff.enrolled', { staff: proposed, proposal }, [performer]);
  const { session } = value(await service.unlock(proposed.id, OTHER_PIN));
  expect(value(await service.discloseAll(session))).toHaveLength(1);
});

test('after all of it, the verifier finds nothing against the log', async () => {
  expect(await verdictOn(ledger.context, now())).toEqual([]);
});
