import * as v from 'valibot';
import { isQuantity, UNITS } from './quantity.ts';

/** The building blocks of every entry body. Types of text are checked by printing back where the ledger's own rules say so. */

const HEX64 = /^[0-9a-f]{64}$/;
const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

export const id = v.pipe(v.string(), v.regex(UUID7));
export const hash = v.pipe(v.string(), v.regex(HEX64));
export const time = v.pipe(
  v.string(),
  v.regex(TIME),
  v.check((text) => isRealTime(text)),
);
export const date = v.pipe(
  v.string(),
  v.regex(DATE),
  v.check((text) => isRealTime(`${text}T00:00:00.000Z`)),
);
/** 32 bytes in base64url without padding. */
export const publicKey = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));
export const keyId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/));
/** What a WebAuthn credential is called by its authenticator: up to 1,023 bytes in base64url. */
export const credentialId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,1364}$/));

export const signedQuantity = v.pipe(v.string(), v.check(isQuantity));
/** Zero or more. */
export const quantity = v.pipe(
  signedQuantity,
  v.check((text) => !text.startsWith('-')),
);
/** More than zero. */
export const positive = v.pipe(
  quantity,
  v.check((text) => text !== '0'),
);
export const unit = v.picklist(UNITS);

/** A line of text that a person typed: trimmed, not empty, no control characters. */
export const line = (max: number) =>
  v.pipe(v.string(), v.minLength(1), v.maxLength(max), v.check(isPlainLine, 'one line of plain text'));

export const schedule = v.picklist(['II', 'III', 'IV', 'V']);
export type Schedule = v.InferOutput<typeof schedule>;

/** Patients are never named in the log: an opaque reference and a salted commitment. */
export const patient = v.strictObject({ ref: id, commitment: hash });
export type PatientReference = v.InferOutput<typeof patient>;

function isRealTime(text: string): boolean {
  const ms = Date.parse(text);
  return Number.isFinite(ms) && new Date(ms).toISOString() === text;
}

function isPlainLine(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control and bidirectional characters are what is refused
  return text.trim() === text && !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text);
}
