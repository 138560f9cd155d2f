import { Zip, ZipDeflate } from 'fflate';
import { toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { formatManifest, type Manifest, type ManifestFile } from '../../shared/ledger/manifest.ts';
import { type StreamHash, startHash } from './stream-hash.ts';

/** A file of the package that is written piece by piece. */
export type FileWriter = {
  write(bytes: Uint8Array): void;
  end(): void;
};

/** Fixed, because it decides the bytes: the same records give the same zip. */
const LEVEL = 6;

/** Writes the files of a package into a zip as they come, and its manifest last. */
export class PackageWriter {
  readonly #zip: Zip;
  readonly #mtime: Date;
  readonly #files: ManifestFile[] = [];
  #error: Error | undefined;

  /** `made` (RFC 3339) dates the files; `emit` gets the zip's bytes in order. */
  constructor(made: string, emit: (bytes: Uint8Array<ArrayBuffer>) => void) {
    this.#mtime = zipDate(made);
    this.#zip = new Zip((error, bytes) => {
      if (error) this.#error = error;
      else if (bytes.length > 0) emit(new Uint8Array(bytes));
    });
  }

  /** Begins a file. Several may be open at once; they stand in the zip in the order in which they were begun. */
  async begin(name: string): Promise<FileWriter> {
    return this.#begin(name, await startHash());
  }

  /** Adds a whole file. */
  async add(name: string, content: Uint8Array | string): Promise<void> {
    const file = await this.begin(name);
    file.write(typeof content === 'string' ? utf8(content) : content);
    file.end();
  }

  /** Adds the manifest over all files, and ends the zip. */
  async end(manifest: Omit<Manifest, 'files'>): Promise<void> {
    const files = this.#files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    await this.add('manifest.json', formatManifest({ ...manifest, files }));
    this.#zip.end();
    if (this.#error) throw this.#error;
  }

  #begin(name: string, hash: StreamHash): FileWriter {
    const packed = new ZipDeflate(name, { level: LEVEL });
    packed.mtime = this.#mtime;
    packed.os = 3;
    this.#zip.add(packed);
    let bytes = 0;
    return {
      write: (piece) => {
        hash.update(piece);
        bytes += piece.length;
        packed.push(piece);
      },
      end: () => {
        packed.push(new Uint8Array(), true);
        this.#files.push({ name, sha256: toHex(hash.digest()), bytes });
      },
    };
  }
}

/** Zip times have no zone. Noon of the day, so that no summer time of the machine's own zone can shift it. */
function zipDate(made: string): Date {
  const day = new Date(made);
  return new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), 12);
}
