import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { readLog, readTable } from './leveldb.ts';
import { unsnap } from './snappy.ts';

/** Everything that a closed browser has left on the disk, as bytes that can be searched. */
export type Profile = {
  /** Each file as it is, and whatever was packed or cut up in it put together again. */
  texts: { file: string; how: 'raw' | 'log' | 'table' | 'value'; bytes: Buffer }[];
  /** Tables with compressed blocks: what could not have been found by reading the files alone. */
  compressedBlocks: number;
};

/** Reads a profile; LevelDBs are read with all that is in their logs and tables. */
export async function readProfile(root: string): Promise<Profile> {
  const profile: Profile = { texts: [], compressedBlocks: 0 };
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    add(profile, relative(root, path), await readFile(path));
  }
  return profile;
}

function add(profile: Profile, file: string, bytes: Buffer): void {
  profile.texts.push({ file, how: 'raw', bytes });
  const parts = partsOf(profile, file, bytes);
  profile.texts.push(...parts);
  for (const part of parts) {
    for (const value of packedValues(part.bytes)) profile.texts.push({ file, how: 'value', bytes: value });
  }
}

function partsOf(profile: Profile, file: string, bytes: Buffer): Profile['texts'] {
  const name = basename(file);
  if (/^\d{6}\.log$/.test(name)) {
    return readLog(bytes).map((record) => ({ file, how: 'log', bytes: Buffer.from(record) }));
  }
  if (!/^\d{6}\.ldb$/.test(name)) return [];
  const { blocks, compressed } = readTable(bytes);
  profile.compressedBlocks += compressed;
  return blocks.map((block) => ({ file, how: 'table', bytes: Buffer.from(block) }));
}

/** Blink packs large values with Snappy, behind these three bytes (`IDBValueWrapper`). */
const PACKED = Buffer.from([0xff, 0x11, 0x02]);

function packedValues(bytes: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = bytes.indexOf(PACKED); at !== -1; at = bytes.indexOf(PACKED, at + 1)) {
    const value = unpackFrom(bytes, at + PACKED.length);
    if (value) found.push(value);
  }
  return found;
}

function unpackFrom(bytes: Buffer, from: number): Buffer | null {
  try {
    return Buffer.from(unsnap(bytes.subarray(from)));
  } catch {
    return null;
  }
}

/** Every way in which bytes may stand in a file: as they are, in hex, and in base64 wherever its groups begin. */
function waysOf(secret: Buffer): Buffer[] {
  const base64 = [0, 1, 2].flatMap((skip) => {
    const padded = Buffer.concat([Buffer.alloc(skip), secret]).toString('base64');
    // The first and the last group also hold bits of what stands beside.
    const own = padded.slice(skip === 0 ? 0 : 4, padded.replace(/=+$/, '').length - 2);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const hex = secret.toString('hex');
  return [secret, ...[...base64, hex, hex.toUpperCase()].flatMap(wide)];
}

/** A text in one byte a letter and in two, either way round. */
function wide(text: string): Buffer[] {
  const narrow = Buffer.from(text, 'utf8');
  const two = Buffer.from(text, 'utf16le');
  return [narrow, two, Buffer.from(two).swap16()];
}

export type Secret = { what: string; forms: Buffer[] };
export const secretText = (what: string, text: string): Secret => ({
  what,
  forms: [...wide(text), ...wide(text).flatMap(waysOf)],
});
export const secretBytes = (what: string, bytes: Buffer): Secret => ({ what, forms: waysOf(bytes) });

/**
 * Where each secret stands, as `file (how)`. All of them are looked for in one pass, by the four bytes with which a
 * form begins: tens of megabytes, a few hundred forms.
 */
export function placesOf({ texts }: Profile, secrets: readonly Secret[]): Map<string, string[]> {
  const places = new Map(secrets.map(({ what }): [string, string[]] => [what, []]));
  const { byStart, seen } = indexOf(secrets);
  for (const { file, how, bytes } of texts) {
    const here = new Set<string>();
    let four = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      four = ((four << 8) | (bytes[at] ?? 0)) >>> 0;
      if (at < 3 || seen[four & 0xffff] === 0) continue;
      for (const { what, form } of byStart.get(four) ?? []) {
        if (at - 3 + form.length <= bytes.length && form.compare(bytes, at - 3, at - 3 + form.length) === 0)
          here.add(what);
      }
    }
    for (const what of here) places.get(what)?.push(`${file} (${how})`);
  }
  return places;
}

function indexOf(secrets: readonly Secret[]) {
  const byStart = new Map<number, { what: string; form: Buffer }[]>();
  const seen = new Uint8Array(65_536);
  for (const { what, forms } of secrets) {
    for (const form of forms) {
      const start = form.readUInt32BE(0);
      byStart.set(start, [...(byStart.get(start) ?? []), { what, form }]);
      seen[start & 0xffff] = 1;
    }
  }
  return { byStart, seen };
}
