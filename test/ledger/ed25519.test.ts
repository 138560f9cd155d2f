import { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { fromHex, utf8 } from '../../shared/ledger/bytes.ts';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { person } from './fixture.ts';
import { readVectors } from './vectors.ts';
import { runWycheproof, WycheproofEd25519 } from './wycheproof.ts';

const verify = webCryptoEd25519(webcrypto.subtle);
const vectors = readVectors('wycheproof-ed25519.json', WycheproofEd25519);

describe('Ed25519', () => {
  test.runIf(vectors)('Wycheproof', async () => {
    if (vectors === undefined) return;
    expect(await runWycheproof(vectors, verify)).toEqual({ wrong: [], count: vectors.numberOfTests });
    expect(vectors.numberOfTests).toBe(151);
  });

  test('RFC 8032 section 7.1, tests 1 to 3', async () => {
    const cases = [
      [
        'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
        '',
        'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
      ],
      [
        '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
        '72',
        '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
      ],
      [
        'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
        'af82',
        '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
      ],
    ] as const;
    for (const [key, message, signature] of cases) {
      expect(await verify(fromHex(key), fromHex(signature), fromHex(message))).toBe(true);
      expect(await verify(fromHex(key), fromHex(signature), utf8('another'))).toBe(false);
    }
  });

  test('a key of small order, under which one signature fits many messages, verifies nothing', async () => {
    const identity = fromHex(`01${'00'.repeat(31)}`);
    const signature = new Uint8Array(64);
    signature[0] = 1;
    for (let i = 0; i < 8; i += 1)
      expect(await verify(identity, signature, utf8(`message ${i}`))).toBe(false);
  });

  test('S plus the group order, a cut or a longer signature, and what is no key', async () => {
    const ana = await person('ana');
    const message = utf8('a vial');
    const signature = await ana.sign(message);
    const order = fromHex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
    const shifted = signature.slice();
    for (let i = 0, carry = 0; i < 32; i += 1) {
      const sum = shifted[32 + i]! + order[i]! + carry;
      shifted[32 + i] = sum;
      carry = sum >> 8;
    }
    expect(await verify(ana.publicKey, signature, message)).toBe(true);
    expect(await verify(ana.publicKey, shifted, message)).toBe(false);
    expect(await verify(ana.publicKey, signature.slice(0, 63), message)).toBe(false);
    expect(await verify(ana.publicKey, Uint8Array.of(...signature, 0), message)).toBe(false);
    expect(await verify(ana.publicKey.slice(1), signature, message)).toBe(false);
    expect(await verify(fromHex('ff'.repeat(32)), signature, message)).toBe(false);
    expect(await verify(fromHex(`02${'00'.repeat(31)}`), signature, message)).toBe(false);
  });

  test('the cache of keys lets go, and goes on answering', async () => {
    let imports = 0;
    const counting = webCryptoEd25519({
      importKey: async (...[, keyData]) => {
        imports += 1;
        return webcrypto.subtle.importKey('raw', keyData, 'Ed25519', false, ['verify']);
      },
      verify: (algorithm, key: webcrypto.CryptoKey, signature, data) =>
        webcrypto.subtle.verify(algorithm, key, signature, data),
    });
    const ana = await person('ana');
    const signature = await ana.sign(utf8('x'));
    for (let i = 0; i < 3; i += 1) expect(await counting(ana.publicKey, signature, utf8('x'))).toBe(true);
    expect(imports).toBe(1);
  });
});
