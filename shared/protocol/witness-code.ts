import * as v from 'valibot';
import { type DomainEntry, parseEntry } from '../domain/entries.ts';
import { hash, id, keyId, line, publicKey, time } from '../domain/schema.ts';
import { SIGNER_NAME } from '../domain/state.ts';
import { utf8 } from '../ledger/bytes.ts';
import { canonicalize } from '../ledger/canonical.ts';

/**
 * What travels between a screen and a phone by camera, in both directions and with no network: how a phone's key
 * comes into a ledger, and how somebody witnesses with it. One QR code (ISO/IEC 18004) a message, as text.
 */

const PREFIX = 'CSW1:';
/** A code of more than so many bytes is hard to read off a screen; version 25 at level L holds 1,273. */
export const MAX_CODE_BYTES = 1_250;

const beginning = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));

const invitation = v.strictObject({
  t: v.literal('invitation'),
  ledger: id,
  /** The first digits of the hash of the ledger's first record: what a clinic is known by. */
  genesis: beginning,
  facility: line(120),
  staff: v.strictObject({ id, name: line(80) }),
});

const phoneKey = v.strictObject({
  ...{ t: v.literal('key'), ledger: id, staff: id, publicKey },
  /** What the phone calls itself. */
  name: line(60),
});

const request = v.strictObject({
  ...{ t: v.literal('request'), ledger: id, by: id, key: keyId },
  /** The entry as it will stand in the log. Its hash is what the answer signs for. */
  entry: v.record(v.string(), v.unknown()),
  /** What the entry's ids are called. The screen that asks says so; the phone cannot know better. */
  names: v.strictObject({ performer: line(SIGNER_NAME), drug: line(140), container: line(40) }),
});

const answer = v.strictObject({
  ...{ t: v.literal('answer'), ledger: id, entry: hash, by: id, key: keyId, at: time },
  sig: v.pipe(v.string(), v.regex(/^[\w-]{85}[AQgw]$/)),
});

const message = v.variant('t', [invitation, phoneKey, request, answer]);
export type WitnessMessage = v.InferOutput<typeof message>;
export type Invitation = v.InferOutput<typeof invitation>;
export type PhoneKeyMessage = v.InferOutput<typeof phoneKey>;
export type WitnessRequest = Omit<v.InferOutput<typeof request>, 'entry'> & { entry: DomainEntry };
export type WitnessAnswer = v.InferOutput<typeof answer>;
export type WitnessCode = Invitation | PhoneKeyMessage | WitnessRequest | WitnessAnswer;

/** True for text that says that it is one of these codes, whatever it is worth. */
export const isWitnessCode = (text: string): boolean => text.startsWith(PREFIX);

/** The text of a code. `too-long` where nobody could read it off a screen. */
export function printWitnessCode(
  code: WitnessCode,
): { ok: true; text: string } | { ok: false; code: 'too-long' } {
  const text = `${PREFIX}${canonicalize(code)}`;
  return utf8(text).length > MAX_CODE_BYTES ? { ok: false, code: 'too-long' } : { ok: true, text };
}

/** Reads a code that a camera saw; `null` for everything else. What it says is a claim until it is checked. */
export function readWitnessCode(text: string): WitnessCode | null {
  if (!isWitnessCode(text) || text.length > MAX_CODE_BYTES) return null;
  try {
    const read = v.safeParse(message, JSON.parse(text.slice(PREFIX.length)));
    if (!read.success) return null;
    if (read.output.t !== 'request') return read.output;
    const entry = parseEntry(read.output.entry);
    return entry.ok ? { ...read.output, entry: entry.entry } : null;
  } catch {
    return null;
  }
}
