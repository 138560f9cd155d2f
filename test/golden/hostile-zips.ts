/** Zips that two readers could read in two ways, and zips of more than plain files. */
import { utf8 } from '../../shared/ledger/bytes.ts';
import { shortStory } from './builder.ts';
import type { Case } from './integrity-cases.ts';
import { packageOf, zipOf } from './package-files.ts';
import {
  ATTRIBUTES,
  DISK,
  LOCAL_CRC,
  LOCAL_FLAGS,
  LOCAL_SIZE,
  NEEDED,
  patched,
  patchedLocal,
  zipHiding,
  zipStreamed,
  zipWith,
} from './zip-tricks.ts';

const FILE = 'README.txt';
const small = async () => packageOf(await shortStory());
const made = (name: string, make: () => Promise<Uint8Array>): Case => ({ name: `package.${name}.zip`, make });

/** Info-ZIP's Unicode path (0x7075): version, CRC of the name, another name. */
const UNICODE_PATH = new Uint8Array([1, 0, 0, 0, 0, ...utf8('log.csv')]);

export const HOSTILE_ZIPS: readonly Case[] = [
  made('valid.streamed', async () => zipStreamed(await small())),
  made('refused.damaged.descriptor-of-another', async () => {
    const zip = zipStreamed(await small());
    const view = new DataView(zip.buffer);
    for (let at = 0; ; at += 1) {
      if (view.getUint32(at, true) !== 0x08074b50) continue;
      view.setUint32(at + 12, view.getUint32(at + 12, true) + 1, true);
      return zip;
    }
  }),
  made('refused.damaged.local-crc', async () =>
    patchedLocal(zipOf(await small()), FILE, { ...LOCAL_CRC, value: 7 }),
  ),
  made('refused.damaged.local-size', async () =>
    patchedLocal(zipOf(await small()), FILE, { ...LOCAL_SIZE, value: 7 }),
  ),
  made('refused.damaged.local-encrypted', async () =>
    patchedLocal(zipOf(await small()), FILE, { ...LOCAL_FLAGS, value: 1 }),
  ),
  made('refused.damaged.hidden-bytes', async () =>
    zipHiding(await small(), FILE, utf8('Behind the end of the stream.')),
  ),
  made('refused.unsupported.unicode-path', async () =>
    zipWith(await small(), FILE, { extra: { 28789: UNICODE_PATH } }),
  ),
  made('refused.unsupported.comment', async () => zipWith(await small(), FILE, { comment: 'for you' })),
  made('refused.unsupported.link', async () =>
    zipWith(await small(), FILE, { os: 3, attrs: 0o120777 * 0x10000 }),
  ),
  made('refused.unsupported.program', async () =>
    patched(zipOf(await small()), FILE, { ...ATTRIBUTES, value: 0o100755 * 0x10000 }),
  ),
  made('refused.unsupported.other-disk', async () =>
    patched(zipOf(await small()), FILE, { ...DISK, value: 1 }),
  ),
  made('refused.unsupported.later-zip', async () =>
    patched(zipOf(await small()), FILE, { ...NEEDED, value: 63 }),
  ),
];
