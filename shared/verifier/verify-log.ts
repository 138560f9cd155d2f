import { utf8 } from '../ledger/bytes.ts';
import { formatLog } from '../ledger/record.ts';
import { CheckSession } from './check-session.ts';
import { checkHead } from './checkpoint-check.ts';
import type { VerifyOptions, VerifyPorts } from './ports.ts';
import type { Verdict } from './verdict.ts';

export type LiveLog = {
  readonly ledger: string;
  readonly device: string;
  /** Number of records that there should be. */
  readonly size: number;
  /** A signed note over the log as it is. */
  readonly checkpoint: string;
  /** Record lines in seq order, in stretches of any length. */
  readonly lines: AsyncIterable<readonly string[]>;
  /** Now, as the record format has it: open work is judged at this time. */
  readonly now: string;
};

/**
 * Checks a whole log where it is kept. Goes on after a failure. Throws only `VerificationCancelled`, and what
 * `lines` throws.
 */
export async function verifyLog(
  live: LiveLog,
  ports: VerifyPorts,
  options: VerifyOptions = {},
): Promise<Verdict> {
  const session = new CheckSession(ports, options);
  const log = session.openLog({ log: formatLog(live.ledger, live.device), from: 0 });
  for await (const lines of live.lines) {
    await log.take(lines.map(utf8), live.size);
    if (log.check.hopeless) break;
  }
  session.checkLogs();
  if (log.size < live.size) {
    const message = `${log.size} records could be read, and the log holds ${live.size}.`;
    session.failures.add('truncated', message, { log: log.log });
  }
  const summary = await checkHead(session, log, { note: live.checkpoint, cut: log.size < live.size });
  const claims = { ledger: live.ledger, disclosed: null, made: null, build: null, unjudged: [] };
  return session.verdict(claims, [summary], live.now);
}
