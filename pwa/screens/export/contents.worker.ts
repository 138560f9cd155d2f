import { expose } from 'comlink';
import { loadSha256 } from '../../../shared/ledger/hash.ts';
import type { RecordRow, RowQuery } from '../../../shared/protocol/views.ts';
import { readPackage } from '../../../workers/package/unzip.ts';
import { type PackageRow, readContents } from './contents.ts';

let rows: readonly PackageRow[] = [];

/** Holds an opened package away from the page, and hands out what is looked at. */
const worker = {
  /** The number of records; 0 for a file that is no package. */
  async open(file: Blob): Promise<number> {
    const read = await readPackage(new Uint8Array(await file.arrayBuffer()));
    rows = read.ok ? readContents(await loadSha256(), read.files) : [];
    return rows.length;
  },

  /** As `LedgerService.rows`: newest first, by place in the package. */
  rows({ before, limit }: RowQuery): { rows: RecordRow[]; size: number } {
    const end = Math.min(before ?? rows.length, rows.length);
    const taken = rows.slice(Math.max(0, end - limit), end).reverse();
    return { rows: taken.map(({ row }) => row), size: rows.length };
  },

  line(seq: number): string | undefined {
    return rows.find(({ row }) => row.seq === seq)?.line;
  },
};
export type ContentsWorker = typeof worker;

expose(worker);
