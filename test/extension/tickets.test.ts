import { describe, expect, it } from 'vitest';
import { judgeHead } from '../../extension/background/head-memory.ts';
import { shelfAt } from '../../extension/background/shelf.ts';
import { burnTicket, mintTicket, parseTickets } from '../../extension/background/tickets.ts';
import { FOREIGN_LIMIT, judgePlace, type Place } from '../../extension/content/tamper.ts';
import { askerOf } from '../../pwa/bridge/asker.ts';
import { ASKS_KEY, approve, noteAsk, readAsks } from '../../pwa/bridge/pairing.ts';
import type { DeviceSettings } from '../../shared/protocol/ledger.ts';

const site = {
  reader: { id: 'demo-tables', label: 'Demo' },
  suggestions: {},
  origin: 'http://127.0.0.1:4180',
};
const random = new Uint8Array(32).fill(7);

function memory() {
  let kept: unknown;
  const place = {
    get: async () => kept,
    set: async (value: unknown) => {
      kept = structuredClone(value);
    },
  };
  return () => shelfAt(place, parseTickets);
}

describe('the one-use number of a frame', () => {
  it('lets one frame in and the second not, however close together they come', async () => {
    const shelf = memory()();
    const nonce = await mintTicket(shelf, 5, site, 0, random);
    const both = await Promise.all([burnTicket(shelf, nonce, 5, 1), burnTicket(shelf, nonce, 5, 1)]);
    expect(both.filter((ticket) => ticket !== null)).toHaveLength(1);
  });

  it('is known to the worker that comes after a death, and burned for it too', async () => {
    const shelf = memory();
    const nonce = await mintTicket(shelf(), 5, site, 0, random);
    expect(await burnTicket(shelf(), nonce, 5, 1)).toMatchObject({ tab: 5 });
    expect(await burnTicket(shelf(), nonce, 5, 1)).toBeNull();
  });

  it('is burned by a frame of another tab, without letting it in', async () => {
    const shelf = memory()();
    const nonce = await mintTicket(shelf, 5, site, 0, random);
    expect(await burnTicket(shelf, nonce, 6, 1)).toBeNull();
    expect(await burnTicket(shelf, nonce, 5, 1)).toBeNull();
  });

  it('is worth nothing after half a minute', async () => {
    const shelf = memory()();
    const nonce = await mintTicket(shelf, 5, site, 0, random);
    expect(await burnTicket(shelf, nonce, 5, 30_000)).toBeNull();
  });
});

describe('a shelf', () => {
  it('writes nothing where nothing has changed: a disk without room keeps no alarm from being raised', async () => {
    const place = { get: async () => 1, set: () => Promise.reject(new Error('FILE_ERROR_NO_SPACE')) };
    const shelf = shelfAt(place, Number);
    expect(await shelf.change((value) => ({ next: value, result: 'alarm' }))).toBe('alarm');
    await expect(shelf.change((value) => ({ next: value + 1, result: '' }))).rejects.toThrow();
  });
});

describe('the second memory of the head', () => {
  const ledger = '0190a5c1-7a00-7000-8000-000000000001';
  const remembered = { ledger, size: 100, hash: 'a'.repeat(64) };
  const ready = (size: number, hash: string, of = ledger) => ({
    state: 'ready' as const,
    ledger: of,
    device: ledger,
    facility: 'F',
    demo: true,
    genesis: 'c'.repeat(64),
    head: { size, hash },
  });

  it('follows a ledger that grows', () => {
    const longer = ready(101, 'b'.repeat(64));
    expect(judgeHead(remembered, longer)).toEqual({ remember: { ledger, ...longer.head }, alarm: null });
  });

  it.each([
    ['shorter', ready(99, 'b'.repeat(64)), 'shorter'],
    ['as long with another end', ready(100, 'b'.repeat(64)), 'shorter'],
    ['empty', { state: 'empty' as const }, 'gone'],
    [
      'cut under an open bridge',
      { state: 'vanished' as const, remembered, found: { size: 99, hash: 'b'.repeat(64) } },
      'shorter',
    ],
    ['deleted under an open bridge', { state: 'vanished' as const, remembered, found: null }, 'gone'],
    ['another ledger', ready(200, 'b'.repeat(64), ledger.replace(/1$/, '2')), 'other-ledger'],
  ])('raises an alarm when it comes back %s, and goes on remembering', (_, status, alarm) => {
    const judged = judgeHead(remembered, status);
    expect(judged.alarm?.alarm).toBe(alarm);
    expect(judged.remember).toEqual(remembered);
  });
});

describe('the frame’s place in the page', () => {
  const rect = { left: 868, top: 12, width: 400, height: 696 };
  const good: Place = {
    connected: true,
    atHome: true,
    rect,
    expected: rect,
    opacity: 1,
    visible: true,
    probes: [true, true, true, true, true],
    foreignChanges: 0,
  };
  it.each([
    ['none', {}],
    ['none', { rect: { ...rect, left: 869 } }],
    ['covered', { probes: [true, true, false, true, true] }],
    ['transparent', { opacity: 0.5 }],
    ['transparent', { visible: false }],
    ['moved', { rect: { ...rect, left: 400 } }],
    ['moved', { rect: { ...rect, width: 4 } }],
    ['disturbed', { connected: false }],
    ['disturbed', { atHome: false }],
    ['disturbed', { foreignChanges: FOREIGN_LIMIT + 1 }],
  ])('%s for %j', (verdict, change) => {
    expect(judgePlace({ ...good, ...change })).toBe(verdict);
  });
});

describe('who asks the bridge', () => {
  const id = 'abcdefghijklmnopabcdefghijklmnop';
  it.each([
    [[`chrome-extension://${id}`], id],
    [[], null],
    [['https://evil.example'], null],
    [[`chrome-extension://${id}`, 'https://evil.example'], null],
    [['chrome-extension://not-an-id'], null],
    [[`chrome-extension://${id}.evil.example`], null],
  ])('%j is %s', (ancestors, asker) => {
    expect(askerOf(ancestors)?.id ?? null).toBe(asker);
  });

  it('keeps one code for an asker, never many asks, and forgets one that was approved', async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const first = noteAsk(storage, id, 0, new Uint32Array([123_456]));
    expect(first.code).toBe('123456');
    expect(noteAsk(storage, id, 1, new Uint32Array([9])).code).toBe('123456');
    for (let n = 0; n < 9; n += 1)
      noteAsk(storage, id.replace(/^./, String.fromCharCode(98 + n)), 2, new Uint32Array([n]));
    expect(readAsks(storage, 3)).toHaveLength(5);
    expect(readAsks(storage, 100_000_000)).toEqual([]);

    let paired: string[] = [];
    const settings = {
      setting: async <K extends keyof DeviceSettings>(key: K) =>
        ({ ...DEFAULTS, pairedExtensions: paired })[key],
      setSetting: async (_: unknown, value: unknown) => {
        paired = Array.isArray(value) ? value : [];
      },
    };
    kept.clear();
    noteAsk(storage, id, 0, new Uint32Array([1]));
    await approve(settings, storage, id, 1);
    expect(paired).toEqual([id]);
    expect(kept.has(ASKS_KEY)).toBe(false);
  });

  it('reads nonsense in the storage as no asks', () => {
    for (const text of ['', '{', '[1]', '[{"id":"x","code":"1","at":"now"}]']) {
      expect(readAsks({ getItem: () => text, setItem: () => {}, removeItem: () => {} }, 0)).toEqual([]);
    }
  });
});

const DEFAULTS: DeviceSettings = {
  pairedExtensions: [],
  theme: 'system',
  lastPerformer: null,
};
