import { releaseProxy, wrap } from 'comlink';
import type { RecordRow, RowQuery } from '../../../shared/protocol/views.ts';
import type { ContentsWorker } from './contents.worker.ts';

/** An opened package, kept in a worker until it is closed. */
export type Contents = {
  count: number;
  rows(query: RowQuery): Promise<{ rows: RecordRow[]; size: number }>;
  line(seq: number): Promise<string | undefined>;
  close(): void;
};

/** Opens a package file for reading. Its verdict is another worker's business. */
export async function openContents(file: Blob): Promise<Contents> {
  const worker = new Worker(new URL('./contents.worker.ts', import.meta.url), {
    type: 'module',
    name: 'contents',
  });
  const remote = wrap<ContentsWorker>(worker);
  const count = await remote.open(file);
  return {
    count,
    rows: (query) => remote.rows(query),
    line: (seq) => remote.line(seq),
    close: () => {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
