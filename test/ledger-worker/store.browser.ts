import Dexie from 'dexie';
import { expect, test } from 'vitest';
import { parseRecord } from '../../shared/ledger/record.ts';
import type { RememberedHead } from '../../shared/protocol/ledger.ts';
import { createService } from '../../workers/ledger/service.ts';
import { ledgerSource } from '../../workers/ledger/source.ts';
import { FORMAT } from '../../workers/ledger/store/database.ts';
import { act, draft, freshName, freshService, PIN, signed, stock, value } from './helpers.ts';
import { verifyLog } from './verify-log.ts';

/** The database under stress: other versions, other hands, a clock that jumps. */

async function reopen(name: string, options: Parameters<typeof createService>[0] = {}) {
  const one = await createService({ ...options, name });
  await one.service.open(null);
  return one;
}

test('a tab with an older version open: the answer is "blocked", not silence, and goes away with it', async () => {
  const name = freshName();
  const old = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('not opened'));
  });
  const { service, context } = await createService({ name });
  expect(await service.open(null)).toEqual({ state: 'blocked' });
  expect(await service.createDemo(() => {})).toMatchObject({ ok: false, refusal: { code: 'busy' } });
  old.close();
  await expect.poll(() => service.status()).toEqual({ state: 'empty' });
  context.db.close();
});

test('a database of a later format is not written to', async () => {
  const name = freshName();
  const later = new Dexie(name);
  later.version(FORMAT + 1).stores({ records: 'seq' });
  await later.open();
  later.close();
  const { service } = await createService({ name });
  expect(await service.open(null)).toEqual({ state: 'newer-format' });
  expect(await service.createDemo(() => {})).toMatchObject({ refusal: { code: 'newer-format' } });
  const untouched = (await indexedDB.databases()).find((one) => one.name === name);
  expect(untouched?.version).toBe((FORMAT + 1) * 10);
});

test('a newer tab gets its way: this one closes, says so and writes no more', async () => {
  const one = await freshService();
  const { registrant, container } = await stock(one.service);
  const entry = await draft(one.service, registrant.by, 'container.opened', { container });
  const signatures = await signed(one.service, entry, [registrant]);
  const newer = new Dexie(one.name);
  newer.version(99).stores({ records: 'seq' });
  await newer.open();
  expect(await one.service.status()).toMatchObject({ state: 'closed' });
  expect(await one.service.append({ entry, signatures })).toMatchObject({ refusal: { code: 'closed' } });
  newer.close();
});

test('a handle that died is opened again, and the append goes through once', async () => {
  const one = await freshService();
  const { registrant, container } = await stock(one.service);
  const entry = await draft(one.service, registrant.by, 'container.opened', { container });
  const signatures = await signed(one.service, entry, [registrant]);
  one.context.db.close();
  const receipt = value(await one.service.append({ entry, signatures }));
  expect(await one.service.receipt(entry.id)).toEqual(receipt);
  await one.remove();
});

test('a head that is not in this log any more is an alarm, and stops every write', async () => {
  const one = await freshService();
  await stock(one.service);
  const status = await one.service.status();
  if (status.state !== 'ready') throw new Error(status.state);
  const right: RememberedHead = { ledger: status.ledger, ...status.head };
  expect((await one.service.open(right)).state).toBe('ready');
  for (const wrong of [
    { ...right, size: right.size + 1 },
    { ...right, hash: 'e'.repeat(64) },
    { ...right, ledger: await one.service.newId() },
  ]) {
    const again = await createService({ name: one.name });
    expect(await again.service.open(wrong)).toMatchObject({ state: 'vanished', found: status.head });
    const input = { entry: await anyEntry(again.service), signatures: [] };
    expect(await again.service.append(input)).toMatchObject({ refusal: { code: 'vanished' } });
    again.context.db.close();
  }
  await one.remove();
});

test('a database that vanishes under an open page is an alarm too', async () => {
  const one = await freshService();
  const { registrant, container } = await stock(one.service);
  const entry = await draft(one.service, registrant.by, 'container.opened', { container });
  const input = { entry, signatures: await signed(one.service, entry, [registrant]) };
  expect((await one.service.status()).state).toBe('ready');
  await Promise.all(one.context.db.tables.map((table) => table.clear()));
  expect(await one.service.append(input)).toMatchObject({ refusal: { code: 'vanished' } });
  expect(await one.service.createDemo(() => {})).toMatchObject({ refusal: { code: 'vanished' } });
  await one.remove();
});

async function anyEntry(service: Awaited<ReturnType<typeof createService>>['service']) {
  return draft(service, await service.newId(), 'container.opened', { container: await service.newId() });
}

test('an edited snapshot is not believed, and the fold is made again from the records', async () => {
  const one = await freshService();
  const { container } = await stock(one.service);
  const { context, name } = one;
  const { state } = await context.projection.catchUp();
  const { snapshotsIn } = await import('../../workers/ledger/gate/snapshots.ts');
  await snapshotsIn(context.db).keep(state);
  const good = await context.db.snapshots.toCollection().first();
  if (!good) throw new Error('no snapshot was kept');
  // As it was kept, it is what a new tab starts from.
  await context.db.snapshots.put(good);
  const trusting = await reopen(name);
  expect((await trusting.service.containers({}))[0]?.balance).toBe('10');
  trusting.context.db.close();
  for (const edited of [
    { ...good, text: good.text.replace('"balance":100000', '"balance":990000') },
    { ...good, hash: 'a'.repeat(64) },
    { ...good, mac: good.mac.map((byte) => byte ^ 1) },
  ]) {
    expect(edited).not.toEqual(good);
    await context.db.snapshots.put(edited);
    const again = await reopen(name);
    expect((await again.service.containers({}))[0]).toMatchObject({ id: container, balance: '10' });
    expect(await again.context.db.snapshots.count()).toBe(0);
    again.context.db.close();
  }
  await one.remove();
});

test('a clock that went back: times are held, and the log says so once', async () => {
  const clock = { ahead: 0 };
  const one = await freshService({ now: () => Date.now() + clock.ahead });
  const { registrant, container } = await stock(one.service);
  const signer = { as: 'performer' as const, by: registrant.by, pin: PIN };
  clock.ahead = 600_000;
  const body = { container, drawn: '0.1', given: '0.1', leftover: '0', unit: 'mL' as const };
  const future = await act(one.service, 'draw', body, [signer]);
  clock.ahead = 0;
  const held = await act(one.service, 'draw', body, [signer]);
  const again = await act(one.service, 'draw', body, [signer]);
  expect([held.recorded, again.recorded]).toEqual([future.recorded, future.recorded]);
  const { rows } = await one.service.rows({ limit: 4 });
  expect(rows.map((row) => row.type)).toEqual(['draw', 'draw', 'clock.anomaly', 'draw']);
  expect((await verifyLog(ledgerSource(one.context))).failures).toEqual([]);
  clock.ahead = 700_000;
  expect((await act(one.service, 'draw', body, [signer])).recorded > future.recorded).toBe(true);
  await one.remove();
});

test('a damaged record does not stop the day: the screens open, and it is shown for what it is', async () => {
  const one = await freshService();
  const { registrant, container } = await stock(one.service);
  const row = await one.context.db.records.get(1);
  if (!row) throw new Error('no record');
  await one.context.db.records.put({ ...row, line: row.line.replace('"', "'") });
  const again = await reopen(one.name);
  const today = await again.service.today();
  expect(today.recent.find((r) => r.seq === 1)?.summary).toContain('damaged');
  const body = { container, drawn: '0.1', given: '0.1', leftover: '0', unit: 'mL' as const };
  await act(one.service, 'draw', body, [registrant]);
  again.context.db.close();
  await one.remove();
});

test('the device signs no smaller log after a larger one, and no other log of the same size', async () => {
  const one = await freshService();
  await stock(one.service);
  const source = ledgerSource(one.context);
  expect(await source.checkpoint()).toContain('countersign/');
  const head = await one.context.effects.store.head();
  if (!head) throw new Error('no head');
  await one.context.db.meta.put({ ...head, size: head.size - 1 });
  await expect(source.checkpoint()).rejects.toMatchObject({ code: 'truncated' });
  await one.context.db.meta.put(head);
  await one.context.db.meta.put({ key: 'checkpoint', size: head.size, root: 'b'.repeat(64) });
  await expect(source.checkpoint()).rejects.toMatchObject({ code: 'fork' });
  await one.remove();
});

test('pages of rows come through every index, newest first', async () => {
  const one = await freshService();
  const { service } = one;
  value(await service.createDemo(() => {}));
  const { size } = await service.rows({ limit: 1 });
  const seen: number[] = [];
  for (let before = size; before > 0; before -= 100) {
    const { rows } = await service.rows({ before, limit: 100 });
    seen.push(...rows.map((row) => row.seq));
  }
  expect(seen).toEqual(Array.from({ length: size }, (_, i) => size - 1 - i));
  const [first] = await service.containers({ search: 'ketamine k-01' });
  const person = (await service.staff())[3];
  if (!first || !person) throw new Error('the demo is empty');
  for (const query of [{ type: 'draw' as const }, { container: first.id }, { staff: person.id }]) {
    const one = await service.rows({ ...query, limit: 5 });
    const two = await service.rows({ ...query, limit: 5, before: one.rows.at(-1)?.seq ?? 0 });
    const seqs = [...one.rows, ...two.rows].map((row) => row.seq);
    expect(seqs).toHaveLength(10);
    expect(seqs).toEqual([...seqs].sort((a, b) => b - a));
    expect(new Set(seqs).size).toBe(10);
  }
  const life = await service.life(first.id);
  expect(life?.events.at(-1)?.balance).toBe(first.balance);
  await one.remove();
});

test('a part of the log comes with what ties it to the checkpoint', async () => {
  const one = await freshService();
  await stock(one.service);
  const source = ledgerSource(one.context);
  const { parsePartProof, partBoundary } = await import('../../shared/ledger/part.ts');
  const { rootFromRange, verifyInclusion } = await import('../../shared/ledger/proof.ts');
  const { fromHex, toHex, utf8 } = await import('../../shared/ledger/bytes.ts');
  const { leafHash, loadSha256 } = await import('../../shared/ledger/hash.ts');
  const sha = await loadSha256();
  const { size } = await source.info();
  const proof = parsePartProof(await source.rangeProof(3, size, size));
  const leaves = (await source.lines(3, size)).map((line) => leafHash(sha, utf8(line)));
  const root = rootFromRange(sha, { begin: 3, size, leaves, ...partBoundary(proof) });
  const detail = await one.service.record(0);
  expect(toHex(root)).toBe(detail?.proof.root);
  expect(proof.earlier.map((e) => parseRecord(e.line).record.entry.type)).toEqual([
    'ledger.created',
    'staff.enrolled',
    'product.added',
  ]);
  for (const { seq, line, path } of proof.earlier) {
    const claim = { index: seq, size, leaf: leafHash(sha, utf8(line)), path: path.map(fromHex), root };
    verifyInclusion(sha, claim);
  }
  await one.remove();
});
