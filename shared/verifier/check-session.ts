import type { EntryPlace } from '../ledger/chain.ts';
import type { Id } from '../ledger/ids.ts';
import { Failures } from './failures.ts';
import { compareHeads } from './known-heads.ts';
import { type LogRange, LogSession, type LogSinks } from './log-session.ts';
import type { VerifyOptions, VerifyPorts } from './ports.ts';
import { shown } from './shown.ts';
import { checkWith, SignatureQueue } from './signatures.ts';
import {
  type ConformityFinding,
  type LogSummary,
  MAX_LISTED,
  type Summary,
  spokenHash,
  type Verdict,
} from './verdict.ts';

/** What the package says of itself and cannot prove. */
export type Claims = Pick<Summary, 'ledger' | 'disclosed' | 'made' | 'build' | 'unjudged'>;

const JOINED =
  'The log begins with device.joined, which is reserved for the logs of further devices; version 1 has one log a ledger.';
const NO_BEGINNING = 'The record that starts the ledger is neither in the log nor proven beside it.';

/** One check of one ledger: what its logs have in common. */
export class CheckSession {
  readonly failures = new Failures();
  readonly ids = new Map<Id, EntryPlace>();
  readonly queue: SignatureQueue;
  readonly logs: LogSession[] = [];
  readonly ports: VerifyPorts;
  readonly options: VerifyOptions;

  constructor(ports: VerifyPorts, options: VerifyOptions) {
    this.ports = ports;
    this.options = options;
    this.queue = new SignatureQueue(ports.checkSignatures ?? checkWith(ports));
  }

  /** Records taken in the logs before the one at work. */
  get before(): number {
    return this.logs.slice(0, -1).reduce((sum, { size }) => sum + size, 0);
  }

  openLog(range: LogRange, sinks: LogSinks = {}): LogSession {
    const log = new LogSession(this, range, sinks);
    this.logs.push(log);
    return log;
  }

  /**
   * What holds between logs: one of them starts the ledger, and there is no other. `device.joined`, with which the
   * log of a further device would begin, is reserved: version 1 does not say what lets a device in.
   */
  checkLogs(): void {
    const starters = this.logs.filter(({ startsLedger }) => startsLedger);
    for (const { log } of starters.slice(1)) {
      this.failures.add('fork', 'A second log says that it starts this ledger.', { log, seq: 0 });
    }
    for (const { log, startsLedger, joins, check } of this.logs) {
      if (joins) this.failures.add('link', JOINED, { log, seq: 0 });
      else if (!startsLedger && check.genesis === undefined) this.failures.add('link', NO_BEGINNING, { log });
    }
  }

  /** Waits for the signatures and puts the verdict together. `asOf` is the time at which open work is judged. */
  async verdict(claims: Claims, logs: readonly LogSummary[], asOf: string): Promise<Verdict> {
    const heads = compareHeads(this, logs);
    const records = this.logs.reduce((sum, { size }) => sum + size, 0);
    this.options.onProgress?.({ phase: 'signatures', done: records, of: records });
    await this.queue.settle();
    this.options.onProgress?.({ phase: 'done', done: records, of: records });
    const { count } = this.failures;
    return {
      integrity: { ok: count === 0, failures: this.failures.list(), count },
      conformity: this.#conformity(asOf),
      summary: { ...claims, ...this.#facts(), logs, heads, records },
    };
  }

  #conformity(asOf: string): Verdict['conformity'] {
    const findings: ConformityFinding[] = [];
    let [count, breaches] = [0, 0];
    for (const { conformity, replay, recorded } of this.logs) {
      const part = conformity.finish(replay.state, recorded > asOf ? recorded : asOf);
      findings.push(...part.findings.slice(0, MAX_LISTED - findings.length));
      count += part.count;
      breaches += part.breaches;
    }
    return { ok: breaches === 0, findings, count, breaches };
  }

  #facts(): Pick<Summary, 'facility' | 'demo' | 'genesis' | 'signatures' | 'factors' | 'onHand'> {
    const first = this.logs.find(({ startsLedger }) => startsLedger) ?? this.logs[0];
    const started = first?.replay.state.ledger;
    const genesis = first?.check.genesis;
    return {
      facility: started
        ? { name: shown(started.facility.name), deaNumber: shown(started.facility.deaNumber) }
        : null,
      demo: started?.demo ?? false,
      genesis: genesis === undefined ? null : spokenHash(genesis),
      signatures: this.logs.reduce((sum, { check }) => sum + check.signatures, 0),
      factors: this.logs.reduce((sum, { check }) => sum + check.factors, 0),
      onHand: this.logs.some(({ part }) => part) ? [] : this.logs.flatMap(({ replay }) => shownStock(replay)),
    };
  }
}

function shownStock(replay: LogSession['replay']): Summary['onHand'] {
  return replay.onHand().map(({ name, strength, ...rest }) => ({
    ...rest,
    ...{ name: shown(name), ...(strength === undefined ? {} : { strength: shown(strength) }) },
  }));
}
