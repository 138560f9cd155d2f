import { Inflate } from 'fflate';
import { isPackageFile } from '../../shared/ledger/manifest.ts';
import { crc32 } from './crc32.ts';
import { readDirectory, type ZipCode, type ZipEntry, ZipError } from './zip-directory.ts';

/** Expanded size of all files together, beyond which a package is not opened: 512 MiB. */
export const MAX_EXPANDED = 512 * 1024 * 1024;
/** No record log packs better than this; more is a bomb. */
const MAX_RATIO = 100;
const SMALL = 1024 * 1024;
const PIECE = 64 * 1024;
const PIECES_A_BREATH = 64;

export type PackageReading =
  | { readonly ok: true; readonly files: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly code: ZipCode; readonly message: string };

export type UnzipOptions = {
  /** Expanded size at which to stop; `MAX_EXPANDED` when absent. */
  readonly maxExpanded?: number;
  /** Lets a page paint between stretches of work. */
  readonly breathe?: () => Promise<void>;
};

/**
 * Opens a package that anybody may have made. Every name outside of a package's own, doubled names, sizes beyond
 * the limit and anything that two zip readers could read in two ways is an answer, never an exception.
 */
export async function readPackage(zip: Uint8Array, options: UnzipOptions = {}): Promise<PackageReading> {
  try {
    const entries = readDirectory(zip);
    checkEntries(entries, options.maxExpanded ?? MAX_EXPANDED);
    const files = new Map<string, Uint8Array>();
    for (const entry of entries) files.set(entry.name, await expand(entry, options.breathe));
    return { ok: true, files };
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}

function checkEntries(entries: readonly ZipEntry[], limit: number): void {
  const names = new Set<string>();
  let total = 0;
  for (const { name, size, data } of entries) {
    if (!isPackageFile(name)) {
      throw new ZipError('name', `The zip holds "${name.slice(0, 80)}", which no package has.`);
    }
    if (names.has(name)) throw new ZipError('duplicate', `The zip holds ${name} twice.`);
    names.add(name);
    total += size;
    if (total > limit || (size > SMALL && size > MAX_RATIO * data.length)) {
      throw new ZipError(
        'too-large',
        `The zip expands to more than a package may: over ${limit} bytes, or too tightly packed.`,
      );
    }
  }
  if (!names.has('manifest.json')) {
    throw new ZipError('not-a-package', 'This zip is not a Countersign package: it has no manifest.json.');
  }
}

async function expand(entry: ZipEntry, breathe?: () => Promise<void>): Promise<Uint8Array> {
  const { name, method, data, size, crc } = entry;
  const bytes = method === 'stored' ? data : await inflate(entry, breathe);
  if (bytes.length !== size || crc32(bytes) !== crc) {
    throw new ZipError('damaged', `${name} in the zip is damaged. Ask for the package again.`);
  }
  return bytes;
}

/** Inflates into a buffer of the claimed size; stops as soon as there is more, or the stream ends too early. */
async function inflate({ name, data, size }: ZipEntry, breathe?: () => Promise<void>): Promise<Uint8Array> {
  const damaged = new ZipError('damaged', `${name} in the zip is damaged. Ask for the package again.`);
  const out = new Uint8Array(size);
  let at = 0;
  const stream = new Inflate((chunk) => {
    if (at + chunk.length > size) throw damaged;
    out.set(chunk, at);
    at += chunk.length;
  });
  for (let from = 0, piece = 1; from < data.length; from += PIECE, piece += 1) {
    try {
      stream.push(data.subarray(from, from + PIECE), from + PIECE >= data.length);
    } catch {
      throw damaged; // fflate's own errors say nothing more that a person could use
    }
    if (unread(stream) > MOST_HELD) throw damaged;
    if (piece % PIECES_A_BREATH === 0) await breathe?.();
  }
  if (at !== size || unread(stream) > 0) throw damaged;
  return out;
}

/** A stored block is the most that a stream waits for: 64 KiB and its head. */
const MOST_HELD = 3 * PIECE;

/**
 * Whole bytes that the stream was given and has not read. Behind the end of a deflate stream fflate takes anything
 * without a word, so its own state has to say it: bytes that it holds in `p`, bits read of the first of them in `s.p`.
 */
function unread(stream: Inflate): number {
  const held: unknown = Reflect.get(stream, 'p');
  const state: unknown = Reflect.get(stream, 's');
  const bits: unknown = typeof state === 'object' && state !== null ? Reflect.get(state, 'p') : undefined;
  if (!(held instanceof Uint8Array) || typeof bits !== 'number')
    throw new Error('another fflate than expected');
  return bits > 0 ? held.length - 1 : held.length;
}
