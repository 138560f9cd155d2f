import { approvalDue } from '../../../shared/domain/approval.ts';
import type { Body, TypedBody } from '../../../shared/domain/entries.ts';
import { add, fromTenThousandths, subtract, toTenThousandths } from '../../../shared/domain/quantity.ts';
import { type Container, holdOn, type State } from '../../../shared/domain/state.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { Actor, Clock } from './actor.ts';
import { DEMO_SUPPLIER } from './clinic.ts';
import type { Clinic } from './opening.ts';
import type { Dice } from './random.ts';

/** The clinic at work: everything that one day brings. */

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type Stage = { actor: Actor; clock: Clock; dice: Dice; clinic: Clinic };
type Stocked = Clinic['products'][number];

const REASONS = ['drawn up, not all needed', 'dose changed', 'patient recovered', 'syringe dead space'];

/** Container of a product that is in use, or the next one, opened; `null` when the shelf is empty. */
async function inUse(
  { actor, clinic, clock }: Stage,
  stocked: Stocked,
  needs: string,
): Promise<Container | null> {
  const state = await actor.state();
  const shelf = Object.values(state.containers)
    .filter(
      (c) => c.product === stocked.id && c.closedAt === undefined && c.balance >= toTenThousandths(needs),
    )
    .filter((c) => !holdOn(state, c.id));
  const open = shelf.find((c) => c.openedAt !== undefined) ?? shelf[0];
  if (!open) return null;
  if (open.openedAt === undefined) {
    await actor.act(clinic.people.tova, 'container.opened', { container: open.id });
    clock.now += MINUTE;
  }
  return open;
}

/** Orders what runs low, as the lead technician does on a quiet morning. */
export async function receive(stage: Stage, stocked: readonly Stocked[], invoice: string): Promise<void> {
  const { actor, clinic, clock, dice } = stage;
  const state = await actor.state();
  const taken = (prefix: string) =>
    Object.keys(state.numbers).filter((n) => n.startsWith(`${prefix}-`)).length;
  const containers = stocked.flatMap(({ id, demo }) =>
    Array.from({ length: demo.order }, (_, i) => {
      const { gtins, holds, unit } = demo.product;
      const days = dice.between(240, 700);
      return {
        ...{
          id: actor.id(),
          number: `${demo.prefix}-${String(taken(demo.prefix) + i + 1).padStart(2, '0')}`,
        },
        ...{ product: id, lot: `DEMO${dice.between(1000, 9999)}`, quantity: holds, unit },
        expires: new Date(clock.now + days * DAY).toISOString().slice(0, 10),
        ...(gtins[0] === undefined ? {} : { gtin: gtins[0] }),
      };
    }),
  );
  await actor.act(
    clinic.people.tova,
    'container.received',
    { containers, supplier: DEMO_SUPPLIER, invoice },
    stocked.some(({ demo }) => demo.product.schedule === 'II') ? { approver: clinic.people.imre } : {},
  );
  clock.now += 10 * MINUTE;
}

/** Products of which less than a quarter of a container is left. */
function runningLow(state: State, clinic: Clinic): Stocked[] {
  return clinic.products.filter(({ id, demo }) => {
    const open = Object.values(state.containers).filter((c) => c.product === id && c.closedAt === undefined);
    const left = open.reduce((sum, c) => sum + c.balance, 0);
    return left < toTenThousandths(demo.product.holds) / 4;
  });
}

/** Closes what is as good as empty; what the book still says is hub loss. */
async function closeEmpties({ actor, clinic, clock }: Stage): Promise<void> {
  const state = await actor.state();
  for (const c of Object.values(state.containers)) {
    const tail = c.openedAt !== undefined && c.closedAt === undefined && c.balance < c.size / 50;
    if (!tail || Object.values(state.leftovers).some((left) => left.container === c.id)) continue;
    const body: Body<'container.closed'> = {
      ...{ container: c.id, adjustment: fromTenThousandths(-c.balance), unit: c.unit },
      ...(c.balance === 0
        ? { reason: 'empty' }
        : { reason: 'hub-loss', note: 'Stayed in needles and syringes.' }),
    };
    const closing: TypedBody = { type: 'container.closed', body };
    const asked = { act: closing, by: clinic.people.tova, at: formatTime(clock.now) };
    const { due } = approvalDue(state, asked);
    await actor.act(clinic.people.tova, 'container.closed', body, {
      ...{ witness: clinic.people.imre },
      ...(due === true ? { approver: clinic.people.petra } : {}),
    });
    clock.now += 3 * MINUTE;
  }
}

/** Draws for a patient. Gives the draw's id, and what is left over. */
export async function draw(
  stage: Stage,
  stocked: Stocked,
  { by, leftover }: { by: string; leftover: string },
): Promise<{ draw: string; container: Container }> {
  const { actor, clinic, dice } = stage;
  const given = dice.pick(stocked.demo.doses);
  const drawn = add(given, leftover);
  let container = await inUse(stage, stocked, drawn);
  if (!container) {
    await receive(stage, [stocked], `DEMO-${dice.between(10000, 99999)}`);
    container = await inUse(stage, stocked, drawn);
  }
  if (!container)
    throw new Error(`A new container of ${stocked.demo.product.name} holds less than one dose.`);
  const patient = dice.pick(clinic.patients);
  const body = { container: container.id, drawn, given, leftover, unit: container.unit, patient };
  const receipt = await actor.act(by, 'draw', body);
  return { draw: receipt.entryId, container };
}

/** Wastes a leftover, with or without a witness at hand. */
export async function waste(
  { actor, dice }: Stage,
  from: { draw: string; container: Container },
  { by, quantity, witness }: { by: string; quantity: string; witness?: string },
): Promise<{ entry: string; record: string }> {
  const { id: container, unit } = from.container;
  const receipt = await actor.act(
    by,
    'waste',
    { container, quantity, unit, draw: from.draw, reason: dice.pick(REASONS) },
    witness === undefined ? {} : { witness },
  );
  return { entry: receipt.entryId, record: receipt.hash };
}

/** An ordinary patient: a draw, and in more than half of the cases something left over and wasted. */
async function treat(stage: Stage): Promise<void> {
  const { actor, clinic, clock, dice } = stage;
  const { juno, sol, tova, imre } = clinic.people;
  const weighted = clinic.products.flatMap((p) => Array.from({ length: p.demo.use }, () => p));
  const stocked = dice.pick(weighted);
  const tablets = stocked.demo.product.unit === 'tablet';
  const by = dice.pick([juno, sol, tova]);
  const witness = dice.pick([juno, sol, tova, imre].filter((person) => person !== by));
  const leftover = !tablets && dice.between(1, 10) <= 6 ? dice.pick(['0.05', '0.1', '0.15', '0.2']) : '0';
  const drawn = await draw(stage, stocked, { by, leftover });
  clock.now += dice.between(4, 25) * MINUTE;
  if (leftover === '0') return;
  if (dice.oneIn(25)) {
    const { id: container, unit } = drawn.container;
    const body = { container, quantity: leftover, unit, draw: drawn.draw, reason: 'never left the syringe' };
    await actor.act(by, 'return', body);
    return;
  }
  const wasted = await waste(stage, drawn, {
    ...{ by, quantity: leftover },
    ...(dice.oneIn(20) ? {} : { witness }),
  });
  const pending = (await actor.state()).pending[wasted.entry];
  if (!pending) return;
  clock.now += 2 * HOUR;
  await actor.act(witness, 'cosign', wasted);
}

/** A day's patients, between opening and `until`. */
export async function workDay(stage: Stage, patients: number, until: number): Promise<void> {
  const { actor, clinic, clock, dice } = stage;
  const low = runningLow(await actor.state(), clinic);
  if (low.length > 0) await receive(stage, low, `DEMO-${dice.between(10000, 99999)}`);
  for (let i = 0; i < patients && clock.now < until; i += 1) {
    await treat(stage);
    clock.now += dice.between(5, 30) * MINUTE;
  }
  await closeEmpties(stage);
}

/** Counts everything on the shelf. `off` is by how much one container is found to differ from its book. */
export async function countAll(
  { actor, clinic, clock }: Stage,
  kind: 'cycle' | 'month-end',
  off?: { product: string; by: string },
): Promise<{ count: string; session: string; container: Container } | null> {
  const state = await actor.state();
  const open = Object.values(state.containers).filter((c) => c.closedAt === undefined && c.balance >= 0);
  const used = open.filter((c) => off && c.openedAt !== undefined && c.balance > toTenThousandths(off.by));
  const wrong = used.find((c) => c.product === off?.product) ?? used[0];
  const session = actor.id();
  const lines = open.map((c) => {
    const book = fromTenThousandths(c.balance);
    const counted = off && c === wrong ? subtract(book, off.by) : book;
    const method = c.unit === 'mL' ? ('measured' as const) : ('counted' as const);
    return { container: c.id, counted, unit: c.unit, method };
  });
  const receipt = await actor.act(
    clinic.people.tova,
    'count',
    { session, kind, lines },
    { witness: clinic.people.juno },
  );
  clock.now += 15 * MINUTE;
  return wrong ? { count: receipt.entryId, session, container: wrong } : null;
}
