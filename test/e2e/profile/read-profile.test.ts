import { expect, test } from 'vitest';
import { readLog } from './leveldb.ts';
import { placesOf, secretBytes, secretText } from './read-profile.ts';
import { unsnap } from './snappy.ts';

const diskOf = (bytes: Buffer) => ({
  compressedBlocks: 0,
  texts: [{ file: 'f', how: 'raw' as const, bytes }],
});
const found = (bytes: Buffer, secret: ReturnType<typeof secretText>) =>
  placesOf(diskOf(bytes), [secret]).get(secret.what)?.length === 1;

test('a secret is found however it is written, and wherever', () => {
  const name = secretText('name', 'Zephyrinka');
  const plain = Buffer.from('..Zephyrinka..');
  expect(found(plain, name)).toBe(true);
  expect(found(Buffer.from('xZephyrinka', 'utf16le'), name)).toBe(true);
  expect(found(Buffer.from('xZephyrinka', 'utf16le').swap16(), name)).toBe(true);
  expect(found(Buffer.from(plain.toString('hex')), name)).toBe(true);
  expect(found(Buffer.from('..Zephyrinkb..'), name)).toBe(false);
  expect(found(Buffer.from('Zephyrink'), name)).toBe(false);
  const key = Buffer.from(Array.from({ length: 32 }, (_, i) => (i * 67 + 250) % 256));
  for (const before of ['', 'a', 'ab', 'abc']) {
    const around = Buffer.concat([Buffer.from(before), key, Buffer.from('zz')]);
    for (const text of [around.toString('base64'), around.toString('base64url')]) {
      expect(found(Buffer.from(text), secretBytes('key', key)), before).toBe(true);
      expect(found(Buffer.from(text, 'utf16le'), secretBytes('key', key)), before).toBe(true);
    }
  }
});

test('a record that was cut up at the end of a block is whole again', () => {
  const record = Buffer.alloc(40_000, 'cut');
  const part = (type: number, data: Buffer) => {
    const head = Buffer.alloc(7);
    head.writeUInt16LE(data.length, 4);
    head.writeUInt8(type, 6);
    return Buffer.concat([head, data]);
  };
  const log = Buffer.concat([part(2, record.subarray(0, 32_761)), part(4, record.subarray(32_761))]);
  expect(readLog(log).map((one) => Buffer.from(one))).toEqual([record]);
});

test('a packed block is expanded, and bytes that are none are not', () => {
  // Nine letters as they are, then a copy of nine from nine back, which overlaps nothing.
  const packed = Buffer.from([18, (9 - 1) << 2, ...Buffer.from('Wikipedia'), ((9 - 1) << 2) | 2, 9, 0]);
  expect(Buffer.from(unsnap(packed)).toString()).toBe('WikipediaWikipedia');
  // A copy from one back repeats a letter.
  expect(Buffer.from(unsnap(Buffer.from([5, 0, 97, ((4 - 4) << 2) | 1, 1]))).toString()).toBe('aaaaa');
  expect(() => unsnap(Buffer.from([5, 0, 97, 1, 9]))).toThrow(RangeError);
});
