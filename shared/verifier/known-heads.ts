import { formatLog } from '../ledger/record.ts';
import type { CheckSession } from './check-session.ts';
import type { LogSession } from './log-session.ts';
import type { KnownHead } from './ports.ts';
import type { HeadComparison, LogSummary } from './verdict.ts';

/**
 * Holds heads that were kept elsewhere against the logs, whose lines have all been taken. A head whose place is
 * neither at hand nor proven, nor named by the `prev` of a record that is, cannot be compared, and is said to be so.
 */
export function compareHeads(session: CheckSession, summaries: readonly LogSummary[]): HeadComparison[] {
  return (session.options.heads ?? []).map((head) => ({
    ...{ ledger: head.ledger, size: head.size, hash: head.hash },
    ...(head.device === undefined ? {} : { device: head.device }),
    answer: compareHead(session, head, summaries),
  }));
}

function compareHead(
  session: CheckSession,
  head: KnownHead,
  summaries: readonly LogSummary[],
): HeadComparison['answer'] {
  const { logs, failures } = session;
  if (logs.length > 0 && !logs.some(({ log }) => log.startsWith(`${head.ledger}/`))) {
    failures.add('fork', 'The head that was kept elsewhere is of another ledger.', {});
    return 'contradicted';
  }
  const log = logOf(logs, head);
  if (!log || head.size < 1) return 'not-comparable';
  const seq = head.size - 1;
  const leaf = log.check.leafAt(seq);
  if (leaf !== undefined) {
    if (leaf.startsWith(head.hash)) return 'agrees';
    const message = `Record ${seq} is not the one that a head kept elsewhere names.`;
    failures.add('fork', message, { log: log.log, seq });
    return 'contradicted';
  }
  const to = log.from + log.size;
  const signed = summaries.find((summary) => summary.log === log.log)?.size ?? to;
  const reach = log.part ? Math.max(to, signed) : to;
  if (head.size <= reach) return 'not-comparable';
  const message = `A head kept elsewhere counts ${head.size} records, and this log ends after ${reach}.`;
  failures.add('truncated', message, { log: log.log });
  return 'contradicted';
}

/** The log that a head is of: the one of its device, or the only one. */
function logOf(logs: readonly LogSession[], { ledger, device }: KnownHead): LogSession | undefined {
  if (device === undefined) return logs.length === 1 ? logs[0] : undefined;
  return logs.find(({ log }) => log === formatLog(ledger, device));
}
