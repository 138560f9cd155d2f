import { LedgerError } from '../../../shared/ledger/errors.ts';
import type { Refusal, RefusalCode } from '../../../shared/protocol/outcome.ts';

const AGAIN = 'Try again: the same entry is never written twice.';

/** What a failed effect means for the person. The step says how far the append had come. */
export function refusalOf(error: unknown, step: 'before' | 'commit' | 'read-back'): Refusal {
  const names = namesOf(error);
  if (names.includes('QuotaExceededError')) {
    return say(
      'quota',
      'This device has no room left, so nothing was written. Free some space and try again.',
    );
  }
  // Before what comes next: a transaction that a full disk has cut off is wrapped in an abort.
  if (isClosed(error)) {
    return say(
      'closed',
      'The browser closed the ledger in the middle, most often because this device has no room left. Free some space and try again, or reload the page: the same entry is never written twice.',
    );
  }
  if (names.includes('TimeoutError') || names.includes('AbortError')) {
    return say('busy', `Another tab is writing. Nothing was written by this one. ${AGAIN}`);
  }
  if (error instanceof LedgerError) return say('schema', error.message);
  if (step === 'read-back') {
    return say('read-back', `The entry could not be read again after writing. ${AGAIN}`);
  }
  return say('not-written', `The browser did not take the entry. ${AGAIN}`);
}

/** True where the database handle died under the work; opening it again may help. */
export function isClosed(error: unknown): boolean {
  return namesOf(error).some((name) =>
    ['DatabaseClosedError', 'InvalidStateError', 'UnknownError'].includes(name),
  );
}

/** Names of an error and of what it wraps (Dexie keeps the cause of an aborted transaction in `inner`). */
function namesOf(error: unknown): string[] {
  const names: string[] = [];
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth += 1) {
    if ('name' in at && typeof at.name === 'string') names.push(at.name);
    at = 'inner' in at ? at.inner : null;
  }
  return names;
}

const say = (code: RefusalCode, message: string): Refusal => ({ code, message });
