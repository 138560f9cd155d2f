import type { EntryPlace } from '../ledger/chain.ts';
import type { Id } from '../ledger/ids.ts';
import { Failures } from './failures.ts';
import { type LogRange, LogSession, type LogSinks } from './log-session.ts';
import type { VerifyOptions, VerifyPorts } from './ports.ts';
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
export type Claims = Pick<Summary, 'ledger' | 'disclosed' | 'made' | 'build'>;

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
    this.queue = new SignatureQueue(ports.checkSignatures ?? checkWith(ports.verify));
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

  /** What holds between logs: one of them starts the ledger, and the others were let in by an entry elsewhere. */
  checkLogs(): void {
    const starters = this.logs.filter(({ startsLedger }) => startsLedger);
    for (const { log } of starters.slice(1)) {
      this.failures.add('fork', 'A second log says that it starts this ledger.', { log, seq: 0 });
    }
    for (const { log, invitation } of this.logs) {
      const place = invitation === undefined ? undefined : this.ids.get(invitation);
      if (invitation === undefined || (place && place.log !== log)) continue;
      this.failures.add('link', 'No entry of another log let this device in.', { log, seq: 0 });
    }
  }

  /** Waits for the signatures and puts the verdict together. `asOf` is the time at which open work is judged. */
  async verdict(claims: Claims, logs: readonly LogSummary[], asOf: string): Promise<Verdict> {
    const records = this.logs.reduce((sum, { size }) => sum + size, 0);
    this.options.onProgress?.({ phase: 'signatures', done: records, of: records });
    await this.queue.settle();
    this.options.onProgress?.({ phase: 'done', done: records, of: records });
    const { count } = this.failures;
    return {
      integrity: { ok: count === 0, failures: this.failures.list(), count },
      conformity: this.#conformity(asOf),
      summary: { ...claims, ...this.#facts(), logs, records },
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

  #facts(): Pick<Summary, 'facility' | 'demo' | 'genesis' | 'signatures' | 'onHand'> {
    const first = this.logs.find(({ startsLedger }) => startsLedger) ?? this.logs[0];
    const started = first?.replay.state.ledger;
    const genesis = first?.check.genesis;
    return {
      facility: started ? { name: started.facility.name, deaNumber: started.facility.deaNumber } : null,
      demo: started?.demo ?? false,
      genesis: genesis === undefined ? null : spokenHash(genesis),
      signatures: this.logs.reduce((sum, { check }) => sum + check.signatures, 0),
      onHand: this.logs.some(({ part }) => part) ? [] : this.logs.flatMap(({ replay }) => replay.onHand()),
    };
  }
}
