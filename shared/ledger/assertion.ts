/**
 * The second factor beside a signature: what a WebAuthn authenticator answered when it was asked about this
 * very statement (README.md, "Second factor"; W3C Web Authentication Level 3, section 7.2).
 */
import { type Bytes, concat, equalBytes, fromBase64Url, fromUtf8, toBase64Url, utf8 } from './bytes.ts';
import { isObject, type Json } from './canonical.ts';
import { type Credential, type Credentials, credentialFor } from './credentials.ts';
import { LedgerError } from './errors.ts';
import { readDerSignature } from './es256.ts';
import type { Sha256 } from './hash.ts';
import type { Id } from './ids.ts';
import { type SignatureTask, type SignatureVerifiers, verifySignature } from './verify-signature.ts';

/** As it stands in a record: every member is bytes in base64url. */
export type Assertion = {
  /** `authenticatorData`. */
  readonly authenticator: string;
  /** `clientDataJSON`. */
  readonly client: string;
  /** Credential id. */
  readonly credential: string;
  readonly sig: string;
};

type Member = keyof Assertion;

/** Fewest and most bytes of each member. */
export const ASSERTION_BYTES: Readonly<Record<Member, readonly [min: number, max: number]>> = {
  authenticator: [37, 1024],
  client: [1, 4096],
  credential: [1, 1023],
  sig: [8, 72],
};

/** The members of an assertion, each of its shape; that there are no others shows when it is printed. Throws `parse`. */
export function parseAssertion(value: Json): Assertion {
  if (!isObject(value)) throw refuse('it is not an object');
  const read = (member: Member): string => {
    const text = value[member];
    const [min, max] = ASSERTION_BYTES[member];
    if (typeof text !== 'string' || !isBytes(text, min, max)) {
      throw refuse(`${member} is not ${min} to ${max} bytes`);
    }
    return text;
  };
  return {
    ...{ authenticator: read('authenticator'), client: read('client') },
    ...{ credential: read('credential'), sig: read('sig') },
  };
}

/** The canonical text of an assertion that has its shape: nothing in it needs an escape. */
export function printAssertion({ authenticator, client, credential, sig }: Assertion): string {
  return `{"authenticator":"${authenticator}","client":"${client}","credential":"${credential}","sig":"${sig}"}`;
}

/**
 * What `navigator.credentials.get` answered (the members of `PublicKeyCredential` and of its
 * `AuthenticatorAssertionResponse`), as it goes beside the signature. Throws `parse` where a member is larger
 * than a record takes.
 */
export function formatAssertion(answer: {
  readonly rawId: Uint8Array;
  readonly authenticatorData: Uint8Array;
  readonly clientDataJSON: Uint8Array;
  readonly signature: Uint8Array;
}): Assertion {
  return parseAssertion({
    authenticator: toBase64Url(answer.authenticatorData),
    client: toBase64Url(answer.clientDataJSON),
    credential: toBase64Url(answer.rawId),
    sig: toBase64Url(answer.signature),
  });
}

/** The WebAuthn challenge for a signature's statement: 32 bytes, its SHA-256. */
export function assertionChallenge(sha: Sha256, statement: Uint8Array): Bytes {
  return sha(statement).slice();
}

export type ReadAssertion =
  | {
      readonly ok: true;
      /** What is left to verify. */
      readonly task: SignatureTask;
      /** Whether the authenticator says that it knew the person (PIN or biometric), and not only felt a touch. */
      readonly userVerified: boolean;
    }
  | { readonly ok: false; readonly message: string };

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/**
 * Reads an assertion against the credential that it names and the statement that it has to be about. What is
 * left is the one signature, which is `task`. The counter and the flags but two say nothing that one record
 * could be held against.
 */
export function readAssertion(
  sha: Sha256,
  assertion: Assertion,
  credential: Credential,
  statement: Uint8Array,
): ReadAssertion {
  const authenticator = fromBase64Url(assertion.authenticator);
  const client = fromBase64Url(assertion.client);
  const flags = authenticator[32] ?? 0;
  if (!equalBytes(authenticator.subarray(0, 32), sha(utf8(credential.rp)))) {
    return bad('was made for another site than the credential is of');
  }
  if ((flags & USER_PRESENT) === 0) return bad('was made with nobody present');
  const fault = clientFault(client, toBase64Url(assertionChallenge(sha, statement)));
  if (fault !== undefined) return bad(fault);
  const signature = signatureOf(credential.algorithm, fromBase64Url(assertion.sig));
  if (!signature) return bad('has a malformed signature');
  const task: SignatureTask = {
    algorithm: credential.algorithm === 'ES256' ? 'ES256' : 'Ed25519',
    ...{ publicKey: credential.publicKey, signature, message: concat(authenticator, sha(client)) },
  };
  return { ok: true, task, userVerified: (flags & USER_VERIFIED) !== 0 };
}

export type FactorPlace = {
  readonly by: Id;
  readonly seq: number;
  /** What the signature beside it is over. */
  readonly statement: Uint8Array;
};

/**
 * Whether a second factor is good where it stands. `credentials` have to hold the record `seq` itself already.
 * Never throws for bad data.
 */
export async function checkAssertion(
  ports: SignatureVerifiers & { readonly sha: Sha256 },
  credentials: Credentials,
  assertion: Assertion,
  { by, seq, statement }: FactorPlace,
): Promise<'good' | 'unknown-key' | 'revoked-key' | 'signature'> {
  const answer = credentialFor(credentials, by, assertion.credential, seq);
  if (!answer.ok) return answer.code;
  const read = readAssertion(ports.sha, assertion, answer.credential, statement);
  return read.ok && (await verifySignature(ports, read.task)) ? 'good' : 'signature';
}

/** What is wrong with the client data, if anything. */
function clientFault(client: Uint8Array, challenge: string): string | undefined {
  let data: unknown;
  try {
    data = JSON.parse(fromUtf8(client));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof LedgerError)
      return 'has client data that is not JSON';
    throw error;
  }
  if (!isObject(data) || data.type !== 'webauthn.get') return 'is of another kind than an assertion';
  return data.challenge === challenge ? undefined : 'is about another statement';
}

function signatureOf(algorithm: Credential['algorithm'], sig: Bytes): Bytes | undefined {
  if (algorithm === 'ES256') return readDerSignature(sig);
  return sig.length === 64 ? sig : undefined;
}

const bad = (what: string): ReadAssertion => ({ ok: false, message: `The second factor ${what}.` });

/** Letters that leave the unused bits of the last one zero, by what is over from whole groups of four. */
const LAST = [/^/, /^$/, /[AQgw]$/, /[AEIMQUYcgkosw048]$/] as const;

/** Whether a text is base64url without padding of so many bytes. */
export function isBytes(text: string, min: number, max: number): boolean {
  const bytes = Math.floor((text.length * 3) / 4);
  return bytes >= min && bytes <= max && /^[\w-]*$/.test(text) && LAST[text.length % 4]!.test(text);
}

function refuse(what: string): LedgerError {
  return new LedgerError({ code: 'parse', message: `Not a second factor: ${what}.` });
}
