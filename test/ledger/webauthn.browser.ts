import { afterAll, beforeAll, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import {
  assertionChallenge,
  checkAssertion,
  formatAssertion,
  readAssertion,
} from '../../shared/ledger/assertion.ts';
import { toBase64Url, utf8 } from '../../shared/ledger/bytes.ts';
import {
  COSE_ALGORITHMS,
  type Credential,
  credentialKey,
  foldCredentials,
} from '../../shared/ledger/credentials.ts';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import { loadSha256 } from '../../shared/ledger/hash.ts';
import { newId } from '../../shared/ledger/ids.ts';

/** The browser's own WebAuthn, with an authenticator that Chromium keeps in memory. */

const sha = await loadSha256();
const ports = { sha, verify: webCryptoEd25519(crypto.subtle), verifyEs256: webCryptoEs256(crypto.subtle) };
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const STATEMENT = utf8('what somebody signs');
const rp = location.hostname;

let authenticator = '';
beforeAll(async () => {
  await cdp().send('WebAuthn.enable');
  const options = {
    ...({ protocol: 'ctap2', transport: 'usb', hasUserVerification: true } as const),
    ...{ isUserVerified: true, automaticPresenceSimulation: true },
  };
  authenticator = (await cdp().send('WebAuthn.addVirtualAuthenticator', { options })).authenticatorId;
});
afterAll(async () => {
  await cdp().send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: authenticator });
  await cdp().send('WebAuthn.disable');
});

async function register(): Promise<Credential & { readonly rawId: ArrayBuffer }> {
  const made = await navigator.credentials.create({
    publicKey: {
      ...{ challenge: random(32), rp: { id: rp, name: 'Countersign' }, attestation: 'none' },
      user: { id: random(16), name: 'ana', displayName: 'Ana Ruiz' },
      pubKeyCredParams: [{ type: 'public-key', alg: COSE_ALGORITHMS.ES256 }],
    },
  });
  if (!(made instanceof PublicKeyCredential)) throw new Error('nothing was made');
  const { response, rawId } = made;
  if (!(response instanceof AuthenticatorAttestationResponse)) throw new Error('it was not registered');
  const spki = new Uint8Array(response.getPublicKey() ?? new ArrayBuffer(0));
  const key = credentialKey(response.getPublicKeyAlgorithm(), spki);
  if (!key) throw new Error('a key that no ledger takes');
  return { ...key, id: toBase64Url(new Uint8Array(rawId)), rp, rawId };
}

async function ask(rawId: ArrayBuffer, userVerification: UserVerificationRequirement) {
  const made = await navigator.credentials.get({
    publicKey: {
      ...{ challenge: assertionChallenge(sha, STATEMENT), rpId: rp, userVerification },
      allowCredentials: [{ type: 'public-key', id: rawId }],
    },
  });
  if (!(made instanceof PublicKeyCredential)) throw new Error('nothing was answered');
  const { response } = made;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new Error('it was not an assertion');
  return formatAssertion({
    ...{ rawId: new Uint8Array(made.rawId), signature: new Uint8Array(response.signature) },
    authenticatorData: new Uint8Array(response.authenticatorData),
    clientDataJSON: new Uint8Array(response.clientDataJSON),
  });
}

test('what the browser registers and answers is a good second factor for that statement alone', async () => {
  const { rawId, ...credential } = await register();
  const person = newId(Date.now(), random(10));
  const credentials = foldCredentials(new Map(), { person, adds: credential }, 1);
  for (const verification of ['required', 'discouraged'] as const) {
    const made = await ask(rawId, verification);
    const at = { by: person, seq: 2, statement: STATEMENT };
    expect(await checkAssertion(ports, credentials, made, at)).toBe('good');
    const another = { ...at, statement: utf8('something else') };
    expect(await checkAssertion(ports, credentials, made, another)).toBe('signature');
    if (verification === 'required') {
      expect(readAssertion(sha, made, credential, STATEMENT)).toMatchObject({ userVerified: true });
    }
  }
});
