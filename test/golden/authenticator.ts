/** An authenticator for tests: it answers a challenge as W3C WebAuthn Level 3 sections 6.3.3 and 5.8.1 say. */
import { type Assertion, assertionChallenge, formatAssertion } from '../../shared/ledger/assertion.ts';
import { concat, toBase64Url, utf8 } from '../../shared/ledger/bytes.ts';
import type { CredentialAlgorithm } from '../../shared/ledger/credentials.ts';
import { bytesOf, type Draft, type Person, person, sha } from './builder.ts';
import { derOf, publicPoint, signP256 } from './p256.ts';

export const RP = 'countersign.example';

export type Factor = {
  readonly id: Uint8Array<ArrayBuffer>;
  readonly algorithm: CredentialAlgorithm;
  readonly publicKey: Uint8Array<ArrayBuffer>;
  readonly rp: string;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
};

export async function factor(name: string, algorithm: CredentialAlgorithm = 'ES256'): Promise<Factor> {
  const id = bytesOf(`credential ${name}`);
  if (algorithm === 'EdDSA') {
    const { publicKey, sign } = await person(name, 'technician', `credential of ${name}`);
    return { id, algorithm, publicKey, rp: RP, sign };
  }
  const key = bytesOf(`credential of ${name}`);
  const sign = async (message: Uint8Array) => derOf(signP256(key, message));
  return { id, algorithm, publicKey: publicPoint(key), rp: RP, sign };
}

/** What an assertion is made of, each member to be spoilt. */
export type Answer = {
  readonly rp?: string;
  /** User present and verified when absent. */
  readonly flags?: number;
  readonly client?: (data: Readonly<Record<string, unknown>>) => string;
  readonly id?: Uint8Array;
  readonly sig?: (sig: Uint8Array) => Uint8Array;
};

/** The answer to the challenge of a statement. */
export async function assertion(
  from: Factor,
  statement: Uint8Array,
  answer: Answer = {},
): Promise<Assertion> {
  const { rp = from.rp, flags = 0x05, client = JSON.stringify, id = from.id, sig = (made) => made } = answer;
  const authenticatorData = concat(sha(utf8(rp)), Uint8Array.of(flags, 0, 0, 0, 7));
  const clientDataJSON = utf8(
    client({
      ...{ type: 'webauthn.get', challenge: toBase64Url(assertionChallenge(sha, statement)) },
      ...{ origin: `https://${rp}`, crossOrigin: false },
    }),
  );
  const made = await from.sign(concat(authenticatorData, sha(clientDataJSON)));
  return formatAssertion({ rawId: id, authenticatorData, clientDataJSON, signature: sig(made) });
}

/** The person adds a second factor of theirs. */
export function addFactor(by: Person, { id, algorithm, publicKey, rp }: Factor): Draft {
  const key = { id: toBase64Url(id), algorithm, publicKey: toBase64Url(publicKey), rp, name: 'Security key' };
  return { type: 'staff.factor-added', by, body: { staff: { id: by.id }, credential: key } };
}

export function removeFactor(by: Person, of: Person, { id }: Factor): Draft {
  const body = { staff: { id: of.id }, credential: { id: toBase64Url(id) }, reason: 'lost' };
  return { type: 'staff.factor-removed', by, body };
}

/** The draft with the performer's second factor. */
export function withFactor(draft: Draft, from: Factor, answer: Answer = {}): Draft {
  return { ...draft, factor: (statement) => assertion(from, statement, answer) };
}
