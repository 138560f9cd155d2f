import { isExpired, localDate } from '../../../shared/domain/judge-container.ts';
import { countInterval, termOf } from '../../../shared/domain/policy/combine.ts';
import { fromTenThousandths } from '../../../shared/domain/quantity.ts';
import { type Container, productOf, type State, scheduleOf } from '../../../shared/domain/state.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { CaptureDraft } from '../../../shared/protocol/ledger.ts';
import type { PersonDue } from '../../../shared/protocol/people.ts';
import type { TodayView, WorkItem } from '../../../shared/protocol/views.ts';
import type { Context } from '../context.ts';
import { leftoverViews } from './containers.ts';
import { openDiscrepancies } from './counts.ts';
import { factorItem } from './factors.ts';
import { describe, rowsPage } from './rows.ts';
import { dueFor } from './staff.ts';
import { entryOf, nameOf, summaryOf } from './words.ts';

/** A container is worth a look this long before it expires. */
const EXPIRING_MS = 30 * 86_400_000;
const DAY_MS = 86_400_000;
const RECENT = 8;

/** What needs doing, what there is, what happened last. Reads the fold, not the log. */
export async function todayView(context: Context, drafts: readonly CaptureDraft[]): Promise<TodayView> {
  const { projection, effects, now } = context;
  const { state } = await projection.catchUp();
  const head = await effects.store.head();
  const { rows: recent, size } = await rowsPage(context, { limit: RECENT });
  const entriesSinceExport = size - 1 - (state.lastExport?.seq ?? -1);
  const at = now();
  const work: WorkItem[] = [
    ...(await leftoverItems(context, state)),
    ...(await pendingItems(context, state, at)),
    ...proposalItems(state),
    ...mismatchItems(state),
    ...(await openDiscrepancies(context.db, state, formatTime(at))).map(
      (discrepancy): WorkItem => ({ kind: 'discrepancy', discrepancy }),
    ),
    ...stockItems(state, at),
    ...countItem(state, at),
    ...drafts.map((draft): WorkItem => ({ kind: 'draft', draft })),
    ...factorItem(state, at),
    ...staffItem(state, formatTime(at)),
    ...exportItem(state, entriesSinceExport),
  ];
  return {
    ...{ facility: state.ledger?.facility.name ?? '', demo: state.ledger?.demo ?? false, work, recent },
    head: { size: head?.size ?? 0, hash: head?.hash ?? state.hash },
    onHand: onHand(state),
    entriesSinceExport,
    lastVerified: state.lastVerified && { at: state.lastVerified.at, failures: state.lastVerified.failures },
  };
}

const openContainers = (state: State): Container[] =>
  Object.values(state.containers).filter((c) => c.closedAt === undefined);

/** What there is of each drug; `full` is what its open containers held when they came. */
function onHand(state: State): TodayView['onHand'] {
  const open = openContainers(state);
  return Object.values(state.products).flatMap((product) => {
    const held = open.filter((c) => c.product === product.id);
    if (held.length === 0) return [];
    const { id, name, strength, schedule, unit } = product;
    const sum = (of: (c: Container) => number) => fromTenThousandths(held.reduce((all, c) => all + of(c), 0));
    return {
      ...{ product: id, name, schedule, unit, containers: held.length },
      ...(strength === undefined ? {} : { strength }),
      ...{ total: sum((c) => c.balance), full: sum((c) => c.size) },
    };
  });
}

async function leftoverItems({ db }: Context, state: State): Promise<WorkItem[]> {
  return (await leftoverViews(db, state)).map((leftover) => ({ kind: 'leftover', leftover }));
}

async function pendingItems({ db }: Context, state: State, now: number): Promise<WorkItem[]> {
  const pending = Object.values(state.pending);
  const stored = await db.records
    .where('entryId')
    .anyOf(pending.map((p) => p.entry))
    .toArray();
  const summaries = new Map((await describe(db, state, stored)).map((row) => [row.entryId, row.summary]));
  return pending.map(
    ({ entry, record, type, by, at, due }): WorkItem => ({
      ...{ kind: 'witness-pending', entry, record, type, by, at, due, byName: nameOf(state, by) },
      summary: summaries.get(entry) ?? '',
      overdue: Date.parse(due) < now,
    }),
  );
}

function proposalItems(state: State): WorkItem[] {
  return Object.values(state.proposals)
    .sort((a, b) => a.at.localeCompare(b.at))
    .map(({ id, act, by, at, approved }) => ({
      ...{ kind: 'proposal', proposal: id, byName: nameOf(state, by), at: approved?.at ?? at },
      summary: summaryOf(state, entryOf(act, { id, by, at })),
      waitsFor: approved ? 'carrying-out' : 'approval',
    }));
}

function mismatchItems(state: State): WorkItem[] {
  return Object.values(state.mismatches).map(({ count, session, container, at }) => ({
    ...{ kind: 'mismatch', count, session, at, ...labelOf(state, container) },
  }));
}

function stockItems(state: State, now: number): WorkItem[] {
  const [today, soon] = [formatTime(now), formatTime(now + EXPIRING_MS)];
  const lastDay = localDate(soon, state.ledger?.facility.timeZone ?? 'UTC');
  return openContainers(state).flatMap((c): WorkItem[] => {
    const label = labelOf(state, c.id);
    const { expires, balance, unit } = c;
    return [
      ...(balance < 0
        ? [{ kind: 'below-zero' as const, ...label, balance: fromTenThousandths(balance), unit }]
        : []),
      ...(balance > 0 && expires <= lastDay
        ? [{ kind: 'expiring' as const, ...label, expires, expired: isExpired(c, today, state) }]
        : []),
    ];
  });
}

/** One line for all containers whose count is due, and since when the longest-waiting one is. */
function countItem(state: State, now: number): WorkItem[] {
  const due = openContainers(state)
    .map((c) => Date.parse(c.lastCountedAt ?? c.receivedAt) + daysOf(state, c) * DAY_MS)
    .filter((since) => since <= now);
  if (due.length === 0) return [];
  return [{ kind: 'count-due', containers: due.length, since: formatTime(Math.min(...due)) }];
}

function daysOf(state: State, container: Container): number {
  const schedule = scheduleOf(state, container.id);
  const every = schedule && countInterval(state.policy, schedule);
  return every?.value ?? Number.POSITIVE_INFINITY;
}

/** One line for whatever is due about people. */
function staffItem(state: State, at: string): WorkItem[] {
  const due = Object.values(state.staff).flatMap((member) =>
    dueFor(state, member, at).map(({ kind }) => ({ kind, name: member.name })),
  );
  if (due.length === 0) return [];
  const count = (kind: PersonDue['kind']) => due.filter((one) => one.kind === kind).length;
  const names = [...new Set(due.map(({ name }) => name))];
  return [{ kind: 'staff-due', training: count('training'), screening: count('screening'), names }];
}

function exportItem(state: State, entries: number): WorkItem[] {
  const every = termOf(state.policy, 'exportEveryEntries')?.value;
  return every !== undefined && entries >= every ? [{ kind: 'export-due', entries }] : [];
}

function labelOf(state: State, id: string): { container: string; number: string; product: string } {
  const container = state.containers[id];
  const product = container && productOf(state, container);
  return { container: id, number: container?.number ?? '', product: product?.name ?? '' };
}
