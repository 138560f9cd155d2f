/** Zips that no honest program writes. */
import { zipSync } from 'fflate';
import { utf8 } from '../../shared/ledger/bytes.ts';

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

/** Changes a 16- or 32-bit field of the directory's entry for `name`. */
export function patched(
  zip: Uint8Array,
  name: string,
  field: { readonly at: number; readonly bits: 16 | 32; readonly value: number },
): Uint8Array<ArrayBuffer> {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  const wanted = utf8(name);
  for (let at = 0; at + 46 + wanted.length <= copy.length; at += 1) {
    if (view.getUint32(at, true) !== CENTRAL || !wanted.every((byte, i) => copy[at + 46 + i] === byte))
      continue;
    if (field.bits === 16) view.setUint16(at + field.at, field.value, true);
    else view.setUint32(at + field.at, field.value, true);
    return copy;
  }
  throw new Error(`no ${name} in the directory`);
}

/** Fields of a directory entry (APPNOTE 4.3.12). */
export const FLAGS = { at: 8, bits: 16 } as const;
export const SIZE = { at: 24, bits: 32 } as const;
