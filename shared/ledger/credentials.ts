/** Whose second factor was good when (README.md, "Second factor"). Folded with the keys. */
import { type Bytes, equalBytes, fromHex } from './bytes.ts';
import { LedgerError } from './errors.ts';
import { isUncompressedPoint } from './es256.ts';
import type { Id } from './ids.ts';

/** Credential id as base64url, 1 to 1,023 bytes. */
export type CredentialId = string;

export const CREDENTIAL_ALGORITHMS = ['ES256', 'EdDSA'] as const;
export type CredentialAlgorithm = (typeof CREDENTIAL_ALGORITHMS)[number];

export type Credential = {
  readonly id: CredentialId;
  readonly algorithm: CredentialAlgorithm;
  /** ES256: the uncompressed point, 65 bytes; EdDSA: 32 raw bytes. */
  readonly publicKey: Bytes;
  /** Relying party id: a host name. */
  readonly rp: string;
};

type Term = {
  readonly person: Id;
  readonly credential: Credential;
  /** The seq that added it: it is good from the next one on. */
  readonly added: number;
  /** First seq at which it no longer is good. */
  readonly until: number;
};

/** Every credential that the log has added. A value: folding makes a new one. */
export type Credentials = ReadonlyMap<CredentialId, Term>;

export type CredentialAnswer =
  | { readonly ok: true; readonly credential: Credential }
  | { readonly ok: false; readonly code: 'unknown-key' | 'revoked-key' };

/** The credential that an assertion beside a signature of `person` at `seq` has to be by. */
export function credentialFor(
  credentials: Credentials,
  person: Id,
  id: CredentialId,
  seq: number,
): CredentialAnswer {
  const term = credentials.get(id);
  if (term?.person !== person || term.added >= seq) return { ok: false, code: 'unknown-key' };
  return seq < term.until ? { ok: true, credential: term.credential } : { ok: false, code: 'revoked-key' };
}

export type CredentialChange =
  | { readonly person: Id; readonly adds: Credential }
  | { readonly person: Id; readonly removes: CredentialId | 'all' };

/**
 * The credentials with a record's change. Throws `duplicate-id` (an id that has been added before, whosever it was),
 * `unknown-key` or `revoked-key` (a removal of what is not that person's, or no longer good).
 */
export function foldCredentials(
  credentials: Credentials,
  change: CredentialChange,
  seq: number,
): Credentials {
  const { person } = change;
  if ('adds' in change) {
    const { adds: credential } = change;
    if (credentials.has(credential.id)) {
      throw new LedgerError({ code: 'duplicate-id', seq, message: 'The credential has been added before.' });
    }
    const term: Term = { person, credential, added: seq, until: Number.POSITIVE_INFINITY };
    return new Map([...credentials, [credential.id, term]]);
  }
  if (change.removes !== 'all') {
    const answer = credentialFor(credentials, person, change.removes, seq);
    if (!answer.ok) {
      const message = 'The credential that is removed is not a good one of that person.';
      throw new LedgerError({ code: answer.code, seq, message });
    }
  }
  const ended = [...credentials.values()].filter(
    (term) =>
      term.person === person &&
      term.until > seq &&
      (change.removes === 'all' || term.credential.id === change.removes),
  );
  if (ended.length === 0) return credentials;
  const all = new Map(credentials);
  for (const term of ended) all.set(term.credential.id, { ...term, until: seq });
  return all;
}

/** SubjectPublicKeyInfo up to the key itself: RFC 5480 (P-256, uncompressed) and RFC 8410 section 4. */
const SPKI: Readonly<Record<CredentialAlgorithm, Bytes>> = {
  ES256: fromHex('3059301306072a8648ce3d020106082a8648ce3d030107034200'),
  EdDSA: fromHex('302a300506032b6570032100'),
};

/** Identifiers of the algorithms for `pubKeyCredParams` (IANA COSE). */
export const COSE_ALGORITHMS: Readonly<Record<CredentialAlgorithm, number>> = { ES256: -7, EdDSA: -8 };

/**
 * Algorithm and raw key of a new credential, from `getPublicKeyAlgorithm()` and `getPublicKey()` of
 * `AuthenticatorAttestationResponse`. `undefined` for what this ledger does not take.
 */
export function credentialKey(
  coseAlgorithm: number,
  spki: Uint8Array,
): Pick<Credential, 'algorithm' | 'publicKey'> | undefined {
  const algorithm = CREDENTIAL_ALGORITHMS.find((name) => COSE_ALGORITHMS[name] === coseAlgorithm);
  if (algorithm === undefined) return undefined;
  const head = SPKI[algorithm];
  const publicKey = spki.slice(head.length);
  const fits = equalBytes(spki.subarray(0, head.length), head) && isCredentialKey(algorithm, publicKey);
  return fits ? { algorithm, publicKey } : undefined;
}

/** Whether the bytes have the form of a public key of that algorithm. */
export function isCredentialKey(algorithm: CredentialAlgorithm, publicKey: Uint8Array): boolean {
  return algorithm === 'ES256' ? isUncompressedPoint(publicKey) : publicKey.length === 32;
}

const HOST = /^(?!.{254})[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** A host name in lower-case ASCII, as a relying party id is written: at most 253 letters. */
export function isHostName(value: unknown): value is string {
  return typeof value === 'string' && HOST.test(value);
}
