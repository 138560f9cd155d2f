import { isActive } from '../../../shared/domain/access.ts';
import { ruleFor } from '../../../shared/domain/policy/combine.ts';
import { fromTenThousandths, subtract } from '../../../shared/domain/quantity.ts';
import type { Schedule } from '../../../shared/domain/schema.ts';
import { type OpenDiscrepancy, productOf, type State } from '../../../shared/domain/state.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { CountResult, DiscrepancyView } from '../../../shared/protocol/views.ts';
import type { Context } from '../context.ts';
import { readStored } from '../gate/read-record.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { StoredRecord } from '../store/rows.ts';
import { actsOn } from './containers.ts';
import { nameOf } from './words.ts';

/** What a sealed count found: the book of the moment when it was sealed, beside what was counted. */
export async function countResult({ db, projection }: Context, entryId: string): Promise<CountResult | null> {
  const { state } = await projection.catchUp();
  const stored = await db.records.where('entryId').equals(entryId).first();
  const read = stored && readStored(stored);
  if (read?.fold.entry.type !== 'count') return null;
  const seq = read.record.seq;
  const opened = await discrepanciesFrom(db, entryId);
  const lines = await Promise.all(
    read.fold.entry.body.lines.map(async ({ container: id, counted, unit }) => {
      const container = state.containers[id];
      const expected = fromTenThousandths((await actsOn(db, id, seq)).at(-1)?.balance ?? 0);
      const discrepancy = opened.get(id);
      return {
        ...{ container: id, counted, expected, unit, agrees: counted === expected },
        number: container?.number ?? '',
        product: (container && productOf(state, container)?.name) ?? '',
        difference: subtract(counted, expected),
        ...(discrepancy === undefined ? {} : { discrepancy }),
      };
    }),
  );
  return { entryId, lines };
}

/** Discrepancies that were opened from a count, by container. */
async function discrepanciesFrom(db: LedgerDatabase, count: string): Promise<Map<string, string>> {
  const rows = await db.records.where('refs').equals(count).toArray();
  return new Map(
    rows.flatMap((row): [string, string][] => {
      const entry = readStored(row)?.fold.entry;
      return entry?.type === 'discrepancy.opened' ? [[entry.body.container, entry.body.discrepancy]] : [];
    }),
  );
}

/** Every discrepancy, open ones first, then the newest. */
export async function discrepancyViews(context: Context): Promise<DiscrepancyView[]> {
  const { db, projection } = context;
  const { state } = await projection.catchUp();
  const rows = await db.records
    .where('[type+seq]')
    .between(['discrepancy.opened', 0], ['discrepancy.opened', Number.MAX_SAFE_INTEGER])
    .reverse()
    .toArray();
  const at = formatTime(context.now());
  const views = await Promise.all(rows.map((row) => discrepancyView(db, state, row, at)));
  const rank = (view: DiscrepancyView) => (view.resolved ? 1 : 0);
  return views.filter((view) => view !== null).sort((a, b) => rank(a) - rank(b));
}

/** The discrepancies that stand open. */
export async function openDiscrepancies(
  db: LedgerDatabase,
  state: State,
  now: string,
): Promise<DiscrepancyView[]> {
  const open: OpenDiscrepancy[] = Object.values(state.discrepancies);
  const rows = await db.records
    .where('refs')
    .anyOf(open.map((d) => d.id))
    .toArray();
  const opening = rows.filter((row) => row.type === 'discrepancy.opened');
  const views = await Promise.all(opening.map((row) => discrepancyView(db, state, row, now)));
  return views.filter((view) => view !== null);
}

/** The roles that the policy wants told, without those of whom somebody knows: people of a role speak to each other. */
function untoldOf(
  state: State,
  schedule: Schedule,
  knowing: ReadonlySet<string>,
  now: string,
): DiscrepancyView['untold'] {
  const { notify } = ruleFor(state.policy, 'discrepancy.opened', schedule);
  return (notify?.value ?? []).flatMap((role) => {
    const people = Object.values(state.staff).filter((one) => one.role === role && isActive(one, now));
    const told = people.length === 0 || people.some(({ id }) => knowing.has(id));
    return told ? [] : [{ role, names: people.map(({ name }) => name) }];
  });
}

async function discrepancyView(
  db: LedgerDatabase,
  state: State,
  stored: StoredRecord,
  now: string,
): Promise<DiscrepancyView | null> {
  const read = readStored(stored);
  if (read?.fold.entry.type !== 'discrepancy.opened') return null;
  const { body, at, by } = read.fold.entry;
  const container = state.containers[body.container];
  const product = container && productOf(state, container);
  if (!container || !product) return null;
  const { discrepancy: id, expected, counted, difference, unit, note } = body;
  const later = await db.records.where('refs').equals(id).sortBy('seq');
  const said = later.flatMap((row) => readStored(row)?.fold.entry ?? []);
  const first = note === undefined ? [] : [{ at, byName: nameOf(state, by), note }];
  const notes = said.flatMap((e) =>
    e.type === 'discrepancy.noted' ? [{ at: e.at, byName: nameOf(state, e.by), note: e.body.note }] : [],
  );
  const end = said.find((e) => e.type === 'discrepancy.resolved');
  const knowing = [read, ...later.flatMap((row) => readStored(row) ?? [])].flatMap(
    ({ fold }) => fold.signatures,
  );
  return {
    ...{ id, container: container.id, number: container.number, product: product.name },
    ...{ schedule: product.schedule, expected, counted, difference, unit, openedAt: at },
    ...{ byName: nameOf(state, by), notes: [...first, ...notes] },
    untold: end ? [] : untoldOf(state, product.schedule, new Set(knowing.map((signed) => signed.by)), now),
    ...(end?.type === 'discrepancy.resolved'
      ? {
          resolved: { at: end.at, byName: nameOf(state, end.by), cause: end.body.cause, note: end.body.note },
        }
      : {}),
  };
}
