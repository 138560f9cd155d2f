import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, fromHex, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { readDerSignature, webCryptoEs256 } from '../../shared/ledger/es256.ts';
import { derOf, publicPoint, signP256 } from '../golden/p256.ts';
import { bytesOf } from './fixture.ts';
import { readVectors } from './vectors.ts';
import { runWycheproofEs256, WYCHEPROOF_ES256, WycheproofEs256 } from './wycheproof.ts';

const verify = webCryptoEs256(webcrypto.subtle);
const vectors = readVectors(WYCHEPROOF_ES256, WycheproofEs256);

/** RFC 6979 appendix A.2.5, with SHA-256. */
const KEY = fromHex('c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721');
const POINT = fromHex(
  '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
);
const SIGNED = [
  [
    'sample',
    'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
  ],
  [
    'test',
    'f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083',
  ],
] as const;

describe('ES256', () => {
  test.runIf(vectors)('Wycheproof', async () => {
    if (vectors === undefined) return;
    expect(await runWycheproofEs256(vectors, verify)).toEqual({ wrong: [], count: vectors.numberOfTests });
  });

  test.each(SIGNED)('RFC 6979 A.2.5: %s', async (message, pair) => {
    expect(await verify(POINT, fromHex(pair), utf8(message))).toBe(true);
    expect(await verify(POINT, fromHex(pair), utf8('another'))).toBe(false);
    expect(toHex(publicPoint(KEY))).toBe(toHex(POINT));
    expect(toHex(signP256(KEY, utf8(message)))).toBe(pair);
  });

  test('a key of the platform’s own, and what it signs', async () => {
    const keys = await webcrypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
    const point = new Uint8Array(await webcrypto.subtle.exportKey('raw', keys.publicKey));
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    const pair = new Uint8Array(await webcrypto.subtle.sign(how, keys.privateKey, utf8('a vial')));
    expect(await verify(point, pair, utf8('a vial'))).toBe(true);
    expect(readDerSignature(derOf(pair))).toEqual(pair);
  });

  test('what is no key, or no signature, verifies nothing', async () => {
    const [message, pair] = [utf8('sample'), fromHex(SIGNED[0][1])];
    const compressed = concat(Uint8Array.of(2), POINT.subarray(1, 33));
    const offCurve = POINT.with(64, 0);
    for (const key of [compressed, offCurve, POINT.slice(1), POINT.with(0, 6), new Uint8Array(65)]) {
      expect(await verify(key, pair, message)).toBe(false);
      expect(await verify(key, pair, message)).toBe(false);
    }
    const zero = new Uint8Array(32);
    const halves = [pair.subarray(0, 32), pair.subarray(32)] as const;
    for (const bad of [
      ...[pair.slice(1), concat(pair, Uint8Array.of(0)), new Uint8Array(64)],
      ...[concat(zero, halves[1]), concat(halves[0], zero), new Uint8Array(64).fill(0xff)],
    ]) {
      expect(await verify(POINT, bad, message)).toBe(false);
    }
  });
});

const HEX = {
  order: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  below: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550',
};
const der = (hex: string) => readDerSignature(fromHex(hex.replaceAll(' ', '')));

describe('a signature in DER', () => {
  test('is read into r and s', () => {
    const one = `${'00'.repeat(31)}01`;
    expect(toHex(der('3006 020101 020101') ?? new Uint8Array())).toBe(one + one);
    expect(toHex(der('3008 02020080 02020080') ?? new Uint8Array())).toBe(`${'00'.repeat(31)}80`.repeat(2));
    expect(toHex(der(`3046 022100${HEX.below} 022100${HEX.below}`) ?? new Uint8Array())).toBe(
      HEX.below + HEX.below,
    );
  });

  test.each([
    ['nothing', ''],
    ['another tag', '3106 020101 020101'],
    ['an integer of another tag', '3006 030101 020101'],
    ['a second integer of another tag', '3006 020101 030101'],
    ['a length in the long form', '308106 020101 020101'],
    ['a length of an integer in the long form', '3007 02810101 020101'],
    ['an indefinite length', '3080 020101 020101 0000'],
    ['a length too short', '3005 020101 020101'],
    ['a length too long', '3007 020101 020101'],
    ['bytes behind', '3006 020101 020101 00'],
    ['bytes behind, within', '3008 020101 020101 0500'],
    ['one integer', '3003 020101'],
    ['three integers', '3009 020101 020101 020101'],
    ['an empty integer', '3005 0200 020101'],
    ['an integer that does not end', '3006 020101 020201'],
    ['a needless zero', '3007 02020001 020101'],
    ['a needless zero in s', '3007 020101 02020001'],
    ['a negative r', '3006 020180 020101'],
    ['a negative s', '3006 020101 0201ff'],
    ['r = 0', '3006 020100 020101'],
    ['s = 0', '3006 020101 020100'],
    ['r = the order', `3026 022100${HEX.order} 020101`],
    ['s = the order', `3026 020101 022100${HEX.order}`],
    ['an r of 33 bytes', `3026 02210100${HEX.order.slice(2)} 020101`],
    ['an r of 34 bytes', `3027 02220101${HEX.order} 020101`],
  ])('is refused with %s', (_, hex) => {
    expect(der(hex)).toBeUndefined();
  });

  test('has one encoding: what is read prints back', () => {
    const scalar = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const change = fc.option(fc.record({ at: fc.nat(71), to: fc.nat(255) }));
    fc.assert(
      fc.property(scalar, scalar, change, (r, s, changed) => {
        const made = derOf(concat(r, s));
        if (changed && changed.at < made.length) made[changed.at] = changed.to;
        const pair = readDerSignature(made);
        if (pair) expect(derOf(pair)).toEqual(made);
      }),
      { numRuns: 2000 },
    );
  });

  test('is read of every signature that is made', () => {
    for (let i = 0; i < 20; i += 1) {
      const pair = signP256(bytesOf(`key ${i}`), utf8('a vial'));
      expect(readDerSignature(derOf(pair))).toEqual(pair);
    }
  });
});
