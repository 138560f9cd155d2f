import { effectsOf, referencesOf } from '../../../shared/domain/effects.ts';
import type { EntryType } from '../../../shared/domain/entries.ts';
import { isExpired } from '../../../shared/domain/judge-container.ts';
import { isReversible } from '../../../shared/domain/judge-correction.ts';
import { fromTenThousandths, type TenThousandths } from '../../../shared/domain/quantity.ts';
import {
  type Container,
  holdOn,
  type OpenLeftover,
  productOf,
  type State,
} from '../../../shared/domain/state.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type {
  ContainerFilter,
  ContainerLife,
  ContainerView,
  CountLine,
  LeftoverView,
  LifeEvent,
  ProductView,
} from '../../../shared/protocol/views.ts';
import type { Context } from '../context.ts';
import { type ReadRecord, readStored } from '../gate/read-record.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { StoredRecord } from '../store/rows.ts';
import { describe } from './rows.ts';
import { nameOf } from './words.ts';

type Labels = CountLine & { productId: string };

/** What is written on a container, and never how much is in it. */
function labelsOf(state: State, c: Container): Labels | null {
  const product = productOf(state, c);
  if (!product) return null;
  return {
    ...{ id: c.id, number: c.number, product: product.name, productId: product.id },
    ...{ schedule: product.schedule, form: product.form, lot: c.lot, expires: c.expires, unit: c.unit },
    ...(product.strength === undefined ? {} : { strength: product.strength }),
    ...(c.serial === undefined ? {} : { serial: c.serial }),
    ...(c.gtin === undefined ? {} : { gtin: c.gtin }),
  };
}

function viewOf(state: State, c: Container, leftovers: LeftoverView[], at: string): ContainerView | null {
  const labels = labelsOf(state, c);
  if (!labels) return null;
  return {
    ...labels,
    ...{ expired: isExpired(c, at, state), onHold: holdOn(state, c.id) !== undefined },
    receivedAt: c.receivedAt,
    ...{ size: fromTenThousandths(c.size), balance: fromTenThousandths(c.balance) },
    ...(c.openedAt === undefined ? {} : { openedAt: c.openedAt }),
    ...(c.closedAt === undefined ? {} : { closedAt: c.closedAt }),
    ...(c.lastCountedAt === undefined ? {} : { lastCountedAt: c.lastCountedAt }),
    leftovers: leftovers.filter((left) => left.container === c.id),
  };
}

const byNumber = (a: { number: string }, b: { number: string }) =>
  a.number.localeCompare(b.number, 'en', { numeric: true });

export async function containerViews(
  { db, projection, now }: Context,
  filter: ContainerFilter,
): Promise<ContainerView[]> {
  const { state } = await projection.catchUp();
  const leftovers = await leftoverViews(db, state);
  const at = formatTime(now());
  return Object.values(state.containers)
    .filter((c) => filter.open === undefined || (c.closedAt === undefined) === filter.open)
    .filter((c) => filter.product === undefined || c.product === filter.product)
    .flatMap((c) => viewOf(state, c, leftovers, at) ?? [])
    .filter((view) => matches(view, filter.search))
    .sort(byNumber);
}

/** Every word of the search stands somewhere on the container's label. */
function matches(view: ContainerView, search: string | undefined): boolean {
  const { number, product, strength, lot, serial, gtin } = view;
  const label = [number, product, strength, lot, serial, gtin].join(' ').toLowerCase();
  const words = (search ?? '').toLowerCase().split(/\s+/);
  return words.every((word) => label.includes(word));
}

/** What there is to count. Holds no quantity of any kind. */
export async function countLines({ projection }: Context): Promise<CountLine[]> {
  const { state } = await projection.catchUp();
  return Object.values(state.containers)
    .filter((c) => c.closedAt === undefined)
    .flatMap((c) => {
      const labels = labelsOf(state, c);
      if (!labels) return [];
      const { productId: _, ...line } = labels;
      return line;
    })
    .sort(byNumber);
}

export async function productViews({ projection }: Context): Promise<ProductView[]> {
  const { state } = await projection.catchUp();
  return Object.values(state.products).map((product) => {
    const open = Object.values(state.containers).filter(
      (c) => c.product === product.id && c.closedAt === undefined,
    );
    const onHand = fromTenThousandths(open.reduce((sum, c) => sum + c.balance, 0));
    return { ...product, onHand, containers: open.length };
  });
}

/** The leftovers that stand open, oldest first. */
export async function leftoverViews(db: LedgerDatabase, state: State): Promise<LeftoverView[]> {
  const open = Object.values(state.leftovers);
  const draws = await db.records
    .where('entryId')
    .anyOf(open.map((left) => left.draw))
    .toArray();
  const hashes = new Map(draws.map((row) => [row.entryId, row.hash]));
  return open
    .map((left) => leftoverView(state, left, hashes.get(left.draw) ?? ''))
    .sort((a, b) => a.at.localeCompare(b.at));
}

function leftoverView(state: State, left: OpenLeftover, record: string): LeftoverView {
  const { draw, container: id, remaining, unit, by, at } = left;
  const container = state.containers[id];
  return {
    ...{ draw, record, container: id, unit, by, at, byName: nameOf(state, by) },
    number: container?.number ?? '',
    product: (container && productOf(state, container)?.name) ?? '',
    remaining: fromTenThousandths(remaining),
  };
}

/** The records that are about a container, in order, each with what it did to the balance. */
export async function actsOn(
  db: LedgerDatabase,
  container: string,
  before = Number.POSITIVE_INFINITY,
): Promise<{ stored: StoredRecord; read: ReadRecord; change: TenThousandths; balance: TenThousandths }[]> {
  const rows = await db.records.where('containers').equals(container).sortBy('seq');
  let balance = 0;
  return rows
    .filter((row) => row.seq < before)
    .flatMap((stored) => {
      const read = readStored(stored);
      if (!read) return [];
      const change = effectsOf(read.fold.entry)
        .filter((effect) => effect.container === container)
        .reduce((sum, effect) => sum + effect.change, 0);
      balance += change;
      return { stored, read, change, balance };
    });
}

/** One container from its receipt to now. */
export async function lifeOf({ db, projection, now }: Context, id: string): Promise<ContainerLife | null> {
  const { state } = await projection.catchUp();
  const held = state.containers[id];
  const container = held && viewOf(state, held, await leftoverViews(db, state), formatTime(now()));
  if (!container) return null;
  const acts = await actsOn(db, id);
  const rows = new Map(
    (
      await describe(
        db,
        state,
        acts.map((act) => act.stored),
      )
    ).map((row) => [row.seq, row]),
  );
  const taken = takenUp(acts);
  const events = acts.flatMap(({ read, change, balance }): LifeEvent[] => {
    const row = rows.get(read.record.seq);
    if (!row) return [];
    const { seq, hash, entryId, type, at, recorded, byName, witnessName, summary } = row;
    const reversed = taken.reversed.has(entryId);
    return [
      {
        ...{ seq, hash, entryId, type, at, recorded, by: read.fold.entry.by, byName, summary, reversed },
        ...(witnessName === undefined ? {} : { witnessName }),
        ...{ change: fromTenThousandths(change), balance: fromTenThousandths(balance) },
        reversible: isReversible(read.fold.entry) && !reversed && !taken.settled.has(entryId),
      },
    ];
  });
  return { container, events };
}

/** Which of these acts are reversed, and which have a waste or return that still stands. */
function takenUp(acts: readonly { read: ReadRecord }[]) {
  const entries = acts.map(({ read }) => read.fold.entry);
  const naming = (types: readonly EntryType[], but: ReadonlySet<string>) =>
    new Set(
      entries.filter((e) => types.includes(e.type) && !but.has(e.id)).flatMap((entry) => referencesOf(entry)),
    );
  const reversed = naming(['reversal'], new Set());
  return { reversed, settled: naming(['waste', 'return'], reversed) };
}
