/** Zips that no honest program writes. */
import { deflateSync, Zip, ZipDeflate, type ZipOptions, type Zippable, zipSync } from 'fflate';
import { concat, utf8 } from '../../shared/ledger/bytes.ts';
import { crc32 } from '../../workers/package/crc32.ts';

const mtime = new Date(2026, 8, 8, 12);

/** A zip of these files in their order, under names of any kind. */
export function rawZip(files: readonly (readonly [string, Uint8Array])[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync(Object.fromEntries(files), { mtime, level: 6 }));
}

/** Replaces every occurrence of a name by another of the same length: two entries can so get one name. */
export function renamed(zip: Uint8Array, from: string, to: string): Uint8Array<ArrayBuffer> {
  const [old, now] = [utf8(from), utf8(to)];
  if (old.length !== now.length) throw new Error('names of one length only');
  const copy = zip.slice();
  for (let at = 0; at + old.length <= copy.length; at += 1) {
    if (old.every((byte, i) => copy[at + i] === byte)) copy.set(now, at);
  }
  return copy;
}

const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;

export type Field = { readonly at: number; readonly bits: 16 | 32; readonly value: number };

/** Changes a 16- or 32-bit field of the directory's entry for `name`. */
export function patched(zip: Uint8Array, name: string, field: Field): Uint8Array<ArrayBuffer> {
  return patchedAt(zip, name, field, { magic: CENTRAL, bytes: 46 });
}

/** Changes a field of the header in front of the file `name`. */
export function patchedLocal(zip: Uint8Array, name: string, field: Field): Uint8Array<ArrayBuffer> {
  return patchedAt(zip, name, field, { magic: LOCAL, bytes: 30 });
}

function patchedAt(
  zip: Uint8Array,
  name: string,
  { at: offset, bits, value }: Field,
  header: { readonly magic: number; readonly bytes: number },
): Uint8Array<ArrayBuffer> {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  const wanted = utf8(name);
  for (let at = 0; at + header.bytes + wanted.length <= copy.length; at += 1) {
    if (view.getUint32(at, true) !== header.magic) continue;
    if (!wanted.every((byte, i) => copy[at + header.bytes + i] === byte)) continue;
    if (bits === 16) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
    return copy;
  }
  throw new Error(`no ${name} in the zip`);
}

/** Fields of a directory entry (APPNOTE 4.3.12), and those of a local header (4.3.7) that differ in place. */
export const NEEDED = { at: 6, bits: 16 } as const;
export const FLAGS = { at: 8, bits: 16 } as const;
export const METHOD = { at: 10, bits: 16 } as const;
export const CRC = { at: 16, bits: 32 } as const;
export const SIZE = { at: 24, bits: 32 } as const;
export const DISK = { at: 34, bits: 16 } as const;
export const ATTRIBUTES = { at: 38, bits: 32 } as const;
export const LOCAL_FLAGS = { at: 6, bits: 16 } as const;
export const LOCAL_METHOD = { at: 8, bits: 16 } as const;
export const LOCAL_CRC = { at: 14, bits: 32 } as const;
export const LOCAL_SIZE = { at: 22, bits: 32 } as const;

/** One file of a zip with what fflate lets its entry have. */
export function zipWith(
  files: ReadonlyMap<string, Uint8Array>,
  name: string,
  options: ZipOptions,
): Uint8Array<ArrayBuffer> {
  const entries: Zippable = {};
  for (const [each, bytes] of files) entries[each] = [bytes, each === name ? options : {}];
  return new Uint8Array(zipSync(entries, { mtime, level: 6 }));
}

/** A zip in which bytes hide behind the end of the deflate stream of `name`. */
export function zipHiding(
  files: ReadonlyMap<string, Uint8Array>,
  name: string,
  hidden: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const content = files.get(name) ?? new Uint8Array();
  const packed = concat(deflateSync(content), hidden);
  const crc = crc32(content);
  let zip = zipWith(new Map([...files, [name, packed]]), name, { level: 0 });
  zip = patched(patched(zip, name, { ...METHOD, value: 8 }), name, { ...CRC, value: crc });
  zip = patched(zip, name, { ...SIZE, value: content.length });
  zip = patchedLocal(patchedLocal(zip, name, { ...LOCAL_METHOD, value: 8 }), name, {
    ...LOCAL_CRC,
    value: crc,
  });
  return patchedLocal(zip, name, { ...LOCAL_SIZE, value: content.length });
}

/** A zip as a program writes it that does not know the sizes beforehand: with data descriptors. */
export function zipStreamed(files: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    parts.push(bytes);
  });
  for (const [name, content] of files) {
    const entry = new ZipDeflate(name, { level: 6 });
    entry.mtime = mtime;
    zip.add(entry);
    entry.push(content, true);
  }
  zip.end();
  return concat(...parts);
}
