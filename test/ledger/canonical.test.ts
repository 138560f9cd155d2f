import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { canonicalize, type Json, MAX_DEPTH, parseCanonical } from '../../shared/ledger/canonical.ts';
import { jcs } from '../reference/jcs.ts';
import { codeOf } from './codes.ts';
import { readVectors } from './vectors.ts';

const vectors = readVectors(
  'rfc8785-jcs.json',
  v.array(v.object({ case: v.string(), input: v.string(), output: v.string() })),
);

/** Values of the format's own types; keys that JavaScript treats in its own ways among them. */
const key = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toJSON', '10', '9', '-1', '', 'é', '€', '\ud83d\ude02', 'דּ'),
  fc.string({ unit: 'binary', maxLength: 6 }),
);
const text = fc.string({ unit: 'binary', maxLength: 12 });
const value = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    text,
    fc.array(tie('json'), { maxLength: 4 }),
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 5 })
      .map((members) => Object.fromEntries(members) as { [key: string]: Json }),
  ),
})).json;

describe('canonicalize', () => {
  test.runIf(vectors)('RFC 8785 vectors', () => {
    for (const { case: name, input, output } of vectors ?? []) {
      expect(canonicalize(JSON.parse(input)), name).toBe(output);
    }
  });

  test('numbers of RFC 8785 appendix B', () => {
    const doubles: [string, string][] = [
      ['0000000000000000', '0'],
      ['8000000000000000', '0'],
      ['0000000000000001', '5e-324'],
      ['7fefffffffffffff', '1.7976931348623157e+308'],
      ['4340000000000000', '9007199254740992'],
      ['44b52d02c7e14af5', '9.999999999999997e+22'],
      ['44b52d02c7e14af6', '1e+23'],
      ['444b1ae4d6e2ef4f', '999999999999999900000'],
      ['444b1ae4d6e2ef50', '1e+21'],
      ['3eb0c6f7a0b5ed8d', '0.000001'],
      ['41b3de4355555556', '333333333.3333334'],
      ['becbf647612f3696', '-0.0000033333333333333333'],
    ];
    for (const [bits, want] of doubles) {
      const view = new DataView(new ArrayBuffer(8));
      view.setBigUint64(0, BigInt(`0x${bits}`));
      expect(canonicalize(view.getFloat64(0))).toBe(want);
    }
  });

  test('agrees with the plain reference, and reads back', () => {
    fc.assert(
      fc.property(value, (json) => {
        const printed = canonicalize(json);
        expect(printed).toBe(jcs(json));
        expect(canonicalize(parseCanonical(printed))).toBe(printed);
      }),
      { numRuns: 2000 },
    );
  });

  test('keys by UTF-16 code units, not by code points', () => {
    // U+FB33 comes before U+1F602 as a code point and after its first surrogate as a code unit.
    expect(canonicalize({ '\ufb33': 1, '\ud83d\ude02': 2 })).toBe('{"\ud83d\ude02":2,"\ufb33":1}');
  });

  test('__proto__ is a key like any other', () => {
    const hostile = '{"__proto__":{"admin":true},"a":1}';
    expect(canonicalize(parseCanonical(hostile))).toBe(hostile);
    expect(Object.getPrototypeOf(parseCanonical(hostile))).toBe(Object.prototype);
  });

  test('refuses what JSON cannot hold', () => {
    const cyclic: { [key: string]: Json } = {};
    cyclic.self = cyclic;
    class Thing {
      toJSON() {
        return 'thing';
      }
    }
    const bad: unknown[] = [
      Number.NaN,
      Number.POSITIVE_INFINITY,
      undefined,
      { a: undefined },
      [undefined],
      new Array(2),
      '\ud800',
      { '\udc00': 1 },
      ['ok', 'a\udfffb'],
      1n,
      () => 1,
      Symbol('s'),
      { [Symbol('s')]: 1 },
      new Date(0),
      new Thing(),
      new Map(),
      cyclic,
    ];
    for (const each of bad) expect(codeOf(() => canonicalize(each as Json))).toBe('canonical');
  });
});

describe('parseCanonical', () => {
  test('refuses another spelling of the same value', () => {
    const spellings = [
      ' {"a":1}',
      '{"a":1}\n',
      '{"a": 1}',
      '{"b":1,"a":2}',
      '{"a":1,"a":1}',
      '{"a":1,"a":2}',
      '1.0',
      '-0',
      '1e2',
      '"\\u0041"',
      '"\\/"',
      '"\\u000A"',
      '"\\u20AC"',
      '{"9":1,"10":2}',
      '"\\ud800"',
      '{"\\udfff":0}',
    ];
    for (const each of spellings)
      expect(
        codeOf(() => parseCanonical(each)),
        each,
      ).toBe('canonical');
  });

  test('accepts what only looks like a surrogate escape', () => {
    const printed = canonicalize({ path: 'c:\\udir' });
    expect(printed).toContain('\\ud');
    expect(parseCanonical(printed)).toEqual({ path: 'c:\\udir' });
  });

  test('accepts number-like keys in text order', () => {
    expect(parseCanonical('{"10":2,"9":1}')).toEqual({ '9': 1, '10': 2 });
  });

  test('refuses what is not JSON, or not of the format’s types', () => {
    const deep = '['.repeat(MAX_DEPTH + 1) + ']'.repeat(MAX_DEPTH + 1);
    const veryDeep = '['.repeat(20_000) + ']'.repeat(20_000);
    for (const each of [
      '',
      '{',
      '{}x',
      "{'a':1}",
      '\ufeff{}',
      'NaN',
      '01',
      '1.5',
      '1e-7',
      '9007199254740992',
      deep,
      veryDeep,
    ]) {
      expect(
        codeOf(() => parseCanonical(each)),
        each.slice(0, 20),
      ).toBe('parse');
    }
    const deepest = '['.repeat(MAX_DEPTH) + ']'.repeat(MAX_DEPTH);
    expect(canonicalize(parseCanonical(deepest))).toBe(deepest);
    expect(parseCanonical('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('whatever it accepts prints back to the same text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), value.map(jcs)),
        fc.nat(),
        fc.string({ maxLength: 1 }),
        (whole, seed, letter) => {
          const at = seed % (whole.length + 1);
          const edited = whole.slice(0, at) + letter + whole.slice(at + 1);
          for (const each of [whole, edited]) {
            let read: Json | undefined;
            if (codeOf(() => (read = parseCanonical(each))) === undefined) expect(jcs(read)).toBe(each);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
