/** The page's side of the check: a worker a check, ended with it. Cancelling ends the worker where it stands. */
import { type Remote, transfer } from 'comlink';
import type { VerifyProgress } from '../../shared/verifier/ports.ts';
import type { Verdict } from '../../shared/verifier/verdict.ts';
import { runTask } from '../one-task.ts';
import type { PackageAnswer } from '../package/check-file.ts';
import type { OnProgress, VerifyInput, VerifyWorker } from './verify.worker.ts';

export type { KnownHead, VerifyProgress } from '../../shared/verifier/ports.ts';
export type { ConformityFinding, Failure, Summary, Verdict } from '../../shared/verifier/verdict.ts';
export type { PackageAnswer } from '../package/check-file.ts';

export type CheckOptions = VerifyInput & {
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
};

/**
 * Checks the live ledger. `source` is a port that `LedgerService.connectSource` answers on; it is handed over.
 * `now` is the time (RFC 3339, UTC, milliseconds) at which open work is judged. Rejects with the signal's reason
 * when cancelled, and with an Error whose message is for people when the worker broke.
 */
export function verifyLedger(source: MessagePort, now: string, options: CheckOptions = {}): Promise<Verdict> {
  return run(options, (remote, input, onProgress) =>
    remote.ledger(transfer(source, [source]), now, input, onProgress),
  );
}

/** Checks a package file. Rejects as `verifyLedger` does; whatever the file is like is an answer. */
export function verifyPackageFile(file: Blob, options: CheckOptions = {}): Promise<PackageAnswer> {
  return run<PackageAnswer>(
    options,
    async (remote, input, onProgress) => await remote.package(file, input, onProgress),
  );
}

type Call<T> = (remote: Remote<VerifyWorker>, input: VerifyInput, onProgress: OnProgress) => Promise<T>;

function run<T>({ onProgress, signal, ...input }: CheckOptions, call: Call<T>): Promise<T> {
  return runTask<VerifyWorker, VerifyProgress, T>(
    () => new Worker(new URL('./verify.worker.ts', import.meta.url), { type: 'module', name: 'verify' }),
    {
      ...{ onProgress, signal },
      broken: 'The check could not be run in this browser. Reload the page and try again.',
    },
    (remote, tell) => call(remote, input, tell),
  );
}
