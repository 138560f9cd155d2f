import { isObject, type JsonObject } from '../../../shared/ledger/canonical.ts';

/** What Settings says in words. */

/** First 16 hex digits in groups of four: short enough to be read out loud. */
export function readOut(hash: string): string {
  return (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}

/** Reads a pasted extension id: 32 letters a to p, alone or inside a chrome-extension address. */
export function readExtensionId(
  typed: string,
  paired: readonly string[],
): { ok: true; id: string } | { ok: false; message: string } {
  const text = typed.trim().toLowerCase();
  const id = /^(?:chrome-extension:\/\/)?([a-p]{32})(?:\/.*)?$/.exec(text)?.[1];
  if (text === '')
    return { ok: false, message: 'Paste the id that the extension shows on its options page.' };
  if (id === undefined) {
    return {
      ok: false,
      message:
        'That is not an extension id. It has 32 letters from a to p; copy it from the options page of the extension.',
    };
  }
  return paired.includes(id)
    ? { ok: false, message: 'This extension is approved already.' }
    : { ok: true, id };
}

/** A number of bytes for people: `3.4 MB`. Decimal units, as storage is sold and reported. */
export function bytesInWords(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** What the browser said about keeping the store, and what follows from it. */
export const PERSISTENCE_WORDS = {
  unknown: 'The browser has not been asked yet. It is asked when the next record is written.',
  granted: 'The browser has promised to keep this store until a person deletes it.',
  refused:
    'The browser may delete this store when the disk gets full. Install the app or ask again, and keep packages elsewhere.',
  unsupported: 'This browser does not say whether it keeps the store. Keep packages elsewhere.',
} as const;

/** The name that the first record gives to the device. */
export function deviceNameOf(body: JsonObject): string | undefined {
  const { device } = body;
  return isObject(device) && typeof device.name === 'string' ? device.name : undefined;
}
