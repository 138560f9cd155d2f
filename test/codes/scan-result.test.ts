import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpretScan, shownCode, typedCode } from '../../shared/codes/scan-result.ts';

const TODAY = '2026-11-21';
const GS = '\x1d';
const VIAL = `01003614145678941727020010ABC123${GS}21SER0001`;
const scan = (symbology: string, text: string) => interpretScan({ symbology, text }, TODAY);

describe('interpretScan', () => {
  it.each([']d2', ']C1', ']e0', ']Q3', ']J1'])('parses %s as GS1', (symbology) => {
    expect(scan(symbology, VIAL)).toMatchObject({
      kind: 'gs1',
      gtin: '00361414567894',
      lot: 'ABC123',
      serial: 'SER0001',
      expires: '2027-02-28',
      expiresDayStated: false,
      ndcs: [{ ndc11: '06141-4567-89' }, { ndc11: '61414-0567-89' }, { ndc11: '61414-5678-09' }],
      doubts: [],
    });
  });

  it.each([']d1', ']C0', ']Q1', ']A0'])('leaves %s alone, whatever it looks like', (symbology) => {
    expect(scan(symbology, VIAL)).toEqual({ kind: 'text', text: VIAL });
  });

  it('forgives the FNC1 that some decoders leave in front', () => {
    expect(scan(']d2', GS + VIAL)).toMatchObject({ kind: 'gs1', lot: 'ABC123' });
  });

  it.each([
    [']E0', '0361414567894', '00361414567894'],
    [']E0', '361414567894', '00361414567894'],
    [']E0', '04252614', '00042100005264'],
    [']E4', '96385074', '00000096385074'],
    ['', '361414567894', '00361414567894'],
  ])('%s %s is a product number', (symbology, text, gtin) => {
    expect(scan(symbology, text)).toMatchObject({ kind: 'gtin', gtin });
  });

  it('knows GS1 data without an identifier by its separators or the GTIN in front', () => {
    expect(scan('', VIAL)).toMatchObject({ kind: 'gs1', serial: 'SER0001' });
    expect(scan('', '010036141456789417271231')).toMatchObject({ kind: 'gs1', expires: '2027-12-31' });
    expect(scan('', '01003614145678901727123110A')).toEqual({
      kind: 'text',
      text: '01003614145678901727123110A',
    });
    expect(scan('', 'SAFE-12')).toEqual({ kind: 'text', text: 'SAFE-12' });
  });

  it('takes the NDC that the label states over the readings of the GTIN', () => {
    expect(scan(']d2', '010036141456789471561414-567-89')).toMatchObject({
      ndcs: [{ ndc11: '61414-0567-89' }],
    });
  });

  it('asks when the lot may hold the serial too', () => {
    const result = scan(']d2', '01003614145678941727123110ABC12321SER0001');
    expect(result).toMatchObject({ kind: 'gs1', lot: 'ABC12321SER0001' });
    expect(result.kind === 'gs1' && result.doubts.map((d) => d.code)).toEqual(['maybe-fused']);
  });

  it('refuses a lot that holds an expiry date or a GTIN', () => {
    expect(scan(']d2', '010036141456789410ABC12317271231')).toMatchObject({
      kind: 'bad',
      code: 'fused-fields',
    });
    expect(scan(']d2', '10ABC010036141456789')).toMatchObject({ kind: 'gs1' });
    expect(scan(']d2', '10AB0100361414567894')).toMatchObject({ kind: 'bad', code: 'fused-fields' });
  });

  it('does not doubt a lot with digits that mean nothing', () => {
    for (const lot of ['A2101', '21ABCD', 'K1799', 'L2199881X21']) {
      expect(scan(']d2', `01003614145678941727123121SER${GS}10${lot}`)).toMatchObject({ lot, doubts: [] });
    }
  });

  it.each([
    ['17271331', 'illegal-month'],
    ['17010229', 'illegal-day'],
    ['0100361414567890', 'incorrect-check-digit'],
    [`10${'A'.repeat(21)}`, 'too-long'],
    ['', 'empty'],
  ])('refuses %j: %s', (text, code) => {
    expect(scan(']d2', text)).toMatchObject({ kind: 'bad', code, text });
  });

  it('puts each refusal in a sentence or two', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789AB(', GS), maxLength: 40 }), (text) => {
        for (const result of [scan(']d2', text), scan(']E0', text), typedCode(text, TODAY)]) {
          if (result.kind === 'bad') expect(result.message).toMatch(/^[A-Z“].+\.$/s);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe('typedCode', () => {
  it('reads back a code that was shown for correction', () => {
    const shown = shownCode({ symbology: ']d2', text: VIAL });
    expect(shown).not.toContain(GS);
    expect(typedCode(shown, TODAY)).toEqual(scan(']d2', VIAL));
  });

  it.each([
    ['(01)00361414567894(17)270200(10)ABC123', 'gs1'],
    [' 361414567894 ', 'gtin'],
    ['3 61414 56789 4', 'gtin'],
    ['04252614', 'gtin'],
    ['59399-114-10', 'ndc'],
    ['5939911410', 'ndc'],
    [']d2010036141456789410A', 'gs1'],
    ['00012345', 'text'],
    ['2024-001', 'text'],
    ['SAFE-12', 'text'],
    ['(A) shelf 2', 'text'],
    ['361414567895', 'bad'],
    ['54771-9050', 'bad'],
    ['(01)0036141456789', 'bad'],
    ['', 'bad'],
  ])('%j is %s', (text, kind) => {
    expect(typedCode(text, TODAY).kind).toBe(kind);
  });
});
