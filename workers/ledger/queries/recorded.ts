import type { Body } from '../../../shared/domain/entries.ts';
import type { RecordedDraw, SaidPatient } from '../../../shared/domain/reconcile/types.ts';
import type { State } from '../../../shared/domain/state.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import {
  type OpenWork,
  RECORDED_LIMITS,
  type RecordedAnswer,
  type RecordedQuery,
} from '../../../shared/protocol/recorded.ts';
import { type Context, deviceRow } from '../context.ts';
import { readStored } from '../gate/read-record.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { PatientTags, StoredRecord } from '../store/rows.ts';
import { sameTags, TAGS_KEPT_MS, taggerOf } from '../vault/tags.ts';
import { nameOf } from './words.ts';

/** An act may be said to have happened a little after it was recorded, where two clocks disagree. */
const CLOCKS_APART_MS = 10 * 60_000;

/** The draws of a time that nobody has undone, each with those of the asker's patients that it was for. */
export async function recordedOn(context: Context, query: RecordedQuery): Promise<RecordedAnswer> {
  const { db, projection } = context;
  const { state } = await projection.catchUp();
  const { rows, all } = await drawsBetween(db, query);
  const undone = await undoneAmong(db, rows);
  const draws = rows.flatMap((row) => {
    const entry = undone.has(row.entryId) ? undefined : readStored(row)?.fold.entry;
    return entry?.type === 'draw' ? [{ row, body: entry.body }] : [];
  });
  const compare = await comparer(
    context,
    query.patients,
    draws.map(({ body }) => body.patient?.ref),
  );
  return { draws: draws.flatMap(({ row, body }, i) => described(state, row, body, compare(i)) ?? []), all };
}

/** Newest first by the index of the type, as far back as anything of that time can have been recorded. */
async function drawsBetween(
  db: LedgerDatabase,
  { from, to }: RecordedQuery,
): Promise<{ rows: StoredRecord[]; all: boolean }> {
  const first = formatTime(Date.parse(from) - CLOCKS_APART_MS);
  const found = await db.records
    .where('[type+seq]')
    .between(['draw', 0], ['draw', Number.MAX_SAFE_INTEGER])
    .reverse()
    .until((row) => row.recorded < first)
    .filter((row) => row.at >= from && row.at <= to)
    .limit(RECORDED_LIMITS.draws + 1)
    .toArray();
  const rows = found.slice(0, RECORDED_LIMITS.draws).reverse();
  return { rows, all: rows.length === found.length };
}

async function undoneAmong(db: LedgerDatabase, rows: readonly StoredRecord[]): Promise<Set<string>> {
  const ids = rows.map((row) => row.entryId);
  const referrers = await db.records.where('refs').anyOf(ids).toArray();
  return new Set(referrers.filter(({ type }) => type === 'reversal').flatMap(({ refs }) => refs));
}

type Compared = Pick<RecordedDraw, 'patients' | 'patient'>;

async function comparer(
  { db }: Context,
  patients: readonly SaidPatient[],
  refs: readonly (string | undefined)[],
): Promise<(place: number) => Compared> {
  const device = await deviceRow(db);
  const tagger = device && (await taggerOf(device.mixKey));
  const asked = tagger ? await Promise.all(patients.map(tagger)) : [];
  const kept = await db.vault.bulkGet(refs.map((ref) => ref ?? ''));
  const matches = (tags: PatientTags) =>
    asked.flatMap((one, index) => {
      const by = sameTags(one, tags);
      return by === null ? [] : [{ index, by }];
    });
  return (place) => {
    if (refs[place] === undefined) return { patients: [], patient: 'none' };
    const tags = kept[place]?.tags;
    return tags ? { patients: matches(tags), patient: 'comparable' } : { patients: [], patient: 'unknown' };
  };
}

function described(
  state: State,
  row: StoredRecord,
  { container, drawn, given, unit }: Body<'draw'>,
  compared: Compared,
): RecordedDraw | null {
  const vial = state.containers[container];
  if (!vial) return null;
  const { entryId, seq, at, recorded, by } = row;
  return {
    ...{ entryId, seq, at, recorded, byName: nameOf(state, by), number: vial.number, product: vial.product },
    ...{ unit, drawn, given, ...compared },
  };
}

/** Takes away the tags of patients that were kept longer ago than a month can be reconciled. */
export async function forgetOldTags({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  const old = db.vault.where('ref').below(idTime(now() - TAGS_KEPT_MS));
  // Whoever was put in before one without tags has none either: the walk back ends there, however long the vault is.
  const tagged = await old
    .reverse()
    .until(({ tags }) => tags === undefined)
    .toArray();
  if (tagged.length === 0) return;
  await db.vault
    .where('ref')
    .anyOf(tagged.map(({ ref }) => ref))
    .modify((row) => {
      delete row.tags;
    });
}

/** The least id of a moment: a UUIDv7 begins with its milliseconds. */
const idTime = (ms: number): string => {
  const hex = Math.max(0, ms).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
};

/** What is open, as numbers. `drafts` are the ids of the drafts that the ledger keeps. */
export async function openWorkOf({ projection, now }: Context, drafts: readonly string[]): Promise<OpenWork> {
  const { state } = await projection.catchUp();
  const pending = Object.values(state.pending);
  const at = now();
  return {
    drafts: drafts.slice(0, 1000),
    witnessPending: pending.length,
    overdue: pending.filter(({ due }) => Date.parse(due) < at).length,
  };
}
