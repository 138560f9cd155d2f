import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAi } from '../../shared/codes/ai-table.ts';
import { GS, type Gs1Result, parseBracketed, parseElementString } from '../../shared/codes/gs1.ts';
import { checkDigit } from '../../shared/codes/gtin.ts';
import { allAis, toBracketed, toElementString } from './gs1-print.ts';

interface Case {
  readonly data: string;
  readonly valid: boolean;
  readonly error?: string;
  readonly raw?: string;
}

const path = new URL('../../../shared/vectors/gs1-ai.json', import.meta.url);
const here = existsSync(path);
if (!here) process.stdout.write('gs1: vectors skipped, ../shared/vectors/gs1-ai.json is absent\n');
const vectors: Record<'elementString' | 'linters' | 'bracketed', readonly Case[]> = here
  ? JSON.parse(readFileSync(path, 'utf8'))
  : { elementString: [], linters: [], bracketed: [] };

/** GS1's vectors write FNC1 as ^, the one in front too; a symbol without that one is no GS1 symbol. */
function readVector(data: string): Gs1Result | undefined {
  return data.startsWith('^') ? parseElementString(data.slice(1).replaceAll('^', GS)) : undefined;
}

describe.runIf(here)('GS1 vectors', () => {
  it.each(vectors.elementString.map((c) => [c.data, c.valid] as const))(
    'element string %j: %s',
    (data, valid) => {
      expect(readVector(data)?.ok ?? false).toBe(valid);
    },
  );

  it.each(vectors.linters.map((c) => [c.data, c.error] as const))('fields %j: %s', (data, error) => {
    const result = parseBracketed(data);
    const name = result.ok ? 'OK' : result.error.code.toUpperCase().replaceAll('-', '_');
    // One code for all faults of a shop coupon: which part it is stands in the sentence.
    expect(name).toBe(error?.startsWith('COUPON_') ? 'INVALID_COUPON' : error);
  });

  it.each(vectors.bracketed.map((c) => [c.data, c.valid, c.raw] as const))(
    'bracketed %j: %s',
    (data, valid, raw) => {
      const result = parseBracketed(data);
      expect(result.ok).toBe(valid);
      if (result.ok) expect(`^${toElementString(result.elements).replaceAll(GS, '^')}`).toBe(raw);
    },
  );
});

const fault = (result: Gs1Result) => (result.ok ? 'ok' : result.error.code);

describe('parseElementString', () => {
  it('reads a medicine label', () => {
    const result = parseElementString(`010036141456789417271231${'10ABC123'}${GS}21SER0001`);
    expect(result.ok && result.elements.map((e) => [e.ai, e.value])).toEqual([
      ['01', '00361414567894'],
      ['17', '271231'],
      ['10', 'ABC123'],
      ['21', 'SER0001'],
    ]);
  });

  it.each([
    ['17271331', 'illegal-month'],
    ['17270230', 'illegal-day'],
    ['17270200', 'ok'],
    ['17280229', 'ok'],
    ['17270229', 'illegal-day'],
    [`10${'A'.repeat(21)}`, 'too-long'],
    [`10${'A'.repeat(20)}`, 'ok'],
    ['10ABCDEFGHIJKLMNOP21SER0001', 'fused-fields'],
    [`${GS}10A`, 'unknown-ai'],
    [`10A${GS}${GS}21B`, 'unknown-ai'],
    [`10A${GS}10B`, 'repeated-ai'],
    [`10A${GS}10A`, 'ok'],
    ['0100361414567890', 'incorrect-check-digit'],
    [`10${GS}21B`, 'empty-value'],
    [`0112345${GS}`, 'too-short'],
    ['10A B', 'invalid-cset82-character'],
    ['04123', 'unknown-ai'],
    ['', 'empty'],
  ])('%j gives %s', (data, code) => {
    expect(fault(parseElementString(data))).toBe(code);
  });

  it('says what a missing separator did', () => {
    const result = parseElementString('10ABCDEFGHIJKLMNOP21SER0001');
    expect(!result.ok && result.error.message).toMatch(/lot number .* run together with the serial number/);
  });

  it('has no identifier that begins another one', () => {
    const ais = allAis.map((e) => e.ai);
    for (const ai of ais) {
      expect(ais.filter((other) => other !== ai && other.startsWith(ai))).toEqual([]);
    }
    expect(ais.length).toBeGreaterThan(500);
  });

  it('gives back what was printed, whatever the order of the fields', () => {
    const gtin = fc
      .stringMatching(/^\d{13}$/)
      .map((digits) => ({ ai: '01', value: digits + checkDigit(digits) }));
    const text = (ai: string) => fc.stringMatching(/^[!-"%-?A-Z_a-z]{1,20}$/).map((value) => ({ ai, value }));
    const date = fc
      .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
      .map((d) => ({ ai: '17', value: d.toISOString().slice(2, 10).replaceAll('-', '') }));
    const count = fc.stringMatching(/^\d{1,8}$/).map((value) => ({ ai: '30', value }));
    const fields = fc
      .tuple(gtin, text('10'), text('21'), date, count, text('715'))
      .chain((all) => fc.shuffledSubarray(all, { minLength: 1 }))
      .map((some) => some.map((e) => ({ ...e, title: findAi(e.ai)?.title ?? '' })));
    fc.assert(
      fc.property(fields, (elements) => {
        expect(parseElementString(toElementString(elements))).toEqual({ ok: true, elements });
        const again = parseBracketed(toBracketed(elements));
        expect(again).toEqual({ ok: true, elements });
      }),
    );
  });

  it('never throws, and refuses in sentences', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789ABC()\\^%=/-', GS), maxLength: 60 }),
        (data) => {
          for (const result of [parseElementString(data), parseBracketed(data)]) {
            if (!result.ok) expect(result.error.message).toMatch(/^(The|This|Set|Scan|Type).*\.$/s);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
