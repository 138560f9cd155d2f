import type { LedgerCode, LedgerError } from '../ledger/errors.ts';
import type { Id } from '../ledger/ids.ts';
import { shown } from './shown.ts';
import { type Failure, MAX_LISTED } from './verdict.ts';

export type FailurePlace = { log?: string; seq?: number; entryId?: Id; file?: string };

/** Kept while a check runs. More than is listed, because signatures come back out of order. */
const MAX_KEPT = 20 * MAX_LISTED;

/** Collects failures of a check, bounded, and gives them in their order. */
export class Failures {
  #kept: Failure[] = [];
  #count = 0;

  add(code: LedgerCode, message: string, place: FailurePlace = {}): void {
    this.#count += 1;
    if (this.#kept.length < MAX_KEPT) this.#kept.push({ code, message: shown(message), ...place });
  }

  /** Takes up an error of `shared/ledger`; anything else is a mistake of ours and is thrown on. */
  addError(error: LedgerError, place: FailurePlace = {}): void {
    const seq = place.seq ?? error.seq;
    this.add(error.code, error.message, { ...place, ...(seq === undefined ? {} : { seq }) });
  }

  get count(): number {
    return this.#count;
  }

  /** Records first, by log and position; then what concerns no single record, as it came. */
  list(): Failure[] {
    const logs = new Map<string | undefined, number>();
    for (const { log } of this.#kept) if (!logs.has(log)) logs.set(log, logs.size);
    return this.#kept
      .map((failure, came) => ({ failure, came }))
      .sort((a, b) => rank(a.failure, logs) - rank(b.failure, logs) || seqOf(a) - seqOf(b) || a.came - b.came)
      .map(({ failure }) => failure)
      .slice(0, MAX_LISTED);
  }
}

const rank = ({ log, seq }: Failure, logs: ReadonlyMap<string | undefined, number>): number =>
  seq === undefined ? Number.MAX_SAFE_INTEGER : (logs.get(log) ?? 0);
const seqOf = ({ failure }: { failure: Failure }): number => failure.seq ?? 0;
