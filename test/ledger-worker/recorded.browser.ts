import { describe, expect, it } from 'vitest';
import type { Body, EntryType } from '../../shared/domain/entries.ts';
import type { PatientDetails } from '../../shared/protocol/ledger.ts';
import { TAGS_KEPT_MS } from '../../workers/ledger/vault/tags.ts';
import { draft, freshService, OTHER_PIN, signed, stock, value } from './helpers.ts';

/** A clinic with one open vial, under a clock that can be put forward. */
async function clinicAt() {
  const clock = { now: Date.now() };
  const made = await freshService({ now: () => clock.now });
  return { ...made, clock, ...(await stock(made.service)) };
}
type Clinic = Awaited<ReturnType<typeof clinicAt>>;

async function record<T extends EntryType>(
  { service, technician }: Clinic,
  type: T,
  body: Body<T>,
  at: string,
) {
  const entry = { ...(await draft(service, technician.by, type, body)), at };
  return value(await service.append({ entry, signatures: await signed(service, entry, [technician]) }));
}

async function drawFor(clinic: Clinic, patient: PatientDetails | null, at: string) {
  const kept = patient && value(await clinic.service.keepPatient(patient));
  const amounts = { drawn: '0.4', given: '0.3', leftover: '0.1', unit: 'mL' as const };
  const body = { container: clinic.container, ...amounts, ...(kept ? { patient: kept } : {}) };
  return record(clinic, 'draw', body, at);
}

const hoursAgo = (ms: number, hours: number) => new Date(ms - hours * 3_600_000).toISOString();

describe('draws for holding a page against', () => {
  it('are of the time asked about, with whose they were of those asked about, and never a name', async () => {
    const clinic = await clinicAt();
    const { service, clock, product } = clinic;
    const at = hoursAgo(clock.now, 3);
    const bella = await drawFor(clinic, { name: 'Bella', recordNumber: 'P-10422' }, at);
    const unnamed = await drawFor(clinic, null, at);
    const twin = await drawFor(clinic, { name: 'Bella', recordNumber: 'P-99999' }, at);
    const chartless = await drawFor(clinic, { name: 'Señor  Gató' }, at);
    const query = {
      from: hoursAgo(clock.now, 3.5),
      to: hoursAgo(clock.now, 2.5),
      patients: [
        { name: 'BELLA', recordNumber: '#P 10422' },
        { name: 'Bella' },
        { name: 'señor gató', recordNumber: 'P-7' },
        { name: 'Nobody', recordNumber: 'P-0' },
      ],
    };
    const { draws, all } = await service.recordedOn(query);
    const of = (entryId: string) => draws.find((draw) => draw.entryId === entryId);
    expect(all).toBe(true);
    expect(of(bella.entryId)).toMatchObject({
      ...{ seq: bella.seq, at, number: 'K-01', product },
      ...{ drawn: '0.4', given: '0.3', unit: 'mL', byName: 'Tess Technician', patient: 'comparable' },
      patients: [
        { index: 0, by: 'number' },
        { index: 1, by: 'name' },
      ],
    });
    expect(of(twin.entryId)?.patients).toEqual([{ index: 1, by: 'name' }]);
    expect(of(unnamed.entryId)).toMatchObject({ patient: 'none', patients: [] });
    expect(of(chartless.entryId)?.patients).toEqual([{ index: 2, by: 'name' }]);
    expect(JSON.stringify(draws)).not.toMatch(/bella|gat|10422/i);
    const earlier = await service.recordedOn({
      ...query,
      from: hoursAgo(clock.now, 2),
      to: hoursAgo(clock.now, 1),
    });
    expect(earlier.draws.some(({ entryId }) => entryId === bella.entryId)).toBe(false);
  });

  it('leave out what was reversed', async () => {
    const clinic = await clinicAt();
    const { service, clock, container } = clinic;
    const at = hoursAgo(clock.now, 1);
    const drawn = await drawFor(clinic, { name: 'Bella' }, at);
    await record(
      clinic,
      'reversal',
      {
        ...{ entry: drawn.entryId, record: drawn.hash, reason: 'Typed twice' },
        effect: { container, change: '0.4', unit: 'mL' },
      },
      new Date(clock.now).toISOString(),
    );
    const query = { from: hoursAgo(clock.now, 2), to: hoursAgo(clock.now, 0), patients: [{ name: 'Bella' }] };
    const { draws } = await service.recordedOn(query);
    expect(draws.some(({ entryId }) => entryId === drawn.entryId)).toBe(false);
  });

  it('know nobody again when the month is over, and the vault does', async () => {
    const clinic = await clinicAt();
    const { service, context, clock } = clinic;
    const at = hoursAgo(clock.now, 1);
    const drawn = await drawFor(clinic, { name: 'Bella', recordNumber: 'P-1' }, at);
    const query = {
      from: hoursAgo(clock.now, 2),
      to: hoursAgo(clock.now, 0),
      patients: [{ recordNumber: 'P-1' }],
    };
    clock.now += TAGS_KEPT_MS + 60_000;
    await service.keepPatient({ name: 'Somebody later' });
    const { draws } = await service.recordedOn(query);
    expect(draws.find(({ entryId }) => entryId === drawn.entryId)).toMatchObject({
      patient: 'unknown',
      patients: [],
    });
    const tagged = await context.db.vault.filter(({ tags }) => tags !== undefined).count();
    expect(tagged).toBe(1);
    const { session } = value(await service.unlock(clinic.technician.by, OTHER_PIN));
    const refs = (await context.db.vault.toCollection().primaryKeys()).slice(-2);
    expect(Object.keys(value(await service.revealPatients(refs, session)))).toEqual(refs);
  });

  it('cannot be told from a copy of the database: the same patient has other tags on another device', async () => {
    const [one, other] = [await clinicAt(), await clinicAt()];
    const tagsOf = async ({ service, context }: typeof one) => {
      const { ref } = value(await service.keepPatient({ name: 'Bella', recordNumber: 'P-1' }));
      return (await context.db.vault.get(ref))?.tags;
    };
    const [first, again, elsewhere] = [await tagsOf(one), await tagsOf(one), await tagsOf(other)];
    expect(first).toEqual(again);
    expect(first?.number).not.toBe(elsewhere?.number);
    expect(first?.name).not.toBe(first?.number);
  });
});

describe('open work', () => {
  it('is numbers and the ids of drafts', async () => {
    const clinic = await clinicAt();
    const { service } = clinic;
    await record(
      clinic,
      'waste',
      { container: clinic.container, quantity: '0.2', unit: 'mL', reason: 'Spilled' },
      new Date().toISOString(),
    );
    const { work } = await service.today();
    const pending = work.filter((item) => item.kind === 'witness-pending');
    expect(pending).toHaveLength(1);
    const entryId = await service.newId();
    const form = { patient: 'Bella' };
    value(
      await service.saveDraft({
        entryId,
        type: 'draw',
        startedAt: new Date().toISOString(),
        door: 'pwa',
        form,
      }),
    );
    expect(await service.openWork()).toEqual({
      ...{ drafts: [entryId], witnessPending: pending.length },
      overdue: pending.filter(({ overdue }) => overdue).length,
    });
  });
});
