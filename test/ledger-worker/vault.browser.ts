import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../workers/ledger/context.ts';
import { type OpenKeys, openPerson } from '../../workers/ledger/keys/person.ts';
import { createService, type LedgerCore } from '../../workers/ledger/service.ts';
import { openVault, readPatient } from '../../workers/ledger/vault/vault.ts';
import { act, draft, freshService, OTHER_PIN, PIN, type Stocked, signed, stock, value } from './helpers.ts';
import { drawFor, namesFor } from './patients.ts';

let ledger: Awaited<ReturnType<typeof freshService>> & Stocked;
beforeAll(async () => {
  const one = await freshService();
  ledger = { ...one, ...(await stock(one.service)) };
  const at = { container: ledger.container, by: ledger.technician };
  await drawFor(one.service, at, { name: 'Łapka', owner: 'Renée O’Neil', recordNumber: 'A-1234' });
  await drawFor(one.service, at, { name: 'Mochi', owner: 'Jonas Groß', species: 'cat' });
  await drawFor(one.service, at, { name: 'MOCHI', owner: 'jonas gross', species: 'Cat' });
});
afterAll(() => ledger.remove());

/** What a page finds that opens the same database afresh. */
const reopened = async (name: string) => {
  const one = await createService({ name });
  await one.service.open(null);
  return one;
};
const sessionOf = async (service: LedgerCore, staff: string, pin = PIN) =>
  value(await service.unlock(staff, pin)).session;

test('patients are found by beginnings of words, whatever the accents and the case', async () => {
  const { service, registrant } = ledger;
  const { session } = registrant;
  for (const query of ['lapka', 'ŁAP', 'ren oneil', 'O’Ne', 'a1234', 'A-12', 'neil lapka']) {
    expect(await namesFor(service, query, session), query).toEqual(['Łapka']);
  }
  // Found as one patient: the spelling differs only in form.
  expect(await namesFor(service, 'mochi GROSS', session)).toHaveLength(1);
  for (const query of ['apka', 'mochi lapka', '', '  ', '…']) {
    expect(await namesFor(service, query, session), query).toEqual([]);
  }
  const [mochi] = value(await service.findPatients('mochi', session)).patients;
  expect(mochi?.acts).toMatchObject([
    { number: 'K-01', product: 'Ketamine', given: '0.1', unit: 'mL', byName: 'Tess Technician' },
    { number: 'K-01' },
  ]);
  expect(mochi?.acts[0]?.seq).toBeGreaterThan(mochi?.acts[1]?.seq ?? 0);
});

test('a patient is found by every consultation, and none of them is said of the other acts', async () => {
  const { service, registrant, technician, container } = ledger;
  const at = { container, by: technician };
  const first = await drawFor(service, at, { name: 'Pickle', consultation: '900233' });
  await drawFor(service, at, { name: 'Pickle', consultation: '900234' });
  for (const query of ['900233', '900234']) {
    expect(await namesFor(service, query, registrant.session), query).toEqual(['Pickle']);
  }
  const [pickle] = value(await service.findPatients('900234', registrant.session)).patients;
  expect(pickle?.acts).toHaveLength(2);
  expect(pickle?.details).toEqual({ name: 'Pickle' });
  expect(await service.patientOf(first.entryId, registrant.session)).toMatchObject({
    details: { name: 'Pickle', consultation: '900233' },
  });
  const { line } = (await service.record(first.entryId)) ?? { line: '' };
  expect(line).toContain('"patient"');
  expect(line).not.toContain('900233');
});

test('what is recorded or undone after the first look is in the next one', async () => {
  const { service, registrant, technician, container } = ledger;
  const drawn = await drawFor(service, { container, by: technician }, { name: 'Newcomer' });
  expect(await namesFor(service, 'newc', registrant.session)).toEqual(['Newcomer']);
  const effect = { container, change: '0.1', unit: 'mL' as const };
  await act(service, 'reversal', { entry: drawn.entryId, record: drawn.hash, reason: 'wrong vial', effect }, [
    technician,
  ]);
  const [found] = value(await service.findPatients('newc', registrant.session)).patients;
  expect(found?.acts).toMatchObject([{ reversed: true }]);
});

test('nobody searches or reads without a session, and not after it', async () => {
  const { service, technician } = ledger;
  expect(await service.findPatients('mochi', 'no session')).toMatchObject({
    refusal: { code: 'session-over' },
  });
  const session = await sessionOf(service, technician.by, OTHER_PIN);
  value(await service.findPatients('mochi', session));
  await service.endSession(session);
  expect(await service.findPatients('mochi', session)).toMatchObject({ refusal: { code: 'session-over' } });
});

test('whose act it was is said to somebody who is signed in, and only that there is a name to others', async () => {
  const { service, registrant, technician, container } = ledger;
  const { entryId } = await drawFor(service, { container, by: technician }, { name: 'Tallulah' });
  expect(await service.patientOf(entryId, null)).toEqual({ state: 'kept' });
  expect(await service.patientOf(entryId, registrant.session)).toEqual({
    state: 'shown',
    details: { name: 'Tallulah' },
  });
  const head = (await service.rows({ limit: 500 })).rows.at(-1)?.entryId ?? '';
  expect(await service.patientOf(head, registrant.session)).toEqual({ state: 'none' });
});

test('names leave with a reason and a signature, or the ledger does not take it', async () => {
  const { service, registrant } = ledger;
  const { size } = await service.head();
  const root = (await service.record(size - 1))?.proof.root ?? '';
  const body = { from: 0, to: size, size, root, disclosed: true };
  const bare = await draft(service, registrant.by, 'exported', body);
  expect(
    await service.append({ entry: bare, signatures: await signed(service, bare, [registrant]) }),
  ).toMatchObject({
    refusal: { code: 'reason-missing' },
  });
  const said = await act(service, 'exported', { ...body, reason: 'asked for by the inspector' }, [
    registrant,
  ]);
  const kept = await service.record(said.seq);
  expect(kept?.line).toContain('"disclosed":true');
  expect(kept?.line).toContain('asked for by the inspector');
  expect(kept?.signatures).toMatchObject([{ name: 'Dr. Test Person', valid: true }]);
});

/** Takes a page's breath away at its `n`th transaction: it never begins. Gives back how many there were. */
function killAt({ db }: Context, n: number): () => number {
  let begun = 0;
  const real = db.transaction;
  Reflect.set(db, 'transaction', (...args: unknown[]) => {
    begun += 1;
    if (begun >= n) return Promise.reject(new Error('The page was closed.'));
    return Reflect.apply(real, db, args);
  });
  return () => begun;
}

/** A person's keys, for opening sessions with them again and again without stretching the PIN each time. */
async function openKeys(staff: string, pin: string): Promise<OpenKeys> {
  const { db } = ledger.context;
  const [device, row] = [await db.device.get('this'), await db.keys.where('staff').equals(staff).first()];
  const keys = device && row && (await openPerson(row, pin, device.mixKey));
  if (!keys) throw new Error('No such keys.');
  return keys;
}
const startFor = ({ sessions, now }: Context, keys: OpenKeys): string =>
  sessions.start(keys, { idleMs: 60_000, end: now() + 60_000 }).session;

async function rotate(service: LedgerCore, registrant: Stocked['registrant']): Promise<boolean> {
  const staged = await service.stageRotation(registrant.session, () => {});
  if (!staged.ok) return false;
  const entry = await draft(service, registrant.by, 'vault.rotated', { reason: 'somebody left' });
  const signatures = await signed(service, entry, [registrant]);
  return (await service.append({ entry, signatures })).ok;
}

test('the key of the vault changes, and killed at any point one of the two opens everything', async () => {
  const { name, service, registrant, technician } = ledger;
  for (let i = 0; i < 130; i += 1) value(await service.keepPatient({ name: `Filler ${i}` }));
  const all = value(await service.discloseAll(registrant.session));
  expect(all.length).toBeGreaterThan(130);
  const [owner, colleague] = [await openKeys(registrant.by, PIN), await openKeys(technician.by, OTHER_PIN)];
  const changed = { kills: 0, keys: new Set<string>() };
  for (let n = 1; ; n += 1) {
    const { service: dying, context } = await reopened(name);
    const session = startFor(context, owner);
    const begun = killAt(context, n);
    const through = await rotate(dying, { ...registrant, session }).catch(() => false);
    context.db.close();
    const { service: after, context: fresh } = await reopened(name);
    for (const keys of [owner, colleague]) {
      const read = await after.discloseAll(startFor(fresh, keys));
      expect(value(read), `killed at ${n}`).toEqual(all);
    }
    changed.keys.add(String((await fresh.db.device.get('this'))?.vaultPublic));
    fresh.db.close();
    if (through && begun() < n) break;
    changed.kills += 1;
  }
  expect(changed.kills).toBeGreaterThan(4);
  expect(changed.keys.size).toBeGreaterThan(1);
});

test('a change of the key that was cut off goes on where it was, and takes in who came meanwhile', async () => {
  const { name, service, registrant } = ledger;
  const { service: dying, context } = await reopened(name);
  const session = await sessionOf(dying, registrant.by);
  const cut = await dying.stageRotation(session, () => {
    throw new Error('The page was closed.');
  });
  expect(cut.ok).toBe(false);
  context.db.close();
  const begun = await service.rotation();
  expect(begun).toMatchObject({ recorded: false, byName: 'Dr. Test Person' });
  expect(begun?.done).toBeGreaterThan(0);
  expect(begun?.done).toBeLessThan(begun?.of ?? 0);
  const early = await draft(service, registrant.by, 'vault.rotated', { reason: 'too early' });
  const signatures = await signed(service, early, [registrant]);
  expect(await service.append({ entry: early, signatures })).toMatchObject({ refusal: { code: 'vault' } });

  const { ref } = value(await service.keepPatient({ name: 'Meanwhile' }));
  const { context: other } = await reopened(name);
  expect((await other.db.vault.get(ref))?.next).toBeDefined();
  expect(await rotate(service, registrant)).toBe(true);
  expect(await service.rotation()).toBeNull();
  const seen = value(await service.revealPatients([ref], registrant.session));
  expect(seen[ref]).toEqual({ name: 'Meanwhile' });
  expect(await other.db.vault.filter((row) => row.next !== undefined).count()).toBe(0);
  other.db.close();
});

test('two tabs that change the key at once, or one that begins anew, lose nobody', async () => {
  const { name, service, registrant } = ledger;
  const all = value(await service.discloseAll(registrant.session));
  const { service: other, context } = await reopened(name);
  const session = startFor(context, await openKeys(registrant.by, PIN));
  let meddling: Promise<unknown> | null = null;
  const meddle = async () => {
    await other.dropRotation();
    return other.stageRotation(session, () => {});
  };
  await service.stageRotation(registrant.session, () => {
    meddling ??= meddle();
  });
  expect(await meddling).toMatchObject({ ok: true });
  expect(await rotate(service, registrant)).toBe(true);
  expect(value(await service.discloseAll(registrant.session))).toEqual(all);
  expect(value(await other.discloseAll(session))).toEqual(all);
  context.db.close();
});

test('dropped before it is recorded, nothing has changed', async () => {
  const { service, context, registrant } = ledger;
  const before = await context.db.device.get('this');
  value(await service.stageRotation(registrant.session, () => {}));
  await service.dropRotation();
  expect(await service.rotation()).toBeNull();
  expect((await context.db.device.get('this'))?.vaultPublic).toEqual(before?.vaultPublic);
  expect(await namesFor(service, 'mochi', registrant.session)).toEqual(['MOCHI']);
});

test('whoever is disabled has no copy of the key any more, and the next key is not sealed to them', async () => {
  const { service, context, registrant, technician } = ledger;
  const theirs = (await context.db.keys.where('staff').equals(technician.by).first())?.keyId ?? '';
  expect(await context.db.vaultKeys.get(theirs)).toBeDefined();
  const before = await openVault(context.db, await openKeys(technician.by, OTHER_PIN));
  await act(service, 'staff.disabled', { staff: { id: technician.by }, reason: 'left the clinic' }, [
    registrant,
  ]);
  expect(await context.db.vaultKeys.get(theirs)).toBeUndefined();
  const session = await sessionOf(service, registrant.by);
  expect(await rotate(service, { ...registrant, session })).toBe(true);
  expect(await context.db.vaultKeys.toCollection().primaryKeys()).not.toContain(theirs);
  // Not even the key itself, had they kept it, opens anything that is stored now.
  const rows = await context.db.vault.toArray();
  expect(rows.length).toBeGreaterThan(130);
  if (!before) throw new Error('The technician could not read before either.');
  for (const row of rows.slice(0, 20)) await expect(readPatient(before, row)).rejects.toThrow();
  expect(await namesFor(service, 'mochi', session)).toEqual(['MOCHI']);
});
