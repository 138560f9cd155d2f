import { wrap } from 'comlink';
import Dexie from 'dexie';
import { afterEach, expect, test } from 'vitest';
import type {
  ChangeNotice,
  EntryDraft,
  LedgerSource,
  SignedStatement,
} from '../../shared/protocol/ledger.ts';
import { type HeadMemory, type LedgerClient, startLedger } from '../../workers/ledger/client.ts';
import { DATABASE } from '../../workers/ledger/context.ts';
import { draft, signed, stock, value } from './helpers.ts';
import { verifyLog } from './verify-log.ts';

/** Real workers over the real database: what the pages of one browser do. */

const clients: LedgerClient[] = [];
function start(memory: HeadMemory): LedgerClient {
  const client = startLedger(memory);
  clients.push(client);
  return client;
}
afterEach(async () => {
  for (const client of clients.splice(0)) client.stop();
  await Dexie.delete(DATABASE);
});

function memory(): HeadMemory & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return { held, getItem: (key) => held.get(key) ?? null, setItem: (key, text) => void held.set(key, text) };
}

type Ready = { entry: EntryDraft; signatures: SignedStatement[] };

async function prepare(client: LedgerClient, count: number): Promise<Ready[]> {
  const { service } = client;
  const { registrant, container } = await stock(service);
  const body = { container, drawn: '0.01', given: '0.01', leftover: '0', unit: 'mL' as const };
  const ready: Ready[] = [];
  for (let i = 0; i < count; i += 1) {
    const entry = await draft(service, registrant.by, 'draw', body);
    ready.push({ entry, signatures: await signed(service, entry, [registrant]) });
  }
  return ready;
}

const sourceOf = (client: LedgerClient) => wrap<LedgerSource>(client.source());

test('two tabs append 200 entries each at once: nothing lost, one chain', async () => {
  const [one, two] = [start(memory()), start(memory())];
  await one.service.open(null);
  const ready = await prepare(one, 400);
  await two.service.open(null);
  const heard: ChangeNotice[] = [];
  two.onChange((notice) => heard.push(notice));
  const from = performance.now();
  const outcomes = await Promise.all(
    ready.map((input, i) => (i % 2 === 0 ? one : two).service.append(input)),
  );
  const seqs = outcomes.map((outcome) => value(outcome).seq);
  console.warn(`${((performance.now() - from) / 400).toFixed(2)} ms an append, two writers at once`);
  expect(new Set(seqs).size).toBe(400);
  const { failures, ids } = await verifyLog(sourceOf(two));
  expect(failures).toEqual([]);
  for (const { entry } of ready) expect(ids).toContain(entry.id);
  expect((await one.service.containers({}))[0]?.balance).toBe('6');
  expect((await two.service.containers({}))[0]?.balance).toBe('6');
  expect(heard.filter((notice) => notice.kind === 'appended').length).toBeGreaterThanOrEqual(400);
}, 120_000);

test('the same entry from two tabs is one record', async () => {
  const [one, two] = [start(memory()), start(memory())];
  await one.service.open(null);
  const [input] = await prepare(one, 1);
  await two.service.open(null);
  if (!input) throw new Error('nothing prepared');
  const [a, b] = await Promise.all([one.service.append(input), two.service.append(input)]);
  expect(value(a)).toEqual(value(b));
});

test('a worker killed in the middle of appends leaves a whole log, and a retry is the same receipt', async () => {
  const [one, two] = [start(memory()), start(memory())];
  await one.service.open(null);
  const ready = await prepare(one, 40);
  await two.service.open(null);
  const killed = new Promise<void>((resolve) => {
    const off = two.onChange((notice) => {
      if (notice.kind !== 'appended') return;
      off();
      one.stop();
      resolve();
    });
  });
  for (const input of ready) void one.service.append(input);
  await killed;
  const outcomes = await Promise.all(ready.map((input) => two.service.append(input)));
  const { failures, ids } = await verifyLog(sourceOf(two));
  expect(failures).toEqual([]);
  for (const [i, input] of ready.entries()) {
    const receipt = value(outcomes[i]!);
    expect(ids.filter((id) => id === input.entry.id)).toHaveLength(1);
    expect(await two.service.receipt(input.entry.id)).toEqual(receipt);
  }
});

test('a database that vanished is an alarm, never a first run', async () => {
  const kept = memory();
  const one = start(kept);
  await one.service.open(null);
  await prepare(one, 1);
  one.stop();
  await Dexie.delete(DATABASE);
  const two = start(kept);
  const status = await two.service.open(null);
  expect(status).toMatchObject({ state: 'vanished', found: null, remembered: { size: 4 } });
  expect(await two.service.createDemo(() => {})).toMatchObject({ ok: false, refusal: { code: 'vanished' } });
  expect((await start(memory()).service.open(null)).state).toBe('empty');
});
