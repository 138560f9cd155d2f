import { type DomainEntry, parseEntry } from '../../../shared/domain/entries.ts';
import type { FoldRecord } from '../../../shared/domain/state.ts';
import { type LedgerRecord, parseRecord } from '../../../shared/ledger/record.ts';
import type { StoredRecord } from '../store/rows.ts';

/** A stored line, read: as the log sees it and as the domain sees it. */
export type ReadRecord = { record: LedgerRecord; fold: FoldRecord };

/** Reads a stored record. `null` for a line that is damaged: naming it is the verifier's work, and the day goes on. */
export function readStored(row: StoredRecord): ReadRecord | null {
  try {
    const { record } = parseRecord(row.line);
    const parsed = parseEntry(record.entry);
    if (!parsed.ok) return null;
    return { record, fold: foldRecordOf(record, row.hash, parsed.entry) };
  } catch {
    return null;
  }
}

export function foldRecordOf(record: LedgerRecord, hash: string, entry: DomainEntry): FoldRecord {
  const { seq, recorded } = record;
  const signatures = record.signatures.map(({ as, by, at, assertion }) =>
    assertion ? { as, by, at, factor: true as const } : { as, by, at },
  );
  return { seq, hash, recorded, entry, signatures };
}
