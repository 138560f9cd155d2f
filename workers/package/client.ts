/** The page's side of export: a worker an export, ended with it. Cancelling ends the worker where it stands. */
import { transfer } from 'comlink';
import { runTask } from '../one-task.ts';
import type { ExportProgress, ExportRequest } from './export-package.ts';
import type { ExportAnswer, PackageWorker } from './package.worker.ts';

export type { Exported, ExportProgress, ExportRequest } from './export-package.ts';
export type { ExportAnswer } from './package.worker.ts';

export type ExportOptions = ExportRequest & {
  readonly onProgress?: (progress: ExportProgress) => void;
  readonly signal?: AbortSignal;
};

/**
 * Makes a chain package. `source` is a port that `LedgerService.connectSource` answers on; it is handed over.
 * Rejects with the signal's reason when cancelled, and with an Error whose message is for people when the worker broke.
 */
export function exportPackage(
  source: MessagePort,
  { onProgress, signal, ...request }: ExportOptions,
): Promise<ExportAnswer> {
  return runTask<PackageWorker, ExportProgress, ExportAnswer>(
    () => new Worker(new URL('./package.worker.ts', import.meta.url), { type: 'module', name: 'package' }),
    { onProgress, signal, broken: 'The package could not be made. Nothing was saved; try again.' },
    (remote, tell) => remote.export(transfer(source, [source]), request, tell),
  );
}
