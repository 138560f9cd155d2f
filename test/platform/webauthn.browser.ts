import { afterEach, beforeEach, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { assert, register } from '../../pwa/platform/webauthn.ts';
import { checkAssertion } from '../../shared/ledger/assertion.ts';
import { type Bytes, fromBase64Url, toBase64Url, utf8 } from '../../shared/ledger/bytes.ts';
import { foldCredentials } from '../../shared/ledger/credentials.ts';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import { loadSha256 } from '../../shared/ledger/hash.ts';
import { newId } from '../../shared/ledger/ids.ts';
import { value } from '../ledger-worker/helpers.ts';

/** The app's own calls of WebAuthn against a security key that Chromium keeps in memory, and every refusal in words. */

const sha = await loadSha256();
const statement = utf8('what somebody signs');
const challenge = toBase64Url(sha(statement));
const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
const person = { id: newId(Date.now(), random(10)), name: 'Tova' };

let authenticatorId = '';
beforeEach(async () => {
  await cdp().send('WebAuthn.enable');
  const options = {
    ...({ protocol: 'ctap2', transport: 'usb', hasUserVerification: true } as const),
    ...{ isUserVerified: true, automaticPresenceSimulation: true },
  };
  ({ authenticatorId } = await cdp().send('WebAuthn.addVirtualAuthenticator', { options }));
});
afterEach(async () => {
  await cdp().send('WebAuthn.disable');
});

const untouched = () =>
  cdp().send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });

test('what is registered is good for a signature of that person, and takes no place in the key’s own list', async () => {
  const { id, rp, algorithm, publicKey } = value(await register(person, { known: [] }));
  expect(rp).toBe(location.hostname);
  const credential = { id, rp, algorithm, publicKey: fromBase64Url(publicKey) };
  const credentials = foldCredentials(new Map(), { person: person.id, adds: credential }, 1);
  const made = value(await assert(challenge, [{ id, rp }]));
  const ports = { sha, verify: webCryptoEd25519(crypto.subtle), verifyEs256: webCryptoEs256(crypto.subtle) };
  const place = { by: person.id, seq: 2, statement };
  expect(await checkAssertion(ports, credentials, made, place)).toBe('good');
  const kept = await cdp().send('WebAuthn.getCredentials', { authenticatorId });
  expect(kept.credentials.map(({ isResidentCredential }) => isResidentCredential)).toEqual([false]);
});

test('a key that is in use already is refused, whosever it is', async () => {
  const { id } = value(await register(person, { known: [] }));
  const other = { id: newId(Date.now(), random(10)), name: 'Imre' };
  expect(await register(other, { known: [id] })).toMatchObject({
    refusal: { code: 'authenticator', message: expect.stringContaining('in use here already') },
  });
});

test('a key that nobody has added does not answer for one that somebody has', async () => {
  const { rp } = value(await register(person, { known: [] }));
  expect(await assert(challenge, [{ id: toBase64Url(random(16)), rp }])).toMatchObject({
    refusal: { code: 'cancelled', message: expect.stringContaining('not this person’s') },
  });
});

test('keys of another address say where they work, and no key is asked', async () => {
  const answer = await assert(challenge, [{ id: toBase64Url(random(16)), rp: 'old.clinic.example' }]);
  expect(answer).toMatchObject({
    refusal: { code: 'authenticator', message: expect.stringContaining('old.clinic.example') },
  });
});

test('while nobody touches the key it waits, until it is cancelled', async () => {
  const { id, rp } = value(await register(person, { known: [] }));
  await untouched();
  for (const ask of [
    (signal: AbortSignal) => assert(challenge, [{ id, rp }], signal),
    (signal: AbortSignal) => register(person, { known: [], signal }),
  ]) {
    const turn = new AbortController();
    const answer = ask(turn.signal);
    turn.abort();
    expect(await answer).toMatchObject({ refusal: { code: 'cancelled' } });
  }
});
