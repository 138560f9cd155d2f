import { describe, expect, it } from 'vitest';
import { Courier } from '../../extension/background/courier.ts';
import { Outbox, type OutboxRow, type OutboxStore } from '../../extension/background/outbox.ts';
import { sealerWith } from '../../extension/background/outbox-db.ts';
import { accepted, declined, type Reply, UNREACHABLE } from '../../shared/protocol/bridge.ts';
import type { AppendInput, CaptureDraft } from '../../shared/protocol/ledger.ts';
import { done, refused } from '../../shared/protocol/outcome.ts';

const ID = '0190a5c1-7a00-7000-8000-000000000001';
const STAFF = '0190a5c1-7a00-7000-8000-000000000002';
const AT = '2026-11-21T18:03:11.482Z';
const CALL = '00000000-0000-4000-8000-000000000000';

const draft: CaptureDraft = {
  entryId: ID,
  type: 'draw',
  startedAt: AT,
  door: 'overlay',
  site: 'demo-tables',
  form: { patient: 'Bella' },
};
const input = (at = AT, drawn = '0.35'): AppendInput => ({
  entry: { id: ID, type: 'draw', at, after: 'a'.repeat(64), by: STAFF, body: { drawn } },
  signatures: [{ as: 'performer', by: STAFF, key: 'A'.repeat(22), at, sig: 'A'.repeat(86) }],
});
const receipt = { entryId: ID, seq: 812, hash: 'b'.repeat(64), recorded: AT, flags: [] };

async function bench() {
  const rows = new Map<string, OutboxRow>();
  const store: OutboxStore = {
    all: async () => [...rows.values()],
    get: async (id) => rows.get(id),
    put: async (row) => void rows.set(row.entryId, structuredClone(row)),
    delete: async (id) => void rows.delete(id),
  };
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const sealer = sealerWith(key);
  const fresh = () =>
    new Outbox(
      store,
      sealer,
      () => AT,
      () => {},
    );
  return { rows, fresh, sealer };
}

describe('the outbox', () => {
  it('keeps a draft encrypted, and gives it back to a worker that comes after a death', async () => {
    const { rows, fresh } = await bench();
    await fresh().saveDraft(draft);
    const row = rows.get(ID);
    expect(row?.state).toBe('draft');
    expect(new TextDecoder('latin1').decode(row?.held)).not.toContain('Bella');
    expect(await fresh().drafts()).toEqual([draft]);
  });

  it('does not read a row that stands under another id', async () => {
    const { rows, fresh, sealer } = await bench();
    await fresh().saveDraft(draft);
    const held = rows.get(ID)?.held;
    expect(held && (await sealer.open(STAFF, held))).toBeNull();
  });

  it('lets a signed entry go only with its own receipt', async () => {
    const { rows, fresh } = await bench();
    const outbox = fresh();
    expect((await outbox.queue(input())).ok).toBe(true);
    await outbox.drop(ID);
    await outbox.saveDraft(draft);
    expect(rows.get(ID)?.state).toBe('queued');
    expect(await outbox.settle(ID, { ...receipt, entryId: STAFF })).toBe(false);
    expect(rows.size).toBe(1);
    expect(await outbox.settle(ID, receipt)).toBe(true);
    expect(rows.size).toBe(0);
  });

  it('sends the first signature again when the same act is signed twice, and refuses another act', async () => {
    const { fresh } = await bench();
    const outbox = fresh();
    await outbox.queue(input());
    const again = await outbox.queue(input('2026-11-21T18:04:00.000Z'));
    expect(again.ok && again.value.entry.at).toBe(AT);
    const other = await outbox.queue(input(AT, '0.4'));
    expect(other.ok ? null : other.refusal.code).toBe('duplicate-id');
  });
});

describe('the courier', () => {
  /** A ledger that takes each id once, behind a wire that fails where it is told to. */
  async function carry(fails: (method: string, turn: number) => boolean) {
    const { rows, fresh } = await bench();
    const taken: string[] = [];
    let turn = 0;
    const send = async (method: string, args: readonly unknown[]): Promise<Reply> => {
      turn += 1;
      const lost = fails(method, turn);
      if (method === 'append' && JSON.stringify(args).includes(ID) && !taken.includes(ID)) taken.push(ID);
      if (lost) return declined(CALL, UNREACHABLE);
      return accepted(
        CALL,
        method === 'append' ? done(receipt) : method === 'saveDraft' ? { ok: true } : undefined,
      );
    };
    return { rows, taken, courier: () => new Courier(fresh(), send, () => {}) };
  }

  it('appends once, whichever answer is lost, and leaves nothing behind after the drain', async () => {
    for (const lost of [1, 2, 3, 4]) {
      const { rows, taken, courier } = await carry((_, turn) => turn === lost);
      await courier().append(input());
      await courier().drain();
      expect(taken).toEqual([ID]);
      expect(rows.size).toBe(0);
    }
  });

  it('says that the entry waits while the ledger is out of reach', async () => {
    const { rows, courier } = await carry(() => true);
    const outcome = await courier().append(input());
    expect(outcome.ok ? '' : outcome.refusal.message).toContain('sent again by itself');
    expect(rows.get(ID)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('keeps an entry that the gate refuses, and does not send it again', async () => {
    const { rows, fresh } = await bench();
    let sent = 0;
    const courier = new Courier(
      fresh(),
      async () => {
        sent += 1;
        return accepted(CALL, refused('closed-container', 'Container K-07 was closed. Pick another one.'));
      },
      () => {},
    );
    expect((await courier.append(input())).ok).toBe(false);
    await courier.drain();
    expect(sent).toBe(1);
    expect(rows.get(ID)).toMatchObject({ state: 'refused', refusal: expect.stringContaining('closed') });
  });

  it('tells the ledger of a draft once', async () => {
    const { rows, fresh } = await bench();
    const told: unknown[] = [];
    await fresh().saveDraft(draft);
    const send = async (_: string, args: readonly unknown[]) => {
      told.push(args[0]);
      return accepted(CALL, { ok: true });
    };
    await new Courier(fresh(), send, () => {}).drain();
    await new Courier(fresh(), send, () => {}).drain();
    expect(told).toEqual([draft]);
    expect(rows.get(ID)?.told).toBe(true);
  });

  it('lets go of a draft that was finished in the app, by its receipt and by nothing else', async () => {
    const { rows, fresh } = await bench();
    const outbox = fresh();
    await outbox.saveDraft(draft);
    let there = false;
    const courier = new Courier(
      outbox,
      async (method) =>
        method === 'saveDraft'
          ? accepted(CALL, done(undefined))
          : method === 'receipt'
            ? accepted(CALL, there ? receipt : null)
            : declined(CALL, UNREACHABLE),
      () => {},
    );
    await courier.tellDrafts();
    await courier.settleSigned();
    expect(rows.get(ID)?.state).toBe('draft');
    there = true;
    await courier.settleSigned();
    expect(rows.size).toBe(0);
  });
});
