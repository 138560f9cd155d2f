import type { EntryType } from '../../../shared/domain/entries.ts';
import type { RecordRow, RowQuery } from '../../../shared/protocol/views.ts';

/**
 * The rows of the ledger list, newest first, fetched a page at a time as they come into view. Without a filter a
 * row's place says its seq, so any page can be fetched at once; with one, pages follow from the row before.
 */

export type RowFilter = { type?: EntryType; staff?: string };
export type FetchRows = (query: RowQuery) => Promise<{ rows: RecordRow[]; size: number }>;

export const PAGE_ROWS = 100;

export class RowPages {
  readonly #fetch: FetchRows;
  readonly #filter: RowFilter;
  readonly #pages = new Map<number, readonly RecordRow[]>();
  readonly #asked = new Set<number>();
  /** Size of the log when the list was opened: later records do not move the rows under the reader. */
  #size = 0;
  #tail: 'unknown' | 'more' | 'whole' = 'unknown';
  #failure: string | undefined;

  #listener: () => void = () => {};

  constructor(fetch: FetchRows, filter: RowFilter) {
    this.#fetch = fetch;
    this.#filter = filter;
  }

  /** Tells when rows have come. One listener at a time; the answer takes it off again. */
  onChange(listener: () => void): () => void {
    this.#listener = listener;
    return () => {
      if (this.#listener === listener) this.#listener = () => {};
    };
  }

  get filtered(): boolean {
    return this.#filter.type !== undefined || this.#filter.staff !== undefined;
  }

  /** Number of rows in the list; with a filter, of those known so far and one more while there are more. */
  get count(): number {
    if (!this.filtered) return this.#size;
    return this.#loaded() + (this.#tail === 'more' ? 1 : 0);
  }

  get size(): number {
    return this.#size;
  }

  get ready(): boolean {
    return this.#tail !== 'unknown';
  }

  get complete(): boolean {
    return !this.filtered || this.#tail === 'whole';
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  /** The row at a place, if it has come. */
  at(index: number): RecordRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS];
  }

  /** Tries again after a failure. */
  retry(): void {
    this.#failure = undefined;
    this.#listener();
  }

  /** Fetches what is missing of the rows `first <= i < end`. After a failure nothing is asked until `retry`. */
  want(first: number, end: number): void {
    if (this.#failure !== undefined) return;
    if (!this.ready) {
      void this.#load(0);
      return;
    }
    const last = Math.max(first, end - 1);
    for (let page = Math.floor(first / PAGE_ROWS); page <= Math.floor(last / PAGE_ROWS); page += 1) {
      if (!this.filtered) {
        if (page * PAGE_ROWS < this.#size) void this.#load(page);
      } else if (this.#tail === 'more' && page >= this.#pages.size) {
        void this.#load(this.#pages.size);
        return;
      }
    }
  }

  async #load(page: number): Promise<void> {
    if (this.#asked.has(page) || this.#pages.has(page)) return;
    this.#asked.add(page);
    try {
      const { rows, size } = await this.#fetch(this.#queryFor(page));
      if (!this.ready) this.#size = size;
      this.#pages.set(page, rows);
      this.#tail = rows.length < PAGE_ROWS ? 'whole' : 'more';
    } catch {
      this.#failure = 'The rows could not be read. Reload the page; nothing in the ledger was changed.';
    }
    this.#asked.delete(page);
    this.#listener();
  }

  #queryFor(page: number): RowQuery {
    const filter = { limit: PAGE_ROWS, ...this.#filter };
    if (page === 0) return filter;
    if (!this.filtered) return { ...filter, before: this.#size - page * PAGE_ROWS };
    const before = this.#pages.get(page - 1)?.at(-1)?.seq;
    return before === undefined ? filter : { ...filter, before };
  }

  #loaded(): number {
    let rows = 0;
    for (const page of this.#pages.values()) rows += page.length;
    return rows;
  }
}
