/**
 * The record: one canonical line of `records.jsonl`, and its strict reader (README.md, "Record").
 */
import { type Assertion, parseAssertion, printAssertion } from './assertion.ts';
import { toBase64Url, utf8 } from './bytes.ts';
import { canonicalize, isObject, type Json, type JsonObject, parseCanonical, reprint } from './canonical.ts';
import { LedgerError } from './errors.ts';
import { type Hash, isHash, type Sha256 } from './hash.ts';
import { type Id, isId } from './ids.ts';
import { isTime, type Time } from './time.ts';

export const FORMAT_VERSION = 1;

/**
 * A signature is made before its record is appended. Between the two the clock may be set back, so a
 * signature may be dated this much (ms) after `recorded`, and no more.
 */
export const SIGNING_SLACK_MS = 5 * 60_000;

/** Longest line, in UTF-8 bytes without the newline. */
export const MAX_LINE_BYTES = 64 * 1024;

/** First 16 bytes of SHA-256 of a raw public key, as base64url: 22 letters. */
export type KeyId = string;

export const SIGNER_ROLES = ['performer', 'witness', 'approver', 'registrant'] as const;
export type SignerRole = (typeof SIGNER_ROLES)[number];

/** The fact that people sign. */
export type Entry = {
  /** Idempotency key, unique in the ledger. */
  readonly id: Id;
  readonly type: string;
  /** When the act happened, as the person says. */
  readonly at: Time;
  /** Leaf hash of the log head that the signer's screen was built on. */
  readonly after: Hash;
  /** Staff id of the performer; the device's id where the device itself performed. */
  readonly by: Id;
  readonly body: JsonObject;
};

export type Signature = {
  readonly as: SignerRole;
  readonly by: Id;
  readonly key: KeyId;
  readonly at: Time;
  /** 64 bytes as base64url. */
  readonly sig: string;
  /** The signer's second factor, where one was used. */
  readonly assertion?: Assertion;
};

export type LedgerRecord = {
  readonly v: typeof FORMAT_VERSION;
  /** `<ledger id>/<device id>`. */
  readonly log: string;
  readonly seq: number;
  readonly prev: Hash;
  readonly recorded: Time;
  /** 16 random bytes as base64url. */
  readonly nonce: string;
  readonly entry: Entry;
  /** The first is the performer's. */
  readonly signatures: readonly Signature[];
};

export type ParsedRecord = {
  /** The text that is stored, hashed and exported. */
  readonly line: string;
  readonly record: LedgerRecord;
  /** The part of `line` that is JCS(entry); its SHA-256 is the entry hash. */
  readonly entryText: string;
};

/** Whether the signature is dated later than its record, beyond the slack for a clock that was set back. */
export function isSignedLate({ at }: Signature, { recorded }: LedgerRecord): boolean {
  return at > recorded && Date.parse(at) > Date.parse(recorded) + SIGNING_SLACK_MS;
}

/** `<ledger id>/<device id>`, the name of a device's log. */
export function formatLog(ledger: Id, device: Id): string {
  return `${ledger}/${device}`;
}

/** The two ids of a log's name. Throws `parse`. */
export function parseLog(log: string): { readonly ledger: Id; readonly device: Id } {
  const [ledger, device, ...rest] = log.split('/');
  if (!isId(ledger) || !isId(device) || rest.length > 0) throw refuse('log is not <ledger id>/<device id>');
  return { ledger, device };
}

/** Key id of a raw 32-byte Ed25519 public key. */
export function keyId(sha: Sha256, publicKey: Uint8Array): KeyId {
  return toBase64Url(sha(publicKey).subarray(0, 16));
}

/** 16 bytes as base64url. */
export function isKeyId(value: unknown): value is KeyId {
  return typeof value === 'string' && BYTES_16.test(value);
}

/**
 * The canonical line of a record, without newline. It is read back before it is returned, so a record
 * that no verifier would accept cannot be written. Throws as `parseRecord` does.
 */
export function formatRecord(record: LedgerRecord): string {
  return parseRecord(canonicalize(record)).line;
}

/**
 * Reads one line, without its newline. Throws `parse` (not JSON, too long, wrong member, type or length),
 * `canonical` (another spelling of the same JSON) or `version` (not `v: 1`).
 */
export function parseRecord(line: string): ParsedRecord {
  if (
    line.length > MAX_LINE_BYTES ||
    (line.length * 3 > MAX_LINE_BYTES && utf8(line).length > MAX_LINE_BYTES)
  ) {
    throw refuse('the line is longer than 64 KiB');
  }
  return readPrinted(line) ?? explain(line);
}

/**
 * The record, if the line is exactly what prints it. Checking the shape first and then printing that one
 * shape takes half the time of printing any JSON; a verifier does it for every line of a log.
 */
function readPrinted(line: string): ParsedRecord | undefined {
  let record: LedgerRecord;
  let entryText: string;
  try {
    record = readRecord(JSON.parse(line));
    entryText = printEntry(record.entry);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof LedgerError) return undefined;
    throw error;
  }
  return printRecord(record, entryText) === line ? { line, record, entryText } : undefined;
}

/** Throws what is wrong with a line that does not print back, the most telling first. */
function explain(line: string): never {
  if (isOfOtherVersion(line)) {
    throw new LedgerError({
      code: 'version',
      message: 'The record is of another format version than 1.',
    });
  }
  readRecord(parseCanonical(line));
  throw refuse('it has a member that no record has');
}

/** Whether it is JSON of another version: what else holds of its text is then for that version to say. */
function isOfOtherVersion(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) && Object.hasOwn(value, 'v') && value.v !== FORMAT_VERSION;
  } catch {
    return false;
  }
}

/** JCS(entry) of an entry whose members have their shape, so that only the body can need escapes. */
function printEntry({ after, at, body, by, id, type }: Entry): string {
  return `{"after":"${after}","at":"${at}","body":${reprint(body, BODY_DEPTH)},"by":"${by}","id":"${id}","type":"${type}"}`;
}

function printRecord(record: LedgerRecord, entryText: string): string {
  const { log, nonce, prev, recorded, seq, v } = record;
  const signatures = record.signatures.map(printSignature);
  return `{"entry":${entryText},"log":"${log}","nonce":"${nonce}","prev":"${prev}","recorded":"${recorded}","seq":${seq},"signatures":[${signatures.join()}],"v":${v}}`;
}

function printSignature({ as, assertion, at, by, key, sig }: Signature): string {
  if (assertion === undefined) {
    return `{"as":"${as}","at":"${at}","by":"${by}","key":"${key}","sig":"${sig}"}`;
  }
  return `{"as":"${as}","assertion":${printAssertion(assertion)},"at":"${at}","by":"${by}","key":"${key}","sig":"${sig}"}`;
}

/** The body stands within the entry, within the record. */
const BODY_DEPTH = 2;

// The last letter of 16 or 64 bytes in base64url carries four unused bits, which have to be zero.
const BYTES_16 = /^[\w-]{21}[AQgw]$/;
const BYTES_64 = /^[\w-]{85}[AQgw]$/;
const TYPE = /^[a-z]+(?:[.-][a-z]+)*$/;

/** The members of a record, each of its shape; that there are no others shows when it is printed. */
function readRecord(value: Json): LedgerRecord {
  if (!isObject(value)) throw refuse('the line is not an object');
  if (value.v !== FORMAT_VERSION) throw refuse('v is missing');
  const { log, seq, prev, recorded, nonce } = value;
  if (typeof log !== 'string') throw refuse('log is not a text');
  parseLog(log);
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 0) throw refuse('seq is not a position');
  if (!isHash(prev)) throw refuse('prev is not a hash');
  if (!isTime(recorded)) throw refuse('recorded is not a time');
  if (typeof nonce !== 'string' || !BYTES_16.test(nonce)) throw refuse('nonce is not 16 bytes');
  const entry = readEntry(value.entry);
  return {
    v: FORMAT_VERSION,
    log,
    seq,
    prev,
    recorded,
    nonce,
    entry,
    signatures: readSignatures(value.signatures, entry),
  };
}

function readEntry(value: Json | undefined): Entry {
  if (!isObject(value)) throw refuse('entry is not an object');
  const { id, type, at, after, by, body } = value;
  if (!isId(id)) throw refuse('entry.id is not an id');
  if (typeof type !== 'string' || type.length > 64 || !TYPE.test(type))
    throw refuse('entry.type is not a type name');
  if (!isTime(at)) throw refuse('entry.at is not a time');
  if (!isHash(after)) throw refuse('entry.after is not a hash');
  if (!isId(by)) throw refuse('entry.by is not an id');
  if (!isObject(body)) throw refuse('entry.body is not an object');
  return { id, type, at, after, by, body };
}

function readSignatures(value: Json | undefined, entry: Entry): readonly Signature[] {
  if (!Array.isArray(value) || value.length === 0) throw refuse('signatures is not a list with an element');
  const signatures = value.map(readSignature);
  for (let i = 0; i < signatures.length; i += 1) {
    const { as, by } = signatures[i]!;
    if ((as === 'performer') !== (i === 0))
      throw refuse('the first signature, and no other, is the performer’s');
    if (i === 0 && by !== entry.by) throw refuse('the first signature is not by the performer');
    for (let k = 0; k < i; k += 1) {
      if (signatures[k]!.by === by) throw refuse('two signatures are by the same person');
    }
  }
  return signatures;
}

function readSignature(value: unknown): Signature {
  if (!isObject(value)) throw refuse('a signature is not an object');
  const { by, key, at, sig, assertion } = value;
  const as = SIGNER_ROLES.find((role) => role === value.as);
  if (as === undefined) throw refuse('as is not a signer’s role');
  if (!isId(by)) throw refuse('by is not an id');
  if (!isKeyId(key)) throw refuse('key is not a key id');
  if (!isTime(at)) throw refuse('at is not a time');
  if (typeof sig !== 'string' || !BYTES_64.test(sig)) throw refuse('sig is not 64 bytes');
  if (assertion === undefined) return { as, by, key, at, sig };
  return { as, by, key, at, sig, assertion: parseAssertion(assertion) };
}

function refuse(what: string): LedgerError {
  return new LedgerError({ code: 'parse', message: `Not a record: ${what}.` });
}
