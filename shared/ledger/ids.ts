/** Ids: UUID version 7 (RFC 9562 section 5.7), lower case with hyphens. */
import { toHex } from './bytes.ts';

export type Id = string;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A new id from the clock (ms since 1970) and at least 10 random bytes. */
export function newId(nowMs: number, random: Uint8Array): Id {
  if (!Number.isSafeInteger(nowMs) || nowMs < 0 || nowMs >= 2 ** 48)
    throw new RangeError('no time for an id');
  if (random.length < 10) throw new RangeError('an id needs 10 random bytes');
  const bytes = new Uint8Array(16);
  for (let i = 0, rest = nowMs; i < 6; i += 1, rest = Math.floor(rest / 256)) bytes[5 - i] = rest % 256;
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function isId(value: unknown): value is Id {
  return typeof value === 'string' && UUID_V7.test(value);
}
