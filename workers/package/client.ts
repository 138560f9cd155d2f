/** The page's side of export: a worker an export, ended with it. Cancelling ends the worker where it stands. */
import { proxy, releaseProxy, transfer, wrap } from 'comlink';
import type { ExportProgress, ExportRequest } from './export-package.ts';
import type { ExportAnswer, PackageWorker } from './package.worker.ts';

export type { Exported, ExportProgress, ExportRequest } from './export-package.ts';
export type { ExportAnswer } from './package.worker.ts';

export type ExportOptions = ExportRequest & {
  readonly onProgress?: (progress: ExportProgress) => void;
  readonly signal?: AbortSignal;
};

const BROKEN = 'The package could not be made. Nothing was saved; try again.';

/**
 * Makes a chain package. `source` is a port that `LedgerService.connectSource` answers on; it is handed over.
 * Rejects with the signal's reason when cancelled, and with an Error whose message is for people when the worker broke.
 */
export async function exportPackage(
  source: MessagePort,
  { onProgress, signal, ...request }: ExportOptions,
): Promise<ExportAnswer> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('./package.worker.ts', import.meta.url), {
    type: 'module',
    name: 'package',
  });
  const remote = wrap<PackageWorker>(worker);
  let end: (reason: unknown) => void = () => undefined;
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  const abort = () => end(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    end(new Error(BROKEN));
  });
  // Progress comes over a port of its own, so the last of it may arrive after the answer.
  let over = false;
  const tell = (progress: ExportProgress) => {
    if (!over) onProgress?.(progress);
  };
  try {
    return await Promise.race([remote.export(transfer(source, [source]), request, proxy(tell)), ended]);
  } finally {
    over = true;
    signal?.removeEventListener('abort', abort);
    remote[releaseProxy]();
    worker.terminate();
  }
}
