import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DomainEntry, parseEntry } from '../../shared/domain/entries.ts';
import { fold } from '../../shared/domain/fold.ts';
import { judge } from '../../shared/domain/judge.ts';
import { emptyState } from '../../shared/domain/state.ts';
import { toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { checkCommitment } from '../../shared/ledger/commitment.ts';
import { leafHash, loadSha256 } from '../../shared/ledger/hash.ts';
import { parseRecord } from '../../shared/ledger/record.ts';
import { DEMO_PIN } from '../../shared/protocol/ledger.ts';
import { foldRecordOf } from '../../workers/ledger/gate/read-record.ts';
import { ledgerSource } from '../../workers/ledger/source.ts';
import { freshService, value } from './helpers.ts';
import { verifyLog } from './verify-log.ts';

let made: Awaited<ReturnType<typeof freshService>>;
const progress: number[] = [];
beforeAll(async () => {
  made = await freshService();
  value(await made.service.createDemo((done) => progress.push(done)));
});
afterAll(() => made.remove());

test('it is marked as a demo, in the log too', async () => {
  const { service } = made;
  expect(await service.status()).toMatchObject({ state: 'ready', demo: true });
  const genesis = await service.record(0);
  expect(genesis?.line).toContain('"demo":true');
  expect((await service.today()).facility).toContain('Demo');
});

test('two months of six people, about 800 records', async () => {
  const { service } = made;
  const { rows, size } = await service.rows({ limit: 500 });
  expect(size).toBeGreaterThan(650);
  expect(size).toBeLessThan(1000);
  expect(await service.staff()).toHaveLength(6);
  const first = Date.parse((await service.record(0))?.row.recorded ?? '');
  const last = Date.parse(rows[0]?.recorded ?? '');
  expect((last - first) / 86_400_000).toBeGreaterThan(58);
  expect(last).toBeLessThanOrEqual(Date.now());
  expect(progress.at(-1)).toBe(60);
});

test('it shows what a ledger is looked at for', async () => {
  const { service } = made;
  const discrepancies = await service.discrepancies();
  expect(discrepancies.map((d) => d.resolved !== undefined)).toEqual([false, true]);
  const kinds = (await service.today()).work.map((item) => item.kind);
  for (const kind of ['leftover', 'witness-pending', 'discrepancy', 'expiring'] as const)
    expect(kinds).toContain(kind);
  const cosigns = await service.rows({ limit: 500, type: 'cosign' });
  expect(cosigns.rows.filter((row) => row.flags.includes('witness-late'))).toHaveLength(1);
  expect((await service.containers({ open: true })).length).toBeGreaterThanOrEqual(11);
});

test('chain, signatures and checkpoint verify from the lines alone', async () => {
  const { failures } = await verifyLog(ledgerSource(made.context));
  expect(failures).toEqual([]);
});

test('a fold from nothing gives what the screens show, and no rule refuses any record', async () => {
  const source = ledgerSource(made.context);
  const sha = await loadSha256();
  const { size, device } = await source.info();
  const state = emptyState();
  const entries = new Map<string, DomainEntry>();
  for (const line of await source.lines(0, size)) {
    const { record } = parseRecord(line);
    const parsed = parseEntry(record.entry);
    if (!parsed.ok) throw new Error(parsed.message);
    const { entry } = parsed;
    entries.set(entry.id, entry);
    const needsTarget =
      'entry' in entry.body || entry.type === 'count' || entry.type === 'discrepancy.opened';
    if (!needsTarget) {
      const { recorded, signatures } = record;
      const refused = judge(state, { entry, recorded, signatures, device }).filter(
        (f) => f.severity === 'refuse',
      );
      expect(refused).toEqual([]);
    }
    const target = entry.type === 'reversal' ? entries.get(entry.body.entry) : undefined;
    fold(state, foldRecordOf(record, toHex(leafHash(sha, utf8(line))), entry), target);
  }
  const { state: held } = await made.context.projection.catchUp();
  for (const container of Object.values(state.containers)) {
    expect(held.containers[container.id]).toEqual(container);
  }
  expect(Object.keys(held.leftovers)).toEqual(Object.keys(state.leftovers));
});

test('everybody signs in with the demo PIN, and the vault opens to them', async () => {
  const { service } = made;
  const sha = await loadSha256();
  for (const { id } of (await service.staff()).slice(0, 2)) {
    const { session } = value(await service.unlock(id, DEMO_PIN));
    const patients = value(await service.discloseAll(session));
    expect(patients.length).toBe(36);
    const [draw] = (await service.rows({ limit: 1, type: 'draw' })).rows;
    const entry = parseRecord((await service.record(draw?.entryId ?? ''))?.line ?? '').record.entry;
    const parsed = parseEntry(entry);
    if (!parsed.ok || parsed.entry.type !== 'draw' || !parsed.entry.body.patient) throw new Error('no draw');
    const { patient } = parsed.entry.body;
    const disclosed = patients.find((p) => p.ref === patient.ref);
    if (!disclosed) throw new Error('the patient is not in the vault');
    checkCommitment(sha, patient, { ...disclosed, details: { ...disclosed.details } });
  }
});

test('a second ledger is not started over it', async () => {
  expect(await made.service.createDemo(() => {})).toMatchObject({ refusal: { code: 'already-started' } });
});
