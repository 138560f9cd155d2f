import type { Body } from '../../../shared/domain/entries.ts';
import type { PatientOfAct } from '../../../shared/protocol/vault.ts';
import type { Context } from '../context.ts';
import { readStored } from '../gate/read-record.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { StoredRecord } from '../store/rows.ts';
import { type OpenVault, readPatient } from './vault.ts';

/** Which records name which patients. A record names the patient that it refers to, or that the draw does which it takes up. */

export type NamedDraw = { row: StoredRecord; body: Body<'draw'>; ref: string };

/** The draws with a patient among these records. */
export const namedDraws = (rows: readonly StoredRecord[]): NamedDraw[] =>
  rows.flatMap((row) => {
    const entry = row.type === 'draw' ? readStored(row)?.fold.entry : undefined;
    const patient = entry?.type === 'draw' ? entry.body.patient : undefined;
    return entry?.type === 'draw' && patient ? [{ row, body: entry.body, ref: patient.ref }] : [];
  });

/** Draws with `from <= seq < to`, in order. */
export const drawsIn = (db: LedgerDatabase, from: number, to: number): Promise<StoredRecord[]> =>
  db.records.where('[type+seq]').between(['draw', from], ['draw', to], true, false).toArray();

/** References of all patients that records from `from` on name, be it by way of an earlier draw. */
export async function namedSince(db: LedgerDatabase, from: number): Promise<Set<string>> {
  const named = new Set(namedDraws(await drawsIn(db, from, Number.MAX_SAFE_INTEGER)).map(({ ref }) => ref));
  const earlier = new Set<string>();
  await db.records
    .where('seq')
    .aboveOrEqual(from)
    .each(({ refs }) => {
      for (const ref of refs) earlier.add(ref);
    });
  const draws = await db.records
    .where('entryId')
    .anyOf([...earlier])
    .toArray();
  for (const { ref } of namedDraws(draws)) named.add(ref);
  return named;
}

/** Whose act this was, as far as the vault opens; `vault` is absent for somebody who is not signed in. */
export async function patientOf(
  { db }: Context,
  entryId: string,
  vault: OpenVault | null,
): Promise<PatientOfAct> {
  const record = await db.records.where('entryId').equals(entryId).first();
  const [draw] = record ? namedDraws([record]) : [];
  if (!record || !draw) return { state: 'none' };
  const row = await db.vault.get(draw.ref);
  if (!row) return whyGone(db, record);
  if (!vault) return { state: 'kept' };
  const { details } = await readPatient(vault, row);
  return { state: 'shown', details };
}

async function whyGone(db: LedgerDatabase, { recorded }: StoredRecord): Promise<PatientOfAct> {
  const erasures = await db.records
    .where('[type+seq]')
    .between(['patients.erased', 0], ['patients.erased', Number.MAX_SAFE_INTEGER])
    .toArray();
  const by = erasures.find((row) => {
    const entry = readStored(row)?.fold.entry;
    return entry?.type === 'patients.erased' && recorded < entry.body.before;
  });
  return by ? { state: 'erased', record: by.seq } : { state: 'missing' };
}
