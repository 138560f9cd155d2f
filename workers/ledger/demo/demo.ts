import { toHex } from '../../../shared/ledger/bytes.ts';
import { rootOfFrontier } from '../../../shared/ledger/merkle.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { Receipt } from '../../../shared/protocol/ledger.ts';
import { done, type Outcome } from '../../../shared/protocol/outcome.ts';
import { frontierOf } from '../checkpoint.ts';
import type { Context } from '../context.ts';
import { ALREADY_STARTED } from '../create.ts';
import { createGate } from '../gate/append.ts';
import { projector } from '../gate/projection.ts';
import { refusalOf } from '../gate/refusals.ts';
import { NO_SNAPSHOTS } from '../gate/snapshots.ts';
import { receiptOf } from '../gate/steps.ts';
import { bufferedStore } from '../store/buffered.ts';
import { commitAll } from '../store/log-store.ts';
import { Actor, type Clock } from './actor.ts';
import { countAll, DAY, HOUR, receive, type Stage, workDay } from './days.ts';
import {
  lateWitness,
  miscount,
  nearlyExpired,
  openWork,
  proposeTraining,
  resolve,
  slip,
} from './incidents.ts';
import { openClinic } from './opening.ts';
import { dice } from './random.ts';

const DAYS = 60;
const SEED = 2026;
/** 8:00 in the clinic, give or take daylight saving. */
const OPENING = 15 * HOUR;

/**
 * Fills an empty store with the demo clinic: two months up to now, through the same gate as everything else,
 * with its own clock. The records are written in one transaction, so there is a whole demo or none.
 */
export async function createDemo(
  context: Context,
  onProgress: (done: number, of: number) => void,
): Promise<Outcome<Receipt>> {
  const { effects, announce } = context;
  try {
    return await effects.locked(async (): Promise<Outcome<Receipt>> => {
      if (await effects.store.head()) return ALREADY_STARTED;
      const last = await live(context, onProgress);
      const { seq, hash, entryId, type } = last;
      announce({ kind: 'appended', seq, hash, entryId, type });
      return done(receiptOf(last));
    });
  } catch (error) {
    return { ok: false, refusal: refusalOf(error, 'before') };
  }
}

async function live(context: Context, onProgress: (done: number, of: number) => void) {
  const now = context.now();
  const start = Math.floor(now / DAY) * DAY - DAYS * DAY + OPENING;
  const clock: Clock = { now: start };
  const store = bufferedStore(
    context.effects.store,
    (writes) => commitAll(context.db, writes),
    Number.POSITIVE_INFINITY,
  );
  const simulated = simulate(context, store, clock);
  const actor = new Actor(simulated, clock);
  const clinic = await openClinic(simulated, actor, clock);
  const stage: Stage = { actor, clock, dice: dice(SEED), clinic };
  await receive(stage, clinic.products, 'DEMO-10001');
  const plans = incidents(simulated, stage, now);
  for (let day = 1; day < DAYS; day += 1) {
    onProgress(day, DAYS);
    clock.now = Math.max(clock.now, start + day * DAY);
    if (isSunday(clock.now)) continue;
    await workDay(stage, stage.dice.between(7, 11), Math.min(start + day * DAY + 10 * HOUR, now - 5 * HOUR));
    // What was planned for a Sunday happens on the Monday.
    while (plans[0] && plans[0].day <= day) await plans.shift()?.happen();
  }
  await proposeTraining(stage, now);
  await openWork(stage, now);
  onProgress(DAYS, DAYS);
  const head = await store.head();
  const last = head && (await store.readBack(head.size - 1)).record;
  await store.flush();
  if (!last) throw new Error('The demo clinic has no records.');
  return last;
}

type Plan = { day: number; happen(): Promise<void> };

function incidents(simulated: Context, stage: Stage, now: number): Plan[] {
  let found: { id: string; container: string } | null = null;
  const plan = (day: number, happen: () => Promise<unknown>): Plan => ({
    day,
    happen: async () => {
      await happen();
    },
  });
  return [
    plan(12, () => slip(stage, simulated.effects.store)),
    plan(20, async () => {
      found = await miscount(stage, 'K', '0.3');
    }),
    plan(22, async () => found && resolve(stage, found)),
    plan(31, () => countAll(stage, 'month-end')),
    plan(36, () => lateWitness(stage)),
    plan(41, () => leaveTheBrowser(simulated, stage)),
    plan(45, () => nearlyExpired(stage, now)),
    plan(52, () => wrongPins(simulated, stage)),
    plan(54, () => miscount(stage, 'Z', '0.5')),
  ];
}

/** The service's own parts, over a store that waits and a clock that is told the time. */
function simulate(context: Context, store: Context['effects']['store'], clock: Clock): Context {
  const effects = {
    ...{ ...context.effects, store, now: () => clock.now, announce: () => {} },
    locked: <T>(work: () => Promise<T>) => work(),
  };
  const projection = projector(store, context.sha, NO_SNAPSHOTS);
  const gate = createGate(effects, projection);
  return { ...context, effects, projection, gate, now: () => clock.now };
}

const isSunday = (ms: number) => new Date(ms).getUTCDay() === 0;

/** The month's export, and a check of everything so far. */
async function leaveTheBrowser({ effects, sha }: Context, { actor, clinic, clock }: Stage): Promise<void> {
  const head = await effects.store.head();
  if (!head) return;
  const { size } = head;
  const root = toHex(rootOfFrontier(sha, frontierOf(head)));
  await actor.act(clinic.people.wren, 'verified', { size, root, failures: 0 });
  clock.now += 60_000;
  const exported = { from: 0, to: size, size, root, disclosed: false, reason: 'Month end' };
  await actor.act(clinic.people.wren, 'exported', exported);
}

async function wrongPins({ effects }: Context, { actor, clinic, clock }: Stage): Promise<void> {
  const device = (await effects.store.head())?.device ?? '';
  const lockedUntil = formatTime(clock.now + 30_000);
  await actor.act(device, 'sign-in.refused', { staff: clinic.people.juno, attempts: 3, lockedUntil });
}
