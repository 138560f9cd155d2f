import { effectsOf } from '../../../shared/domain/effects.ts';
import type { Body } from '../../../shared/domain/entries.ts';
import { add, fromTenThousandths, subtract } from '../../../shared/domain/quantity.ts';
import { readStored } from '../gate/read-record.ts';
import type { LogStore } from '../store/log-store.ts';
import { countAll, DAY, draw, HOUR, MINUTE, type Stage, waste } from './days.ts';

/** What does not happen every day: the reasons why somebody would look at a ledger. */

/** A count that does not agree, counted again, and taken up as a discrepancy. Gives its id. */
export async function miscount(
  stage: Stage,
  prefix: string,
  by: string,
): Promise<{ id: string; container: string }> {
  const { actor, clinic, clock } = stage;
  const product = clinic.products.find((p) => p.demo.prefix === prefix)?.id ?? '';
  const found = await countAll(stage, 'cycle', { product, by });
  if (!found) throw new Error('There is nothing on the shelf to miscount.');
  const { container, session, count } = found;
  const expected = fromTenThousandths(container.balance);
  const counted = subtract(expected, by);
  const line = { container: container.id, counted, unit: container.unit, method: 'measured' as const };
  const again = await actor.act(
    clinic.people.sol,
    'count',
    { session, kind: 'cycle', recounts: count, lines: [line] },
    { witness: clinic.people.imre },
  );
  clock.now += 20 * MINUTE;
  const id = actor.id();
  await actor.act(clinic.people.tova, 'discrepancy.opened', {
    ...{ discrepancy: id, container: container.id, count: again.entryId, expected, counted },
    ...{ difference: subtract(counted, expected), unit: container.unit },
    note: 'Counted twice by two people, with the same result.',
  });
  clock.now += 5 * MINUTE;
  await actor.act(clinic.people.imre, 'discrepancy.noted', {
    ...{ discrepancy: id, note: 'Asked everybody who drew from it since the last count.' },
  });
  return { id, container: container.id };
}

/**
 * The cause of a discrepancy is found, and the book follows what was counted: the lead technician proposes it, the
 * registrant approves it in the evening, and it is carried out with a witness.
 */
export async function resolve(
  { actor, clinic, clock }: Stage,
  open: { id: string; container: string },
): Promise<void> {
  const { tova, wren, imre } = clinic.people;
  const held = (await actor.state()).discrepancies[open.id];
  if (!held) return;
  clock.now += 30 * MINUTE;
  const body: Body<'discrepancy.resolved'> = {
    ...{ discrepancy: open.id, container: open.container, cause: 'hub-loss', unit: held.unit },
    note: 'Dead space of the syringes over three weeks; the usual amount for this vial.',
    adjustment: fromTenThousandths(held.difference),
  };
  const made = await actor.act(tova, 'proposal.made', {
    act: { type: 'discrepancy.resolved', body },
    reason: 'The cause is found.',
  });
  clock.now += 2 * HOUR;
  const proposal = made.entryId;
  await actor.act(wren, 'proposal.approved', { proposal, record: made.hash });
  clock.now += 20 * MINUTE;
  await actor.act(tova, 'discrepancy.resolved', { ...body, proposal }, { witness: imre });
}

/** The compliance officer wants a training written down, and somebody has to say yes to it. */
export async function proposeTraining({ actor, clinic, clock }: Stage, now: number): Promise<void> {
  const { petra, juno } = clinic.people;
  clock.now = Math.max(clock.now, now - 26 * HOUR);
  const trained = new Date(now - 2 * DAY).toISOString().slice(0, 10);
  const reason = 'Yearly training in handling and recording';
  await actor.act(petra, 'proposal.made', {
    act: { type: 'staff.changed', body: { staff: { id: juno, trained }, reason } },
    reason,
  });
}

/** Nobody was free to witness; the cosign came a day later than the policy allows. */
export async function lateWitness(stage: Stage): Promise<void> {
  const { actor, clinic, clock } = stage;
  const stocked = clinic.products[0];
  if (!stocked) return;
  const drawn = await draw(stage, stocked, { by: clinic.people.sol, leftover: '0.15' });
  clock.now += 5 * MINUTE;
  const wasted = await waste(stage, drawn, { by: clinic.people.sol, quantity: '0.15' });
  clock.now += DAY + 5 * HOUR;
  await actor.act(clinic.people.imre, 'cosign', wasted);
}

/** A slip of the decimal point, put right: the wrong draw stays in sight. */
export async function slip(stage: Stage, store: LogStore): Promise<void> {
  const { actor, clinic, clock } = stage;
  const stocked = clinic.products.find((p) => p.demo.prefix === 'B');
  if (!stocked) return;
  const drawn = await draw(stage, stocked, { by: clinic.people.juno, leftover: '0' });
  const row = await store.byEntry(drawn.draw);
  const entry = row && readStored(row)?.fold.entry;
  const effect = entry && effectsOf(entry)[0];
  if (!row || !effect) return;
  clock.now += 4 * MINUTE;
  await actor.act(clinic.people.juno, 'reversal', {
    ...{ entry: row.entryId, record: row.hash, reason: 'Wrong vial picked on the screen.' },
    effect: { container: effect.container, change: fromTenThousandths(-effect.change), unit: effect.unit },
  });
  clock.now += 2 * MINUTE;
  await draw(stage, stocked, { by: clinic.people.juno, leftover: '0' });
}

/** What stands open on the last day: a leftover, and a waste that waits for its witness. */
export async function openWork(stage: Stage, now: number): Promise<void> {
  const { clinic, clock } = stage;
  const [ketamine, hydromorphone] = clinic.products;
  if (!ketamine || !hydromorphone) return;
  clock.now = Math.max(clock.now, now - 3 * HOUR);
  const first = await draw(stage, hydromorphone, { by: clinic.people.sol, leftover: '0.2' });
  clock.now += 6 * MINUTE;
  await waste(stage, first, { by: clinic.people.sol, quantity: '0.2' });
  clock.now = Math.max(clock.now, now - 95 * MINUTE);
  await draw(stage, ketamine, { by: clinic.people.juno, leftover: add('0.1', '0.05') });
}

/** A vial that will expire within the month. */
export async function nearlyExpired(stage: Stage, now: number): Promise<void> {
  const { actor, clinic, clock } = stage;
  const stocked = clinic.products.find((p) => p.demo.prefix === 'A');
  if (!stocked) return;
  const { holds, unit } = stocked.demo.product;
  const container = {
    ...{ id: actor.id(), number: 'A-90', product: stocked.id, lot: 'DEMO0420', quantity: holds, unit },
    expires: new Date(now + 16 * DAY).toISOString().slice(0, 10),
  };
  await actor.act(clinic.people.tova, 'container.received', { containers: [container] });
  clock.now += 5 * MINUTE;
}
