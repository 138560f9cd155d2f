import { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  ASSERTION_BYTES,
  type Assertion,
  assertionChallenge,
  checkAssertion,
  isBytes,
  parseAssertion,
  readAssertion,
} from '../../shared/ledger/assertion.ts';
import { fromBase64Url, toBase64Url, utf8 } from '../../shared/ledger/bytes.ts';
import {
  type Credential,
  type Credentials,
  credentialKey,
  foldCredentials,
  isHostName,
} from '../../shared/ledger/credentials.ts';
import { formatRecord, parseRecord } from '../../shared/ledger/record.ts';
import { recordStatements } from '../../shared/ledger/statement.ts';
import { type Answer, assertion, type Factor, factor } from '../golden/authenticator.ts';
import { ports } from '../golden/builder.ts';
import { codeOf } from './codes.ts';
import { idOf, sha, smallLog } from './fixture.ts';

const STATEMENT = utf8('what somebody signs');
const tokens = { ES256: await factor('token'), EdDSA: await factor('another token', 'EdDSA') };
const BEN = idOf('ben');

const credentialOf = ({ id, ...rest }: Factor): Credential => ({ ...rest, id: toBase64Url(id) });

const credentials = Object.values(tokens).reduce<Credentials>(
  (all, token, seq) => foldCredentials(all, { person: BEN, adds: credentialOf(token) }, seq + 1),
  new Map(),
);
const check = (made: Assertion, by = BEN, seq = 9, statement = STATEMENT) =>
  checkAssertion(ports, credentials, made, { by, seq, statement });
const answer = (how: Answer = {}, token = tokens.ES256) => assertion(token, STATEMENT, how);

describe.each(Object.entries(tokens))('an assertion in %s', (_, token) => {
  test('is good for the statement and the signer that it was made for', async () => {
    const made = await assertion(token, STATEMENT);
    expect(await check(made)).toBe('good');
    expect(await check(made, BEN, 9, utf8('another statement'))).toBe('signature');
    expect(await check(made, idOf('cal'))).toBe('unknown-key');
  });

  test('is bad once any bit of it is another', async () => {
    const made = await assertion(token, STATEMENT);
    const names = ['authenticator', 'client', 'credential', 'sig'] as const;
    for (const member of names) {
      const bytes = fromBase64Url(made[member]);
      for (let at = 0; at < bytes.length; at += 1) {
        const flipped = bytes.with(at, bytes[at]! ^ (1 << (at % 8)));
        const said = await check({ ...made, [member]: toBase64Url(flipped) });
        expect([member, at, said]).toEqual([
          member,
          at,
          member === 'credential' ? 'unknown-key' : 'signature',
        ]);
      }
    }
  });
});

describe('an assertion', () => {
  test('is of its credential’s time', async () => {
    const [made, id] = [await answer(), toBase64Url(tokens.ES256.id)];
    expect(await check(made, BEN, 1)).toBe('unknown-key');
    expect(await check(made, BEN, 2)).toBe('good');
    const ended = foldCredentials(credentials, { person: BEN, removes: id }, 5);
    const at = (seq: number) => checkAssertion(ports, ended, made, { by: BEN, seq, statement: STATEMENT });
    expect([await at(4), await at(5), await at(6)]).toEqual(['good', 'revoked-key', 'revoked-key']);
  });

  test('says whether the authenticator knew the person', async () => {
    const read = async (flags: number) =>
      readAssertion(sha, await answer({ flags }), credentialOf(tokens.ES256), STATEMENT);
    expect(await read(0x05)).toMatchObject({ ok: true, userVerified: true });
    expect(await read(0x01)).toMatchObject({ ok: true, userVerified: false });
    expect(await read(0x04)).toMatchObject({ ok: false });
  });

  test('has the challenge of its statement, and the form that browsers give it', async () => {
    const client = JSON.parse(new TextDecoder().decode(fromBase64Url((await answer()).client)));
    expect(client.challenge).toBe(toBase64Url(assertionChallenge(sha, STATEMENT)));
    const saying = (text: (data: Readonly<Record<string, unknown>>) => string) => answer({ client: text });
    expect(await check(await saying((data) => JSON.stringify(data, null, 2)))).toBe('good');
    expect(await check(await saying((data) => JSON.stringify({ ...data, more: { deep: [1.5] } })))).toBe(
      'good',
    );
    for (const bad of ['null', '[]', '"webauthn.get"', '{', '{"type":"webauthn.get"}']) {
      expect(await check(await saying(() => bad)), bad).toBe('signature');
    }
    const other = { challenge: 7 };
    expect(await check(await saying((data) => JSON.stringify({ ...data, ...other })))).toBe('signature');
    expect(
      await check(await saying((data) => JSON.stringify({ ...data, challenge: `${data.challenge}=` }))),
    ).toBe('signature');
  });

  test('stands in a record, canonical like everything in it', async () => {
    const { log, ben } = await smallLog();
    const { record } = parseRecord(await log.append({ type: 'draw', signers: [ben] }));
    const signed = { ...record.signatures[0]!, assertion: await answer() };
    const line = formatRecord({ ...record, signatures: [signed] });
    const parsed = parseRecord(line);
    expect(parsed.record.signatures).toEqual([signed]);
    expect(line).toContain('"as":"performer","assertion":{"authenticator":"');
    expect(recordStatements(sha, parsed)).toEqual(recordStatements(sha, parseRecord(log.lines[3]!)));
    for (const [from, to] of [
      ['"assertion":{', '"assertion":{"more":1,'],
      ['"assertion":{', '"assertion":null,"x":{'],
      ['"credential":"', '"credential":"='],
      [/"assertion":\{[^}]*\}/, '"assertion":[]'],
      [/"assertion":\{[^}]*\}/, '"assertion":{}'],
      [/"sig":"[^"]*"(?=\},"at")/, '"sig":"AAAA"'],
    ] as const) {
      const changed = line.replace(from, to);
      expect(changed).not.toBe(line);
      expect(['parse', 'canonical']).toContain(codeOf(() => parseRecord(changed)));
    }
  });

  test('has members of so many bytes and no others', async () => {
    const made = await answer();
    for (const [member, [min, max]] of Object.entries(ASSERTION_BYTES)) {
      const of = (length: number) => ({ ...made, [member]: toBase64Url(new Uint8Array(length)) });
      for (const length of [min, max]) expect(codeOf(() => parseAssertion(of(length)))).toBe(undefined);
      for (const length of [min - 1, max + 1]) expect(codeOf(() => parseAssertion(of(length)))).toBe('parse');
    }
  });
});

test('bytes of a length, in base64url without padding and nothing else', () => {
  for (let length = 0; length < 9; length += 1) {
    const text = toBase64Url(new Uint8Array(length).fill(0xff));
    expect(isBytes(text, length, length)).toBe(true);
    expect(isBytes(text, length + 1, 99)).toBe(false);
    expect(isBytes(text, 0, length - 1)).toBe(false);
  }
  for (const bad of ['A', 'AAAAA', 'AB', 'AAB', 'AA==', 'AA+A', 'AA/A', 'AA A', 'AAAA\n', 'ÄAAA']) {
    expect(isBytes(bad, 0, 99), bad).toBe(false);
  }
});

test('the key of a new credential, as the browser hands it over', async () => {
  const es256 = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  const ed25519 = await webcrypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('publicKey' in ed25519)) throw new Error('no pair');
  for (const [cose, key, algorithm] of [
    [-7, es256.publicKey, 'ES256'],
    [-8, ed25519.publicKey, 'EdDSA'],
  ] as const) {
    const spki = new Uint8Array(await webcrypto.subtle.exportKey('spki', key));
    const raw = new Uint8Array(await webcrypto.subtle.exportKey('raw', key));
    expect(credentialKey(cose, spki)).toEqual({ algorithm, publicKey: raw });
    expect(credentialKey(cose, spki.slice(0, -1))).toBe(undefined);
    expect(credentialKey(cose, spki.with(5, 0))).toBe(undefined);
    expect(credentialKey(-257, spki)).toBe(undefined);
  }
});

test('a relying party is a host name in lower case', () => {
  const long = `${'a'.repeat(63)}.`.repeat(4).slice(0, 253);
  for (const good of ['localhost', 'countersign.example', 'a-b.xn--bcher-kva.example', long]) {
    expect(isHostName(good), good).toBe(true);
  }
  for (const bad of [
    ...['', '.', 'a.', '.a', 'a..b', '-a', 'a-', 'A.example', 'bücher.example', 'a b', 'a_b', 'a:443'],
    ...['https://a', 'a/b', `${'a'.repeat(64)}.example`, `${long}a`, 'a\n', 7, null],
  ]) {
    expect(isHostName(bad), String(bad)).toBe(false);
  }
});
