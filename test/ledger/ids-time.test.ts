import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isId, newId } from '../../shared/ledger/ids.ts';
import { formatTime, isTime, parseTime } from '../../shared/ledger/time.ts';
import { codeOf } from './codes.ts';

describe('ids', () => {
  test('a UUIDv7 with its time, version and variant', () => {
    // RFC 9562 appendix A.6.
    const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
    expect(newId(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 48 - 1 }),
        fc.uint8Array({ minLength: 10, maxLength: 16 }),
        (ms, bytes) => {
          const id = newId(ms, bytes);
          expect(isId(id)).toBe(true);
          expect(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(ms);
        },
      ),
    );
  });

  test('too little randomness or no time is a mistake of the caller', () => {
    expect(() => newId(0, new Uint8Array(9))).toThrow(RangeError);
    for (const ms of [-1, 0.5, Number.NaN, 2 ** 48])
      expect(() => newId(ms, new Uint8Array(10))).toThrow(RangeError);
  });

  test('anything else is refused', () => {
    const id = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
    const bad = [
      id.toUpperCase(),
      `{${id}}`,
      `${id}\n`,
      id.replaceAll('-', ''),
      id.replace('-7cc3', '-4cc3'),
      id.replace('-98c4', '-c8c4'),
      '',
    ];
    for (const each of bad) expect(isId(each), each).toBe(false);
    expect(isId(7)).toBe(false);
  });
});

describe('time', () => {
  test('there and back; texts sort as times do', () => {
    const instant = fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 });
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        expect(parseTime(formatTime(a))).toBe(a);
        expect(formatTime(a) < formatTime(b)).toBe(a < b);
      }),
    );
    for (const ms of [Number.NaN, 8.64e15 + 1, 253_402_300_800_000])
      expect(() => formatTime(ms)).toThrow(RangeError);
  });

  test('what does not print back is refused', () => {
    const bad = [
      '2026-02-29T00:00:00.000Z',
      '2026-04-31T00:00:00.000Z',
      '2026-13-01T00:00:00.000Z',
      '2026-00-01T00:00:00.000Z',
      '2026-01-00T00:00:00.000Z',
      '2026-01-01T24:00:00.000Z',
      '2026-06-30T23:59:60.000Z',
      '2026-01-01T00:00:00Z',
      '2026-01-01T00:00:00.0000Z',
      '2026-01-01T00:00:00.000+00:00',
      '2026-01-01t00:00:00.000z',
      '2026-01-01 00:00:00.000Z',
      '2026-01-01T00:00:00.000Z\n',
      '+002026-01-01T00:00:00.000Z',
    ];
    for (const each of bad)
      expect(
        codeOf(() => parseTime(each)),
        each,
      ).toBe('parse');
    expect(isTime('2024-02-29T00:00:00.000Z')).toBe(true);
    expect(isTime(0)).toBe(false);
  });
});
