/**
 * The directory of a zip (PKWARE APPNOTE 4.3), read so strictly that it has one meaning only: entries stand one
 * after the other from the first byte, the directory follows them, and its end record are the last bytes. What
 * other readers might see differently (gaps, overlaps, comments, extra fields, two headers that differ, entries that
 * are no plain files) is refused.
 */

export type ZipCode = 'not-a-package' | 'damaged' | 'name' | 'duplicate' | 'too-large' | 'unsupported';

/** Why a zip was not opened. `message` is a sentence for the person. */
export class ZipError extends Error {
  readonly code: ZipCode;

  constructor(code: ZipCode, message: string) {
    super(message);
    this.name = 'ZipError';
    this.code = code;
  }
}

export type ZipEntry = {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly crc: number;
  /** Compressed bytes. */
  readonly data: Uint8Array;
  /** Expanded size that the directory claims. */
  readonly size: number;
};

/** More than any ledger has files; a directory of more is refused unread. */
const MAX_ENTRIES = 1000;

const END_BYTES = 22;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;

/** All entries in their order. Throws `ZipError`. */
export function readDirectory(zip: Uint8Array): ZipEntry[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  if (zip.length < 4 || view.getUint32(0, true) !== 0x04034b50) {
    throw new ZipError('not-a-package', 'This file is not a zip. Choose the package as it was exported.');
  }
  const end = zip.length - END_BYTES;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) {
    throw damaged('its end is missing');
  }
  const count = view.getUint16(end + 10, true);
  const directory = view.getUint32(end + 16, true);
  const whole =
    view.getUint16(end + 8, true) === count &&
    view.getUint32(end + 4, true) === 0 &&
    view.getUint16(end + 20, true) === 0 &&
    directory + view.getUint32(end + 12, true) === end;
  if (!whole) throw damaged('its directory is not where its end says');
  if (count > MAX_ENTRIES) throw new ZipError('too-large', `The zip holds more than ${MAX_ENTRIES} files.`);
  const entries: ZipEntry[] = [];
  let [at, data] = [directory, 0];
  for (let i = 0; i < count; i += 1) {
    const central = readCentral(zip, view, at, end);
    const { entry, next } = readLocal(zip, view, data, directory, central);
    entries.push(entry);
    at = central.next;
    data = next;
  }
  if (at !== end || data !== directory) throw damaged('bytes stand between its files');
  return entries;
}

type Central = {
  readonly name: string;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
  readonly next: number;
};

function readCentral(zip: Uint8Array, view: DataView, at: number, end: number): Central {
  if (at + CENTRAL_BYTES > end || view.getUint32(at, true) !== 0x02014b50)
    throw damaged('its directory is broken');
  const next = at + CENTRAL_BYTES + view.getUint16(at + 28, true);
  if (next > end) throw damaged('its directory is broken');
  const central: Central = {
    name: readName(zip.subarray(at + CENTRAL_BYTES, next)),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    crc: view.getUint32(at + 16, true),
    compressed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
    next,
  };
  const extra = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (extra > 0) throw unsupported(`${central.name} has a comment or an extra field`);
  if (view.getUint16(at + 34, true) !== 0) throw unsupported(`${central.name} is on another disk`);
  if (!isPlainFile(view.getUint32(at + 38, true))) throw unsupported(`${central.name} is not a plain file`);
  checkPacking(central, view.getUint8(at + 6));
  return central;
}

/** External attributes of a regular file that nothing runs: none, or its kind and who reads and writes it. */
function isPlainFile(attributes: number): boolean {
  const [unix, dos] = [attributes >>> 16, attributes & 0xffff];
  return (unix & ~0o100666) === 0 && (dos & ~DOS_ARCHIVE) === 0;
}

const DOS_ARCHIVE = 0x20;
const DESCRIPTOR = 1 << 3;
/** How hard the packer tried (bits 1 and 2), a data descriptor (3), a name in UTF-8 (11). */
const ALLOWED_FLAGS = 0b110 | DESCRIPTOR | (1 << 11);
/** Version 2.0 of the format: deflate, and nothing after it. */
const NEEDED = 20;

function checkPacking({ name, flags, method, compressed, size }: Central, needed: number): void {
  const plain = (flags & ~ALLOWED_FLAGS) === 0 && needed <= NEEDED;
  // Where a stored file's length stands behind it only, a reader that goes front to back cannot find its end.
  const deflated = method === 8 || (method === 0 && !(flags & DESCRIPTOR));
  if (!plain || !deflated || size === 0xffffffff || compressed === 0xffffffff) {
    throw unsupported(`${name} is encrypted or packed in a way that no package is`);
  }
}

function readLocal(zip: Uint8Array, view: DataView, at: number, limit: number, central: Central) {
  const { name, flags, method, crc, compressed, size, offset } = central;
  const begins = offset === at && at + LOCAL_BYTES <= limit && view.getUint32(at, true) === 0x04034b50;
  if (!begins) throw damaged(`${name} is not where the directory says`);
  const data = at + LOCAL_BYTES + view.getUint16(at + 26, true);
  const end = data + compressed;
  if (end > limit) throw damaged(`${name} is broken`);
  if (readName(zip.subarray(at + LOCAL_BYTES, data)) !== name) throw damaged(`${name} has two names`);
  if (view.getUint16(at + 28, true) !== 0) throw unsupported(`${name} has an extra field`);
  const sums = flags & DESCRIPTOR ? [0, 0, 0] : [crc, compressed, size];
  const same =
    view.getUint8(at + 4) <= NEEDED &&
    view.getUint16(at + 6, true) === flags &&
    view.getUint16(at + 8, true) === method &&
    sums.every((sum, i) => view.getUint32(at + 14 + 4 * i, true) === sum);
  if (!same) throw damaged(`${name} has two headers that differ`);
  const entry: ZipEntry = {
    ...{ name, crc, size, data: zip.subarray(data, end) },
    method: method === 0 ? 'stored' : 'deflated',
  };
  return { entry, next: flags & DESCRIPTOR ? readDescriptor(view, end, limit, central) : end };
}

/** The data descriptor behind an entry, with its signature, which has to say what the directory says. */
function readDescriptor(view: DataView, at: number, limit: number, central: Central): number {
  const said = [0x08074b50, central.crc, central.compressed, central.size];
  const next = at + 4 * said.length;
  if (next > limit || !said.every((value, i) => view.getUint32(at + 4 * i, true) === value)) {
    throw damaged(`${central.name} is described in two ways`);
  }
  return next;
}

/** Names of packages are ASCII; any other byte becomes a letter that no allowed name has. */
function readName(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '?')).join('');
}

function unsupported(what: string): ZipError {
  return new ZipError('unsupported', `The zip is not made as a package is: ${what}.`);
}

function damaged(what: string): ZipError {
  return new ZipError('damaged', `The zip is cut short or was changed: ${what}. Ask for the package again.`);
}
