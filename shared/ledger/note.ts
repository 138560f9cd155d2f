/** C2SP signed notes (c2sp.org/signed-note) with Ed25519 keys: text, empty line, signature lines. */
import { type Bytes, concat, equalBytes, fromBase64, toBase64, utf8 } from './bytes.ts';
import type { SignEd25519, VerifyEd25519 } from './ed25519.ts';
import { LedgerError } from './errors.ts';
import type { Sha256 } from './hash.ts';

export type NoteKey = { readonly name: string; readonly publicKey: Uint8Array };

export type NoteSignature = {
  readonly name: string;
  /** First four bytes of the key hash. */
  readonly keyHash: Bytes;
  readonly signature: Bytes;
};

export type ParsedNote = {
  /** What is signed, its last newline included. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
};

export type OpenedNote = {
  readonly text: string;
  /** Names of the known keys whose signature verified. */
  readonly verified: readonly string[];
  /** Signatures by keys that nobody vouched for. */
  readonly unverified: readonly NoteSignature[];
};

const MAX_SIGNATURES = 100;
const MAX_NOTE_LENGTH = 1_000_000;
const NAME = /^[^\s+]+$/u;
const DASH = '— ';

/** First four bytes of SHA-256(name || 0x0A || 0x01 || public key). */
export function noteKeyHash(sha: Sha256, { name, publicKey }: NoteKey): Bytes {
  return sha(utf8(name), Uint8Array.of(0x0a, 0x01), publicKey).slice(0, 4);
}

/** Signs a text, which has to end in a newline. The note's key is named as the text's signer. */
export async function signNote(sha: Sha256, text: string, key: NoteKey, sign: SignEd25519): Promise<string> {
  const signature = concat(noteKeyHash(sha, key), await sign(utf8(text)));
  const note = `${text}\n${DASH}${key.name} ${toBase64(signature)}\n`;
  if (parseNote(note).text !== text) throw malformed('the text cannot be told from its signatures');
  return note;
}

/** Takes a note apart, without checking any signature. Throws `checkpoint` where it isn't one. */
export function parseNote(note: string): ParsedNote {
  if (note.length > MAX_NOTE_LENGTH) throw malformed('it is too long');
  if (hasControl(note)) throw malformed('it holds a control character');
  const end = note.lastIndexOf('\n\n');
  if (end < 1 || !note.endsWith('\n')) throw malformed('there is no signature');
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > MAX_SIGNATURES) throw malformed('it has too many signatures');
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

/**
 * The note's text once at least one known key has signed it. Throws `checkpoint` for a malformed note, for
 * one that no known key has signed, and for one with a bad signature by a known key.
 */
export async function openNote(
  sha: Sha256,
  verify: VerifyEd25519,
  note: string,
  known: readonly NoteKey[],
): Promise<OpenedNote> {
  const { text, signatures } = parseNote(note);
  const message = utf8(text);
  const verified: string[] = [];
  const unverified: NoteSignature[] = [];
  for (const signature of signatures) {
    const key = known.find(
      (candidate) =>
        candidate.name === signature.name && equalBytes(noteKeyHash(sha, candidate), signature.keyHash),
    );
    if (key === undefined) unverified.push(signature);
    else if (await verify(key.publicKey, signature.signature, message)) verified.push(key.name);
    else throw malformed('a signature by a known key is wrong');
  }
  if (verified.length === 0) throw malformed('no known key has signed it');
  return { text, verified, unverified };
}

function parseSignature(line: string): NoteSignature {
  const [name = '', base64 = '', ...rest] = line.startsWith(DASH) ? line.slice(DASH.length).split(' ') : [];
  if (!NAME.test(name) || rest.length > 0) throw malformed('a signature line is malformed');
  const bytes = decode(base64);
  // Other kinds of key have signatures of other lengths; a note may carry them.
  if (bytes.length < 5) throw malformed('a signature is too short');
  return { name, keyHash: bytes.slice(0, 4), signature: bytes.slice(4) };
}

/** C2SP forbids ASCII control characters other than the newline. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 && unit !== 0x0a) return true;
  }
  return false;
}

function decode(base64: string): Bytes {
  try {
    return fromBase64(base64);
  } catch (cause) {
    throw new LedgerError({
      code: 'checkpoint',
      message: 'The note is malformed: a signature is not base64.',
      cause,
    });
  }
}

function malformed(what: string): LedgerError {
  return new LedgerError({ code: 'checkpoint', message: `The note is not acceptable: ${what}.` });
}
