import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AppendInput } from '../../shared/protocol/ledger.ts';
import type { GateEffects } from '../../workers/ledger/gate/effects.ts';
import { createService } from '../../workers/ledger/service.ts';
import { ledgerSource } from '../../workers/ledger/source.ts';
import { draft, freshService, type Stocked, signed, stock, value } from '../ledger-worker/helpers.ts';
import { verifyLog } from '../ledger-worker/verify-log.ts';

/**
 * The fault matrix: each effect of an append fails in turn, before it happens or after it happened with its
 * answer lost. After each the ledger is whole, the entry is there or not there, and a retry of the same entry
 * comes to exactly one record.
 */

type StoreStep = Exclude<keyof GateEffects['store'], 'keyRecords'>;
type Step = `store.${StoreStep}` | 'locked' | 'now' | 'random' | 'announce' | 'verify';
type When = 'before' | 'after';

class Broken extends Error {
  constructor(name: string) {
    super(`${name} was made to fail`);
    this.name = name;
  }
}

/** Wraps every effect; what `armed` names fails once, then works again. */
function breakable(armed: { step: Step | null; when: When; error: string }) {
  const trip = (step: Step, when: When) => {
    if (armed.step !== step || armed.when !== when) return;
    armed.step = null;
    throw new Broken(armed.error);
  };
  const around =
    <A extends unknown[], R>(step: Step, work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      trip(step, 'before');
      const result = await work(...args);
      trip(step, 'after');
      return result;
    };
  const plain =
    <A extends unknown[], R>(step: Step, work: (...args: A) => R) =>
    (...args: A): R => {
      trip(step, 'before');
      const result = work(...args);
      trip(step, 'after');
      return result;
    };
  return (effects: GateEffects): GateEffects => ({
    ...effects,
    store: {
      ...effects.store,
      head: around('store.head', effects.store.head),
      range: around('store.range', effects.store.range),
      byEntry: around('store.byEntry', effects.store.byEntry),
      byHash: around('store.byHash', effects.store.byHash),
      referring: around('store.referring', effects.store.referring),
      commit: around('store.commit', effects.store.commit),
      readBack: around('store.readBack', effects.store.readBack),
    },
    locked: async (work) => {
      trip('locked', 'before');
      const result = await effects.locked(work);
      trip('locked', 'after');
      return result;
    },
    now: plain('now', effects.now),
    random: plain('random', effects.random),
    announce: plain('announce', effects.announce),
    verify: around('verify', effects.verify),
  });
}

const STEPS: readonly Step[] = [
  ...(['locked', 'store.byEntry', 'store.head', 'store.range', 'store.byHash', 'now'] as const),
  ...(['store.referring', 'random', 'verify', 'store.commit', 'store.readBack', 'announce'] as const),
];

const armed: { step: Step | null; when: When; error: string } = { step: null, when: 'before', error: '' };
type Ledger = Awaited<ReturnType<typeof freshService>> & Stocked;
let ledger: Ledger;
/** Another tab over the same database, with nothing wrong with it. */
let other: Awaited<ReturnType<typeof createService>>;
beforeAll(async () => {
  const one = await freshService({ effects: breakable(armed) });
  ledger = { ...one, ...(await stock(one.service)) };
  other = await createService({ name: one.name });
  await other.service.open(null);
});
afterAll(() => ledger.remove());

/**
 * A waste of a fresh leftover, signed by two: the gate reads target, referrers and two keys for it. The draw was
 * written by the other tab, so that there is something to catch up with too.
 */
async function prepare(): Promise<AppendInput> {
  const { service, technician, registrant, container } = ledger;
  const body = { container, drawn: '0.3', given: '0.2', leftover: '0.1', unit: 'mL' as const };
  const drawing = await draft(service, technician.by, 'draw', body);
  const drawn = { entry: drawing, signatures: await signed(service, drawing, [technician]) };
  const entry = await draft(service, technician.by, 'waste', {
    ...{ container, quantity: '0.1', unit: 'mL', draw: drawing.id, reason: 'not needed' },
  });
  // Signed before the other tab writes: signing with an open session looks at the log as well.
  const signatures = await signed(service, entry, [technician, { ...registrant, as: 'witness' }]);
  value(await other.service.append(drawn));
  return { entry, signatures };
}

async function wholeAfter(input: AppendInput) {
  const { service, context } = ledger;
  const { failures, ids } = await verifyLog(ledgerSource(context));
  expect(failures).toEqual([]);
  const times = ids.filter((id) => id === input.entry.id).length;
  const receipt = await service.receipt(input.entry.id);
  expect(times).toBe(receipt ? 1 : 0);
  return receipt;
}

describe.each(STEPS)('%s', (step) => {
  test.each(['before', 'after'] as const)('fails %s it happens', async (when) => {
    const { service } = ledger;
    const input = await prepare();
    Object.assign(armed, { step, when, error: 'UnknownError' });
    const first = await service.append(input);
    expect(armed.step, 'the step was reached').toBe(null);
    const receipt = await wholeAfter(input);
    if (first.ok) expect(receipt).toEqual(first.value);
    else expect(first.refusal.message).toMatch(/\w+\.$/);
    const again = value(await service.append(input));
    if (receipt) expect(again).toEqual(receipt);
    expect(await wholeAfter(input)).toEqual(again);
    expect((await service.containers({}))[0]).toMatchObject({ leftovers: [] });
  });
});

test('a full disk is said in words, and nothing is written', async () => {
  const input = await prepare();
  Object.assign(armed, { step: 'store.commit', when: 'before', error: 'QuotaExceededError' });
  const outcome = await ledger.service.append(input);
  expect(outcome).toMatchObject({ ok: false, refusal: { code: 'quota' } });
  expect(await wholeAfter(input)).toBe(null);
});

test('a commit whose answer was lost is found by reading, and is a receipt', async () => {
  const input = await prepare();
  Object.assign(armed, { step: 'store.commit', when: 'after', error: 'TransactionInactiveError' });
  const receipt = value(await ledger.service.append(input));
  expect(await wholeAfter(input)).toEqual(receipt);
});

test('a tab that waits too long for its turn is told so', async () => {
  const input = await prepare();
  Object.assign(armed, { step: 'locked', when: 'before', error: 'TimeoutError' });
  expect(await ledger.service.append(input)).toMatchObject({ refusal: { code: 'busy' } });
  expect(await wholeAfter(input)).toBe(null);
});

test('what was read back and is not what was written is never a receipt', async () => {
  const swap = { on: false };
  const one = await freshService({
    effects: (effects) => ({
      ...effects,
      store: {
        ...effects.store,
        readBack: async (seq) => {
          const back = await effects.store.readBack(seq);
          const record = back.record && { ...back.record, line: `${back.record.line} ` };
          return swap.on ? { ...back, record } : back;
        },
      },
    }),
  });
  const { technician, container } = await stock(one.service);
  const entry = await draft(one.service, technician.by, 'container.opened', { container });
  const input = { entry, signatures: await signed(one.service, entry, [technician]) };
  swap.on = true;
  expect(await one.service.append(input)).toMatchObject({ ok: false, refusal: { code: 'read-back' } });
  await one.remove();
});
