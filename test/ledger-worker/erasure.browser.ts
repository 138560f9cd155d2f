import { expect, test } from 'vitest';
import type { PatientDetails, Signer } from '../../shared/protocol/ledger.ts';
import { createService, type LedgerCore } from '../../workers/ledger/service.ts';
import { ledgerSource } from '../../workers/ledger/source.ts';
import { UNUSED_KEPT_MS } from '../../workers/ledger/vault/unused.ts';
import { act, draft, freshService, PIN, signed, stock, value } from './helpers.ts';
import { drawFor } from './patients.ts';
import { verifyLog } from './verify-log.ts';

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
const SECOND_PIN = '161803';

/** A clinic with a second person who may approve, and a clock that is moved by hand. */
async function clinic() {
  const start = Date.now();
  const clock = { ahead: 0 };
  const now = () => start + clock.ahead;
  const one = await freshService({ now });
  const { registrant, technician, container } = await stock(one.service);
  const { staff, publicKey } = value(await one.service.prepareStaff(SECOND_PIN));
  const officer = { id: staff, name: 'Dr. Second', role: 'veterinarian' as const, publicKey };
  await act(one.service, 'staff.enrolled', { staff: officer }, [registrant]);
  const by: Signer = { as: 'performer', by: technician.by, pin: '314159' };
  const pair: Signer[] = [
    { as: 'performer', by: registrant.by, pin: PIN },
    { as: 'approver', by: staff, pin: SECOND_PIN },
  ];
  const drawn = (details: PatientDetails) => drawFor(one.service, { container, by }, details);
  return { ...one, clock, now, by, pair, container, registrant, drawn };
}

async function erase(
  service: LedgerCore,
  pair: Signer[],
  given: { before?: string; patients?: number } = {},
) {
  const plan = await service.erasable(given.before);
  const body = {
    before: plan.before,
    patients: given.patients ?? plan.patients,
    reason: 'their time is over',
  };
  const entry = await draft(service, pair[0]?.by ?? '', 'patients.erased', body);
  return { entry, outcome: await service.append({ entry, signatures: await signed(service, entry, pair) }) };
}

test('identities go when their time is over, and exactly those', async () => {
  const { service, context, clock, pair, drawn, by, container, registrant } = await clinic();
  const old = await drawn({ name: 'Old Patient' });
  const kept = await drawn({ name: 'Comes Back' });
  const wasted = await drawn({ name: 'Reversed Late' });
  const disclosedBefore = value(await service.discloseAll(registrant.session));

  expect(await service.erasable()).toMatchObject({ patients: 0, staying: 3, years: 5 });
  const early = await erase(service, pair, { before: new Date(Date.now() + 1000).toISOString() });
  expect(early.outcome).toMatchObject({ refusal: { code: 'retention' } });
  expect((await erase(service, pair.slice(0, 1))).outcome).toMatchObject({ ok: false });
  expect(await context.db.vault.count()).toBe(3);

  clock.ahead = 6 * YEAR;
  const patient = { ref: kept.ref, commitment: commitmentIn(await lineOf(service, kept.seq)) };
  const body = { container, drawn: '0.1', given: '0.1', leftover: '0', unit: 'mL' as const, patient };
  await act(service, 'draw', body, [by]);
  const effect = { container, change: '0.1', unit: 'mL' as const };
  const reversal = { entry: wasted.entryId, record: wasted.hash, reason: 'found to be wrong', effect };
  await act(service, 'reversal', reversal, [by]);
  const recent = await drawn({ name: 'New Patient' });

  const plan = await service.erasable();
  expect(plan).toMatchObject({ patients: 1, staying: 3, drafts: 0 });
  expect((await erase(service, pair, { patients: 4 })).outcome).toMatchObject({ refusal: { code: 'vault' } });
  expect(await context.db.vault.count()).toBe(4);
  const { entry, outcome } = await erase(service, pair);
  const receipt = value(outcome);
  expect((await context.db.vault.toCollection().primaryKeys()).sort()).toEqual(
    [kept.ref, wasted.ref, recent.ref].sort(),
  );
  // The same entry once more is its receipt, and erases nothing more.
  const again = await service.append({ entry, signatures: await signed(service, entry, pair) });
  expect(value(again).seq).toBe(receipt.seq);

  const session = value(await service.unlock(registrant.by, PIN)).session;
  expect(await service.patientOf(old.entryId, session)).toEqual({ state: 'erased', record: receipt.seq });
  expect(await service.patientOf(recent.entryId, session)).toMatchObject({ state: 'shown' });
  const disclosed = value(await service.discloseAll(session)).map(({ ref }) => ref);
  expect(disclosed).not.toContain(old.ref);
  expect(disclosed).toHaveLength(disclosedBefore.length);
  expect((await verifyLog(ledgerSource(context))).failures).toEqual([]);
  context.db.close();
});

const lineOf = async (service: LedgerCore, seq: number) => (await service.record(seq))?.line ?? '';
const commitmentIn = (line: string) => /"commitment":"([0-9a-f]{64})"/.exec(line)?.[1] ?? '';

test('an erasure that was cut off after its entry is carried out at the next opening', async () => {
  const { service, context, clock, pair, drawn, name, now } = await clinic();
  await drawn({ name: 'Old Patient' });
  await service.saveDraft({
    ...{ entryId: await service.newId(), type: 'draw', door: 'pwa', form: { patient: 'Old Draft' } },
    startedAt: new Date().toISOString(),
  });
  clock.ahead = 6 * YEAR;
  expect(await service.erasable()).toMatchObject({ patients: 1, drafts: 1 });
  const real = context.db.vault.bulkDelete;
  Reflect.set(context.db.vault, 'bulkDelete', () => Promise.reject(new Error('The page was closed.')));
  value((await erase(service, pair)).outcome);
  Reflect.set(context.db.vault, 'bulkDelete', real);
  expect(await context.db.vault.count()).toBe(1);
  expect(await service.drafts()).toHaveLength(1);
  const after = await createService({ name, now });
  await after.service.open(null);
  expect(await after.context.db.vault.count()).toBe(0);
  expect(await after.service.drafts()).toEqual([]);
  after.context.db.close();
  context.db.close();
});

test('a patient whom no record names is gone after 30 days, and nobody else', async () => {
  const { service, context, clock, drawn, name, now } = await clinic();
  value(await service.keepPatient({ name: 'Never Drawn For' }));
  const used = await drawn({ name: 'Drawn For' });
  const openAgain = async () => {
    const one = await createService({ name, now });
    await one.service.open(null);
    one.context.db.close();
    return context.db.vault.toCollection().primaryKeys();
  };
  clock.ahead = UNUSED_KEPT_MS - DAY;
  expect(await openAgain()).toHaveLength(2);
  clock.ahead = UNUSED_KEPT_MS + DAY;
  const late = value(await service.keepPatient({ name: 'Only Just Typed' }));
  expect((await openAgain()).sort()).toEqual([used.ref, late.ref].sort());
  clock.ahead = 3 * UNUSED_KEPT_MS;
  expect(await openAgain()).toEqual([used.ref]);
  context.db.close();
});
