import type { PatientReference } from '../ledger/commitment.ts';
import type { Hash } from '../ledger/hash.ts';
import type { EarlierRecord } from '../ledger/part.ts';
import type { ParsedRecord } from '../ledger/record.ts';
import type { CheckSession } from './check-session.ts';
import { ConformityCheck } from './conformity.ts';
import { LogCheck } from './log-check.ts';
import { type LogRow, rowsOf } from './log-rows.ts';
import { Replay } from './replay.ts';
import { VerificationCancelled } from './verdict.ts';

export type LogRange = {
  readonly log: string;
  readonly from: number;
  /** Present for a part of a log. */
  readonly earlier?: readonly EarlierRecord[];
};

export type LogSinks = {
  readonly onRow?: (row: LogRow) => void;
  readonly onPatient?: (patient: PatientReference, log: string, seq: number) => void;
};

/** Lines between two looks at the clock of the world: cancel, progress, room for signatures. */
const STRETCH = 500;

/** Both checks over one log, fed with its lines. */
export class LogSession {
  readonly log: string;
  readonly from: number;
  readonly part: boolean;
  readonly check: LogCheck;
  readonly replay: Replay;
  readonly conformity: ConformityCheck;
  readonly #session: CheckSession;
  readonly #sinks: LogSinks;
  /** Whether the log begins with `device.joined`. */
  joins = false;
  /** Whether the log begins with the record that starts the ledger. */
  startsLedger = false;
  recorded = '';

  constructor(session: CheckSession, { log, from, earlier }: LogRange, sinks: LogSinks) {
    this.log = log;
    this.from = from;
    this.part = earlier !== undefined;
    this.#session = session;
    this.#sinks = sinks;
    this.replay = new Replay(from);
    this.conformity = new ConformityCheck(log, { part: this.part });
    const { onPatient } = sinks;
    this.check = new LogCheck({
      ...{ log, from, sha: session.ports.sha, queue: session.queue },
      ...{ failures: session.failures, ids: session.ids },
      ...(earlier ? { earlier } : {}),
      ...(onPatient ? { onPatient: (patient, seq) => onPatient(patient, log, seq) } : {}),
      onRecord: (record, hash, place) => this.#record(record, hash, place),
    });
  }

  /** Number of lines taken. */
  get size(): number {
    return this.check.leaves.length;
  }

  /** Takes lines until they end, or too many of them are broken to go on. Throws `VerificationCancelled`. */
  async take(lines: Iterable<Uint8Array>, total: number): Promise<void> {
    let since = 0;
    for (const line of lines) {
      if (this.check.hopeless) break;
      this.check.takeLine(line);
      since += 1;
      if (since < STRETCH) continue;
      since = 0;
      await this.#pause(total);
    }
    await this.#pause(total);
  }

  async #pause(total: number): Promise<void> {
    const { queue, options } = this.#session;
    options.onProgress?.({ phase: 'records', done: this.#session.before + this.size, of: total });
    await queue.room();
    await options.breathe?.();
    if (options.signal?.aborted) throw new VerificationCancelled();
  }

  #record(parsed: ParsedRecord, hash: Hash, place: 'earlier' | 'within'): void {
    const { seq, entry, recorded } = parsed.record;
    if (recorded > this.recorded) this.recorded = recorded;
    if (seq === 0) {
      this.startsLedger = entry.type === 'ledger.created';
      this.joins = entry.type === 'device.joined';
    }
    const opened = this.replay.open(parsed, hash);
    if (!opened.ok) {
      if (place === 'within') this.conformity.schema(opened.message, seq, entry.id);
      return;
    }
    if (place === 'within') this.conformity.judge(this.replay.state, opened.step);
    this.replay.fold(opened.step, parsed);
    const { onRow } = this.#sinks;
    if (place === 'earlier' || !onRow) return;
    for (const row of rowsOf(this.replay, opened.step, this.log)) onRow(row);
  }
}
