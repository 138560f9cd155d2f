import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deaCheckDigit, parseDeaNumber } from '../../shared/codes/dea-number.ts';
import { fullYear, gs1Date } from '../../shared/codes/gs1-date.ts';
import { checkDigit, expandUpcE, gtinToNdc10, hasCheckDigit, parseGtin } from '../../shared/codes/gtin.ts';
import { ndcsOfGtin, parseNdc } from '../../shared/codes/ndc.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

describe('GTIN', () => {
  it.each([
    ['96385074', '00000096385074'],
    ['359399114103', '00359399114103'],
    ['4006381333931', '04006381333931'],
    ['00359399114103', '00359399114103'],
  ])('widens %s', (text, gtin) => {
    expect(parseGtin(text)).toEqual({ ok: true, gtin });
  });

  it.each([
    ['359399114104', 'gtin-check-digit'],
    ['35939911410', 'gtin-length'],
    ['35939911410X', 'gtin-not-digits'],
    ['', 'gtin-not-digits'],
  ])('refuses %j: %s', (text, code) => {
    expect(parseGtin(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('catches every single wrong digit', () => {
    fc.assert(
      fc.property(digits(13), fc.nat(13), fc.integer({ min: 1, max: 9 }), (body, at, add) => {
        const good = body + checkDigit(body);
        const wrong = String((Number(good[at]) + add) % 10);
        expect(hasCheckDigit(good)).toBe(true);
        expect(hasCheckDigit(good.slice(0, at) + wrong + good.slice(at + 1))).toBe(false);
      }),
    );
  });

  it.each([
    ['04252614', '042100005264'],
    ['425261', '042100005264'],
    ['01234565', '012345000065'],
    ['01234133', '012300000413'],
  ])('expands UPC-E %s', (text, upc) => {
    expect(expandUpcE(text)).toBe(upc);
  });

  it.each(['04252615', '94252614', '4252', '42526A'])('does not take %s for UPC-E', (text) => {
    expect(expandUpcE(text)).toBeUndefined();
  });
});

describe('NDC', () => {
  it.each([
    ['59399-114-10', '59399-0114-10', '59399-114-10'],
    ['0641-6169-10', '00641-6169-10', '0641-6169-10'],
    ['54771-4531-1', '54771-4531-01', '54771-4531-1'],
    ['59399-0114-10', '59399-0114-10', undefined],
    ['59399011410', '59399-0114-10', undefined],
    ['059399-0114-10', '59399-0114-10', undefined],
    ['059399011410', '59399-0114-10', undefined],
  ])('reads %s', (text, ndc11, ndc10) => {
    expect(parseNdc(text)).toMatchObject({ ok: true, candidates: [{ original: text, ndc11, ndc10 }] });
  });

  it('keeps the ambiguity of ten digits', () => {
    const result = parseNdc('5939911410');
    expect(result.ok && result.candidates.map((c) => [c.ndc10, c.ndc11])).toEqual([
      ['5939-9114-10', '05939-9114-10'],
      ['59399-114-10', '59399-0114-10'],
      ['59399-1141-0', '59399-1141-00'],
    ]);
  });

  it('has no eleven-digit form for a six-digit labeler', () => {
    expect(parseNdc('100001-0114-10')).toMatchObject({ candidates: [{ ndc11: undefined }] });
  });

  it.each([
    ['54771-9050', 'ndc-without-package'],
    ['123-4567-89', 'ndc-segments'],
    ['1-2-3-4', 'ndc-segments'],
    ['123456789', 'ndc-length'],
    ['NDC 59399', 'ndc-characters'],
  ])('refuses %s: %s', (text, code) => {
    expect(parseNdc(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('is found in a GTIN, with the true one among the candidates', () => {
    const shaped = fc
      .constantFrom([4, 4, 2] as const, [5, 3, 2] as const, [5, 4, 1] as const)
      .chain(([a, b, c]) => fc.tuple(digits(a), digits(b), digits(c)));
    fc.assert(
      fc.property(shaped, fc.integer({ min: 0, max: 8 }), (segments, indicator) => {
        const body = `${indicator}03${segments.join('')}`;
        const gtin = body + checkDigit(body);
        const truth = parseNdc(segments.join('-'));
        expect(gtinToNdc10(gtin)).toBe(segments.join(''));
        expect(truth.ok && ndcsOfGtin(gtin).some(({ ndc12 }) => ndc12 === truth.candidates[0].ndc12)).toBe(
          true,
        );
      }),
    );
  });

  it('is not looked for in a GTIN of another company prefix', () => {
    expect(ndcsOfGtin('04006381333931')).toEqual([]);
  });
});

describe('DEA number', () => {
  it('takes a good one, small letters and spaces forgiven', () => {
    expect(parseDeaNumber(' ap 5836727')).toEqual({ ok: true, value: 'AP5836727', warnings: [] });
  });

  it.each([
    ['AP5836728', 'dea-checksum'],
    ['A5836727', 'dea-format'],
    ['AP58367271', 'dea-format'],
    ['', 'dea-format'],
  ])('refuses %j: %s', (text, code) => {
    expect(parseDeaNumber(text)).toMatchObject({ ok: false, error: { code } });
  });

  it('only warns about letters', () => {
    const body = '583672';
    const odd = parseDeaNumber(`QP${body}${deaCheckDigit(body)}`, 'Riverside Animal Hospital');
    expect(odd.ok && odd.warnings.map((w) => w.code)).toEqual(['dea-registrant-type', 'dea-name-letter']);
    expect(parseDeaNumber('AP5836727', 'Dr. Ana Perez')).toMatchObject({ warnings: [] });
  });
});

describe('GS1 dates', () => {
  it.each([
    [0, 2026, 2000],
    [26, 2026, 2026],
    [76, 2026, 2076],
    [77, 2026, 1977],
    [99, 2026, 1999],
    [0, 2055, 2100],
    [5, 2055, 2105],
    [6, 2055, 2006],
  ])('year %i seen from %i is %i', (yy, current, year) => {
    expect(fullYear(yy, current)).toBe(year);
  });

  it('keeps every year within 49 back and 50 ahead', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 1990, max: 2190 }), (yy, current) => {
        const ahead = fullYear(yy, current) - current;
        expect(fullYear(yy, current) % 100).toBe(yy);
        expect(ahead).toBeGreaterThanOrEqual(-49);
        expect(ahead).toBeLessThanOrEqual(50);
      }),
    );
  });

  it.each([
    ['270200', { date: '2027-02-28', dayStated: false }],
    ['280200', { date: '2028-02-29', dayStated: false }],
    ['271231', { date: '2027-12-31', dayStated: true }],
    ['270229', undefined],
    ['271300', undefined],
  ])('%s', (yymmdd, date) => {
    expect(gs1Date(yymmdd, '2026-11-21')).toEqual(date);
  });
});
