import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  concat,
  equalBytes,
  fromBase64,
  fromBase64Url,
  fromHex,
  fromUtf8,
  toBase64,
  toBase64Url,
  toHex,
  utf8,
} from '../../shared/ledger/bytes.ts';
import { codeOf } from './codes.ts';

const bytes = fc.uint8Array({ maxLength: 70 });

const codecs = [
  { name: 'base64url', encode: toBase64Url, decode: fromBase64Url, node: 'base64url' },
  { name: 'base64', encode: toBase64, decode: fromBase64, node: 'base64' },
  { name: 'hex', encode: toHex, decode: fromHex, node: 'hex' },
] as const;

for (const { name, encode, decode, node } of codecs) {
  describe(name, () => {
    test('there and back, as Node prints it', () => {
      fc.assert(
        fc.property(bytes, (raw) => {
          expect(encode(raw)).toBe(Buffer.from(raw).toString(node));
          expect(equalBytes(decode(encode(raw)), raw)).toBe(true);
        }),
      );
    });

    test('any text that is accepted is the one that prints back', () => {
      const letters = fc.constantFrom(...'ABCDEFabcdef0123456789+/-_= \n\u0100');
      fc.assert(
        fc.property(fc.string({ unit: letters, maxLength: 10 }), (text) => {
          let read: Uint8Array | undefined;
          const code = codeOf(() => (read = decode(text)));
          if (read === undefined) expect(code).toBe('parse');
          else expect(encode(read)).toBe(text);
        }),
        { numRuns: 2000 },
      );
    });
  });
}

test('malformed texts', () => {
  for (const text of ['A', 'AB', 'AAB', 'AA==', 'A+', 'AA\n', 'é', 'AAAAA', '====']) {
    expect(
      codeOf(() => fromBase64Url(text)),
      text,
    ).toBe('parse');
  }
  for (const text of [
    'AA',
    'AAA',
    'AB==',
    'AAB=',
    'AA=A',
    '=',
    '====',
    'A===',
    'AA==\n',
    'AA-_',
    'AAAA=',
    'AAAA====',
  ]) {
    expect(
      codeOf(() => fromBase64(text)),
      text,
    ).toBe('parse');
  }
  for (const text of ['A', 'AA', '0', '0g', ' 00', '00\n'])
    expect(
      codeOf(() => fromHex(text)),
      text,
    ).toBe('parse');
});

test('UTF-8 is decoded strictly, and a byte order mark is not swallowed', () => {
  expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))).toBe('\ufeffa');
  for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf4, 0x90, 0x80, 0x80]]) {
    expect(codeOf(() => fromUtf8(Uint8Array.from(bad)))).toBe('parse');
  }
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fromUtf8(utf8(text)) === text));
});

test('concat and equalBytes', () => {
  expect(concat(Uint8Array.of(1), new Uint8Array(), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
});
