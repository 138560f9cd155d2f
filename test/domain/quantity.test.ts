import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  compare,
  fromTenThousandths,
  isQuantity,
  readTypedQuantity,
  subtract,
  toTenThousandths,
} from '../../shared/domain/quantity.ts';

const amount = fc.integer({ min: -999_999_999_9999, max: 999_999_999_9999 });

describe('quantity', () => {
  test('prints canonically and reads back', () => {
    fc.assert(
      fc.property(amount, (n) => {
        const text = fromTenThousandths(n);
        expect(isQuantity(text)).toBe(true);
        expect(toTenThousandths(text)).toBe(n);
      }),
    );
  });

  test('adds and subtracts exactly', () => {
    expect(add('0.1', '0.2')).toBe('0.3');
    expect(subtract('0.3', '0.1')).toBe('0.2');
    expect(subtract('0.1', '0.1')).toBe('0');
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: -1e9, max: 1e9 }), (a, b) => {
        const [x, y] = [fromTenThousandths(a), fromTenThousandths(b)];
        expect(subtract(add(x, y), y)).toBe(x);
        expect(Math.sign(compare(x, y))).toBe(Math.sign(a - b));
      }),
    );
  });

  test.each(['', '.5', '0.50', '01', '1.', '-0', '+1', '1e3', '0.12345', '1,5', ' 1', 'NaN'])(
    '%j is not canonical',
    (text) => expect(isQuantity(text)).toBe(false),
  );

  test.each([
    ['.5', '0.5'],
    ['0.50', '0.5'],
    [' 12. ', '12'],
    ['007', '7'],
    ['0.3500', '0.35'],
  ])('typed %j is %s', (typed, quantity) => expect(readTypedQuantity(typed)).toEqual({ ok: true, quantity }));

  test.each([
    ['', 'empty'],
    ['-1', 'negative'],
    ['0', 'zero'],
    ['0.0', 'zero'],
    ['1,5', 'not-a-number'],
    ['abc', 'not-a-number'],
    ['.', 'not-a-number'],
    ['0.12345', 'too-precise'],
    ['12345678', 'too-large'],
  ])('typed %j is refused: %s', (typed, code) => {
    expect(readTypedQuantity(typed)).toMatchObject({
      ok: false,
      code,
      message: expect.stringMatching(/\.$/),
    });
  });

  test('whatever was typed is canonical, or refused', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const read = readTypedQuantity(typed, { allowZero: true });
        if (read.ok) expect(isQuantity(read.quantity)).toBe(true);
      }),
    );
  });
});
