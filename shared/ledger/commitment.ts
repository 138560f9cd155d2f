/** Salted commitments to a patient's identity, which itself never enters the log (README.md). */
import { fromBase64Url, utf8 } from './bytes.ts';
import { canonicalize, isObject, type JsonObject, parseCanonical } from './canonical.ts';
import { LedgerError } from './errors.ts';
import { type Hash, hashHex, isHash, type Sha256 } from './hash.ts';
import { type Id, isId } from './ids.ts';

/** What opens a commitment: one line of `patients.jsonl`. */
export type Disclosure = {
  readonly ref: Id;
  /** 32 random bytes as base64url. */
  readonly salt: string;
  readonly details: JsonObject;
};

/** `body.patient` of an entry. */
export type PatientReference = { readonly ref: Id; readonly commitment: Hash };

/** SHA-256(JCS({"salt","details"})). Throws `commitment` for a salt that is not 32 bytes. */
export function makeCommitment(sha: Sha256, { salt, details }: Omit<Disclosure, 'ref'>): Hash {
  checkSalt(salt);
  return hashHex(sha, utf8(canonicalize({ salt, details })));
}

/** Throws `commitment` unless the disclosure opens the reference. */
export function checkCommitment(sha: Sha256, patient: PatientReference, disclosure: Disclosure): void {
  if (patient.ref !== disclosure.ref || makeCommitment(sha, disclosure) !== patient.commitment) {
    throw new LedgerError({
      code: 'commitment',
      message: 'The disclosed identity is not the one committed to.',
    });
  }
}

/** `body.patient` where an entry's body has a well-formed one. Throws `commitment` for a malformed one. */
export function patientReference(body: JsonObject): PatientReference | undefined {
  if (!Object.hasOwn(body, 'patient')) return undefined;
  const patient = body.patient;
  if (!isObject(patient) || !isId(patient.ref) || !isHash(patient.commitment)) {
    throw new LedgerError({
      code: 'commitment',
      message: 'The patient is not a reference with a commitment.',
    });
  }
  return { ref: patient.ref, commitment: patient.commitment };
}

/** A line of `patients.jsonl`, without newline. */
export function formatDisclosure(disclosure: Disclosure): string {
  return canonicalize(disclosure);
}

/** Reads a line of `patients.jsonl`. Throws `parse`, `canonical` or `commitment` (the salt). */
export function parseDisclosure(line: string): Disclosure {
  const value = parseCanonical(line);
  if (!isObject(value) || Object.keys(value).join() !== 'details,ref,salt') throw refuse();
  const { ref, salt, details } = value;
  if (!isId(ref) || typeof salt !== 'string' || !isObject(details)) throw refuse();
  checkSalt(salt);
  return { ref, salt, details };
}

function checkSalt(salt: string): void {
  if (!/^[\w-]{43}$/.test(salt) || fromBase64Url(salt).length !== 32) {
    throw new LedgerError({ code: 'commitment', message: 'The salt is not 32 bytes.' });
  }
}

function refuse(): LedgerError {
  return new LedgerError({ code: 'parse', message: 'The line does not disclose a patient.' });
}
