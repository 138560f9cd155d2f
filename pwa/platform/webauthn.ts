import { type Assertion, formatAssertion } from '../../shared/ledger/assertion.ts';
import { type Bytes, fromBase64Url, toBase64Url } from '../../shared/ledger/bytes.ts';
import {
  COSE_ALGORITHMS,
  CREDENTIAL_ALGORITHMS,
  type CredentialAlgorithm,
  credentialKey,
  isHostName,
} from '../../shared/ledger/credentials.ts';
import { done, type Outcome, refused } from '../../shared/protocol/outcome.ts';

/**
 * The browser's WebAuthn (W3C Web Authentication Level 3), and the one place that calls it. Loaded when somebody adds
 * a passkey or security key or signs with one. Whatever goes wrong is a refusal in words, `authenticator` or
 * `cancelled`; nothing is thrown.
 */

/** What an authenticator made, as it goes into `staff.factor-added`; binary values in base64url. */
export type NewCredential = { id: string; rp: string; algorithm: CredentialAlgorithm; publicKey: string };

/** How long somebody may look for their key, in milliseconds. */
const TIMEOUT = 60_000;

/**
 * Registers a new credential of a person. `known` are the ids of all that are in use, whosever they are: one
 * authenticator is not to be two people. No attestation is asked for, and no place in the key's own list: the ledger
 * has the ids.
 */
export async function register(
  person: { id: string; name: string },
  { known, signal }: { known: readonly string[]; signal?: AbortSignal },
): Promise<Outcome<NewCredential>> {
  const rp = location.hostname;
  const before = unusable(rp);
  if (before) return before;
  const began = performance.now();
  try {
    const made = await navigator.credentials.create({
      ...(signal ? { signal } : {}),
      publicKey: {
        // Nothing is attested, so nothing is checked against the challenge.
        challenge: random(32),
        rp: { id: rp, name: 'Countersign' },
        user: { id: new TextEncoder().encode(person.id), name: person.name, displayName: person.name },
        pubKeyCredParams: CREDENTIAL_ALGORITHMS.map((name) => ({
          type: 'public-key',
          alg: COSE_ALGORITHMS[name],
        })),
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
        excludeCredentials: known.map(descriptor),
        attestation: 'none',
        timeout: TIMEOUT,
      },
    });
    return made instanceof PublicKeyCredential ? registered(made, rp) : refused('authenticator', FOREIGN);
  } catch (error) {
    return inWords(error, performance.now() - began, 'create');
  }
}

function registered({ rawId, response }: PublicKeyCredential, rp: string): Outcome<NewCredential> {
  if (!(response instanceof AuthenticatorAttestationResponse)) return refused('authenticator', FOREIGN);
  const spki = new Uint8Array(response.getPublicKey() ?? new ArrayBuffer(0));
  const key = credentialKey(response.getPublicKeyAlgorithm(), spki);
  if (!key) return refused('authenticator', FOREIGN);
  const { algorithm, publicKey } = key;
  return done({ id: idOf(rawId), rp, algorithm, publicKey: toBase64Url(publicKey) });
}

/** Asks for an assertion to a challenge (base64url) by one of these credentials. */
export async function assert(
  challenge: string,
  credentials: readonly { id: string; rp: string }[],
  signal?: AbortSignal,
): Promise<Outcome<Assertion>> {
  const usable = credentials.filter(({ rp }) => worksHere(rp));
  const [first] = usable;
  if (!first) return refused('authenticator', elsewhere(credentials.map(({ rp }) => rp)));
  const before = unusable(first.rp);
  if (before) return before;
  const began = performance.now();
  try {
    const made = await navigator.credentials.get({
      ...(signal ? { signal } : {}),
      publicKey: {
        ...{ challenge: fromBase64Url(challenge), rpId: first.rp, timeout: TIMEOUT },
        allowCredentials: usable.filter(({ rp }) => rp === first.rp).map(({ id }) => descriptor(id)),
        userVerification: 'preferred',
      },
    });
    return made instanceof PublicKeyCredential ? asserted(made) : refused('authenticator', FOREIGN);
  } catch (error) {
    return inWords(error, performance.now() - began, 'get');
  }
}

function asserted({ rawId, response }: PublicKeyCredential): Outcome<Assertion> {
  if (!(response instanceof AuthenticatorAssertionResponse)) return refused('authenticator', FOREIGN);
  return done(
    formatAssertion({
      rawId: new Uint8Array(rawId),
      authenticatorData: new Uint8Array(response.authenticatorData),
      clientDataJSON: new Uint8Array(response.clientDataJSON),
      signature: new Uint8Array(response.signature),
    }),
  );
}

const idOf = (rawId: ArrayBuffer): string => toBase64Url(new Uint8Array(rawId));
const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
const descriptor = (id: string) => ({ type: 'public-key' as const, id: fromBase64Url(id) });

/** A relying party is the page's own host, or one that the host lies under (Level 3, section 5.1.2). */
const worksHere = (rp: string): boolean => location.hostname === rp || location.hostname.endsWith(`.${rp}`);

const FOREIGN =
  'This key answered with something that the ledger does not take. Use another passkey or security key.';

const elsewhere = (hosts: readonly string[]): string =>
  `The keys of this person were added at ${[...new Set(hosts)].join(' and ')}, and work only there. Add one here, under People.`;

/** Why nobody need be asked to touch anything. */
function unusable(rp: string): Outcome<never> | null {
  if (!isSecureContext) {
    return refused(
      'authenticator',
      'This page was not opened over a secure connection. Open the app at its https address.',
    );
  }
  if (typeof PublicKeyCredential === 'undefined') {
    return refused('authenticator', 'This browser has no passkeys or security keys. Use a current browser.');
  }
  if (!isHostName(rp) || /^[\d.]+$/.test(rp)) return refused('authenticator', WRONG_ORIGIN);
  return null;
}

const WRONG_ORIGIN =
  'Passkeys and security keys do not work at this address. Open the app by its name, not by a number.';

function inWords(error: unknown, took: number, doing: 'create' | 'get'): Outcome<never> {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'AbortError':
      return refused('cancelled', 'It was cancelled, and nothing is recorded. What you typed is kept.');
    // One name for several reasons, so that a page learns nothing of the keys that somebody has.
    case 'NotAllowedError':
      return took >= TIMEOUT
        ? refused('authenticator', 'No key answered within a minute. Have it at hand and try again.')
        : refused('cancelled', doing === 'create' ? NOT_MADE : NOT_USED);
    case 'InvalidStateError':
      return refused(
        'authenticator',
        'This key is in use here already. Every key belongs to one person; take another one.',
      );
    case 'SecurityError':
      return refused('authenticator', WRONG_ORIGIN);
    case 'NotSupportedError':
    case 'ConstraintError':
      return refused('authenticator', 'This key is too old for it. Use another passkey or security key.');
    default:
      return refused(
        'authenticator',
        `The key could not be used (${error instanceof Error ? error.message : String(error)}). Try again, or use another one.`,
      );
  }
}

const NOT_MADE =
  'No key was made: it was cancelled, or there is no passkey or security key at this device. Plug one in or unlock this device, and try again.';
const NOT_USED =
  'No key answered: it was cancelled, or the one that was used is not this person’s. Try again with the right one.';
