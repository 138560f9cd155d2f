import { expose, wrap } from 'comlink';
import { loadSha256 } from '../../shared/ledger/hash.ts';
import type { LedgerSource } from '../../shared/protocol/ledger.ts';
import { type Exported, type ExportProgress, type ExportRequest, exportPackage } from './export-package.ts';
import { summaryPdf } from './summary-pdf.ts';

export type ExportAnswer =
  | { readonly kind: 'package'; readonly blob: Blob; readonly exported: Exported }
  | { readonly kind: 'refused'; readonly message: string };

/** Bytes gathered before they are put into a Blob, which the browser keeps outside of this worker's memory. */
const HANDED_OVER = 4 * 1024 * 1024;

class BlobBuilder {
  #parts: Blob[] = [];
  #waiting: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  readonly add = (bytes: Uint8Array<ArrayBuffer>): void => {
    this.#waiting.push(bytes);
    this.#size += bytes.length;
    if (this.#size >= HANDED_OVER) this.#handOver();
  };

  build(): Blob {
    this.#handOver();
    return new Blob(this.#parts, { type: 'application/zip' });
  }

  #handOver(): void {
    this.#parts.push(new Blob(this.#waiting));
    this.#waiting = [];
    this.#size = 0;
  }
}

const worker = {
  async export(
    port: MessagePort,
    request: ExportRequest,
    onProgress: (progress: ExportProgress) => void,
  ): Promise<ExportAnswer> {
    const builder = new BlobBuilder();
    const sha = await loadSha256();
    const ports = { sha, summaryPdf, onProgress, emit: builder.add };
    try {
      const exported = await exportPackage(wrap<LedgerSource>(port), request, ports);
      return { kind: 'package', blob: builder.build(), exported };
    } catch (error) {
      if (error instanceof RangeError) return { kind: 'refused', message: error.message };
      throw error;
    }
  },
};
export type PackageWorker = typeof worker;

expose(worker);
