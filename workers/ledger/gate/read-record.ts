import { type DomainEntry, parseEntry } from '../../../shared/domain/entries.ts';
import type { FoldRecord } from '../../../shared/domain/state.ts';
import { type LedgerRecord, parseRecord, type Signature } from '../../../shared/ledger/record.ts';
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
  return { seq, hash, recorded, entry, signatures: record.signatures.map(asJudged) };
}

/** A signature as the rules see it: there is a second factor where one stands beside it, and only there. */
export const asJudged = ({ as, by, at, assertion }: Signature): FoldRecord['signatures'][number] =>
  assertion ? { as, by, at, factor: true } : { as, by, at };
