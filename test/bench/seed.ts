import type { Body } from '../../shared/domain/entries.ts';
import { STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import { type Context, createContext, deviceRow } from '../../workers/ledger/context.ts';
import { createLedger } from '../../workers/ledger/create.ts';
import { Actor, type Clock } from '../../workers/ledger/demo/actor.ts';
import { createGate } from '../../workers/ledger/gate/append.ts';
import { projector } from '../../workers/ledger/gate/projection.ts';
import { NO_SNAPSHOTS, snapshotsIn } from '../../workers/ledger/gate/snapshots.ts';
import { type OpenKeys, openPerson } from '../../workers/ledger/keys/person.ts';
import { bufferedStore } from '../../workers/ledger/store/buffered.ts';
import { opener } from '../../workers/ledger/store/database.ts';
import { commitAll } from '../../workers/ledger/store/log-store.ts';

/**
 * Fills a database with a large ledger, for benches and soak runs: real records and real signatures through the
 * gate's own steps, written a thousand at a time. Only the gate's check of the signatures is left out, since
 * they were made a moment before.
 */

export const SEED_PIN = '271828';

export type SeedOptions = {
  /** Records that the log is to hold; at least 10. */
  records: number;
  /** Name of the database; the product's own when absent. */
  name?: string;
  onProgress?: (done: number, of: number) => void;
};

export type Seeded = { registrant: string; product: string; container: string };

const RUN = 1000;
const DRAWS_PER_CONTAINER = 390;

export async function seedLedger({ records, name, onProgress }: SeedOptions): Promise<Seeded> {
  const context = await createContext(name === undefined ? {} : { name });
  await opener(context.db, { superseded: () => {} })();
  // A little after each other and all in the past, ending now.
  const clock: Clock = { now: Date.now() - records * 6_000 };
  const store = bufferedStore(context.effects.store, (writes) => commitAll(context.db, writes), RUN);
  const effects = {
    ...{ ...context.effects, store, now: () => clock.now, announce: () => {}, verify: async () => true },
    locked: <T>(work: () => Promise<T>) => work(),
  };
  const projection = projector(store, context.sha, NO_SNAPSHOTS);
  const gate = createGate(effects, projection);
  const seeded: Context = { ...context, effects, projection, gate, now: () => clock.now };
  const actor = new Actor(seeded, clock);
  const { keys, product } = await begin(seeded, actor);
  const container = await fill(actor, keys.staff, product, { records, onProgress: onProgress ?? (() => {}) });
  const { state } = await projection.catchUp();
  await store.flush();
  await snapshotsIn(context.db).keep(state);
  context.db.close();
  return { registrant: keys.staff, product, container };
}

async function begin(context: Context, actor: Actor): Promise<{ keys: OpenKeys; product: string }> {
  const facility = {
    name: 'Bench Hospital',
    address: '3 Bench Street, Nowhere, CO 80000',
    deaNumber: 'FD1234563',
  };
  const begun = await createLedger(
    context,
    {
      ...{
        facility: { ...facility, timeZone: 'America/Denver' },
        deviceName: 'Bench',
        policy: STRICT_POLICY,
      },
      registrant: { name: 'Dr. Bench', pin: SEED_PIN },
    },
    { demo: false },
  );
  if (!begun.ok) throw new Error(begun.refusal.message);
  const [row, device] = await Promise.all([context.db.keys.toCollection().first(), deviceRow(context.db)]);
  const keys = row && device && (await openPerson(row, SEED_PIN, device.mixKey));
  if (!keys) throw new Error('The seeded registrant has no key.');
  actor.hold(keys);
  const product = actor.id();
  await actor.act(keys.staff, 'product.added', {
    product: {
      ...{ id: product, name: 'Ketamine', strength: '100 mg/mL', form: 'injection', schedule: 'III' },
      ...{ unit: 'mL', holds: '20', gtins: [] },
    },
  });
  return { keys, product };
}

/** Containers one after the other: received, drawn from until they are empty, closed. Gives the last one. */
async function fill(
  actor: Actor,
  by: string,
  product: string,
  { records, onProgress }: { records: number; onProgress: (done: number, of: number) => void },
): Promise<string> {
  let size = 2;
  let container = '';
  for (let number = 1; size < records; number += 1) {
    container = actor.id();
    const received: Body<'container.received'>['containers'][number] = {
      ...{ id: container, number: `B-${number}`, product, lot: `L${number}`, expires: '2099-12-31' },
      ...{ quantity: '20', unit: 'mL' },
    };
    await actor.act(by, 'container.received', { containers: [received] });
    size += 1;
    let balance = 20_0000;
    for (let i = 0; i < DRAWS_PER_CONTAINER && size < records; i += 1, size += 1) {
      await actor.act(by, 'draw', { container, drawn: '0.05', given: '0.05', leftover: '0', unit: 'mL' });
      balance -= 500;
      if (size % RUN === 0) onProgress(size, records);
    }
    if (size >= records) break;
    const adjustment = String(-balance / 10_000);
    await actor.act(by, 'container.closed', { container, reason: 'hub-loss', adjustment, unit: 'mL' });
    size += 1;
  }
  return container;
}
