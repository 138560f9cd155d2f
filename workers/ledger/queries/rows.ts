import type { DomainEntry, EntryType } from '../../../shared/domain/entries.ts';
import { PROPOSABLE, WITNESSED_LATE } from '../../../shared/domain/policy/faults.ts';
import type { State } from '../../../shared/domain/state.ts';
import type { RecordRow, RowQuery } from '../../../shared/protocol/views.ts';
import type { Context } from '../context.ts';
import { type ReadRecord, readStored } from '../gate/read-record.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { StoredRecord } from '../store/rows.ts';
import { nameOf, summaryOf, targetOf } from './words.ts';

/** An act recorded this long after it happened is shown as late. */
const LATE_MS = 30 * 60_000;
const PAGE_LIMIT = 500;

/** A page of the ledger, newest first. Reads as many records as it answers with, through an index. */
export async function rowsPage(
  { db, projection, effects }: Context,
  query: RowQuery,
): Promise<{ rows: RecordRow[]; size: number }> {
  const { state } = await projection.catchUp();
  const size = (await effects.store.head())?.size ?? 0;
  const before = Math.min(query.before ?? size, size);
  const stored = await pageOf(db, { ...query, before, limit: Math.min(query.limit, PAGE_LIMIT) });
  return { rows: await describe(db, state, stored), size };
}

type Page = RowQuery & { before: number };

async function pageOf(db: LedgerDatabase, page: Page): Promise<StoredRecord[]> {
  const { before, limit, type, container, staff } = page;
  const fits = (row: StoredRecord) =>
    (type === undefined || row.type === type) && (staff === undefined || row.by === staff);
  if (container !== undefined) {
    const seqs = (await db.records.where('containers').equals(container).primaryKeys()).sort((a, b) => b - a);
    return take(
      db,
      seqs.filter((seq) => seq < before),
      limit,
      fits,
    );
  }
  const below = (from: number[] | [string, number], to: number[] | [string, number], index: string) =>
    db.records.where(index).between(from, to, true, false).reverse();
  if (staff !== undefined)
    return below([staff, 0], [staff, before], '[by+seq]').filter(fits).limit(limit).toArray();
  if (type !== undefined) return below([type, 0], [type, before], '[type+seq]').limit(limit).toArray();
  return db.records.where('seq').below(before).reverse().limit(limit).toArray();
}

async function take(
  db: LedgerDatabase,
  seqs: readonly number[],
  limit: number,
  fits: (row: StoredRecord) => boolean,
): Promise<StoredRecord[]> {
  const found: StoredRecord[] = [];
  for (let at = 0; at < seqs.length && found.length < limit; at += limit) {
    const rows = await db.records.bulkGet(seqs.slice(at, at + limit));
    for (const row of rows) if (row && fits(row) && found.length < limit) found.push(row);
  }
  return found;
}

/** True for acts that a policy may let somebody witness later. */
const isWitnessed = (type: EntryType) => WITNESSED_LATE.some((act) => act === type);

/** Entries whose sentence needs the one that they take up. */
const TAKING_UP: readonly EntryType[] = ['cosign', 'reversal', 'proposal.approved', 'proposal.rejected'];

type Neighbours = {
  targets: Map<string, DomainEntry>;
  witnesses: Map<string, string>;
  /** Who approved a proposal, by its id. */
  approvers: Map<string, string>;
};

/** Stored records as rows for a screen, with the names and summaries that other records supply. */
export async function describe(
  db: LedgerDatabase,
  state: State,
  stored: readonly StoredRecord[],
): Promise<RecordRow[]> {
  const { targets, witnesses, approvers } = await neighboursOf(db, state, stored);
  return stored.map((row) => {
    const read = readStored(row);
    if (!read) return damagedRow(state, row);
    const witness = witnessOf(state, read) ?? witnesses.get(row.entryId);
    const approver = approverOf(state, read) ?? row.refs.map((id) => approvers.get(id)).find((name) => name);
    const target = row.refs.map((id) => targets.get(id)).find((entry) => entry !== undefined);
    return {
      ...baseRow(state, row),
      ...(witness === undefined ? {} : { witnessName: witness }),
      ...(approver === undefined || isAnswer(row.type) ? {} : { approverName: approver }),
      summary: summaryOf(state, read.fold.entry, target && targetOf(state, target)),
    };
  });
}

async function neighboursOf(
  db: LedgerDatabase,
  state: State,
  stored: readonly StoredRecord[],
): Promise<Neighbours> {
  const wanted = stored.filter((row) => TAKING_UP.includes(row.type));
  const [targets, cosigns, approvals] = await Promise.all([
    db.records
      .where('entryId')
      .anyOf(wanted.flatMap((row) => row.refs))
      .toArray(),
    cosignsOf(
      db,
      stored.filter((row) => isWitnessed(row.type)),
    ),
    approvalsOf(db, stored),
  ]);
  return {
    targets: new Map(
      targets.flatMap((row): [string, DomainEntry][] => {
        const read = readStored(row);
        return read ? [[row.entryId, read.fold.entry]] : [];
      }),
    ),
    witnesses: new Map(
      cosigns.flatMap((row) => row.refs.map((id): [string, string] => [id, nameOf(state, row.by)])),
    ),
    approvers: new Map(
      approvals.flatMap((row) => row.refs.map((id): [string, string] => [id, nameOf(state, row.by)])),
    ),
  };
}

async function cosignsOf(db: LedgerDatabase, stored: readonly StoredRecord[]): Promise<StoredRecord[]> {
  if (stored.length === 0) return [];
  const ids = stored.map((row) => row.entryId);
  const referrers = await db.records.where('refs').anyOf(ids).toArray();
  return referrers.filter((row) => row.type === 'cosign');
}

/** An answer to a proposal is by its approver already. */
const isAnswer = (type: EntryType) => type === 'proposal.approved' || type === 'proposal.rejected';

/** The approvals of the proposals that these records carry out. */
async function approvalsOf(db: LedgerDatabase, stored: readonly StoredRecord[]): Promise<StoredRecord[]> {
  const proposals = stored.flatMap((row) => {
    if (!PROPOSABLE.some((act) => act === row.type)) return [];
    const entry = readStored(row)?.fold.entry;
    return entry && 'proposal' in entry.body && entry.body.proposal ? [entry.body.proposal] : [];
  });
  if (proposals.length === 0) return [];
  const referrers = await db.records.where('refs').anyOf(proposals).toArray();
  return referrers.filter((row) => row.type === 'proposal.approved');
}

function approverOf(state: State, { fold }: ReadRecord): string | undefined {
  const approver = fold.signatures.find((signed) => signed.as === 'approver');
  return approver && nameOf(state, approver.by);
}

function witnessOf(state: State, { fold }: ReadRecord): string | undefined {
  const witness = fold.signatures.find((signed) => signed.as === 'witness');
  return witness && nameOf(state, witness.by);
}

function baseRow(state: State, row: StoredRecord): Omit<RecordRow, 'summary'> {
  const { seq, hash, entryId, type, at, recorded, by, flags } = row;
  const late = Date.parse(recorded) - Date.parse(at) > LATE_MS;
  return {
    ...{ seq, hash, entryId, type, at, recorded, late, byName: nameOf(state, by) },
    flags: flags.map((flag) => flag.code),
  };
}

function damagedRow(state: State, row: StoredRecord): RecordRow {
  return { ...baseRow(state, row), summary: 'This record is damaged and cannot be read. Verify the ledger.' };
}
