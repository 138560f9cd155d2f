import { describe, expect, test } from 'vitest';
import {
  type Line,
  lineFaults,
  nextNumber,
  type ProductValues,
  readSupplier,
} from '../../../pwa/screens/receive/model.ts';
import { readProduct } from '../../../pwa/screens/receive/product.ts';
import { vial } from '../../ui/stock.ts';

const at = (number: string, receivedAt = '2026-11-01T09:00:00.000Z') => vial({ number, receivedAt });

describe('the next number', () => {
  const methadone = vial({ number: 'M-99', productId: 'methadone', receivedAt: '2026-11-09T09:00:00.000Z' });
  test('goes on from the last container of the same product', () => {
    expect(nextNumber([at('K-07', '2026-11-02T09:00:00.000Z'), at('K-03'), methadone], [], 'ketamine')).toBe(
      'K-08',
    );
  });
  test('goes on from the last of all where the product is new', () => {
    expect(nextNumber([at('K-07'), methadone], [], 'new')).toBe('M-100');
    expect(nextNumber([at('K-07')], [{ number: '5', product: 'other' }], 'new')).toBe('6');
  });
  test('keeps its width until it has to grow', () => {
    expect(nextNumber([at('0009')], [], 'ketamine')).toBe('0010');
    expect(nextNumber([at('99')], [], 'ketamine')).toBe('100');
  });
  test('skips what is in use, and goes on from what is on the list', () => {
    expect(nextNumber([at('1'), at('2', '2026-10-01T09:00:00.000Z')], [], 'ketamine')).toBe('3');
    expect(nextNumber([at('1')], [{ number: '5', product: 'ketamine' }], 'ketamine')).toBe('6');
  });
  test('begins somewhere', () => {
    expect(nextNumber([], [], 'ketamine')).toBe('0001');
  });
});

describe('a line', () => {
  const line: Line = { id: 'x', product: 'p', number: '1', lot: 'L', expires: '2028-01-31', quantity: '10' };
  test('is fine', () => {
    expect(lineFaults(line, ['2'], '2026-11-21')).toEqual({});
  });
  test.each([
    [{ number: ' ' }, 'number', /Give it a number/],
    [{ number: '2' }, 'number', /in use/],
    [{ lot: '' }, 'lot', /Type the lot/],
    [{ expires: '' }, 'expires', /expiry date/],
    [{ expires: '2026-11-20' }, 'expires', /past/],
    [{ quantity: '0' }, 'quantity', /zero/],
  ] as const)('%j is refused', (change, field, sentence) => {
    expect(lineFaults({ ...line, ...change }, ['2'], '2026-11-21')[field]).toMatch(sentence);
  });
});

describe('a supplier', () => {
  const values = { name: 'Supply Co', address: '', dea: '', invoice: '' };
  test('may be left out', () => {
    expect(readSupplier({ ...values, name: '' })).toEqual({ ok: true });
  });
  test('has a DEA number with a right check digit, if any', () => {
    expect(readSupplier({ ...values, dea: 'rs1234563' })).toMatchObject({
      supplier: { deaNumber: 'RS1234563' },
    });
    expect(readSupplier({ ...values, dea: 'RS1234564' })).toMatchObject({ ok: false });
    expect(readSupplier({ ...values, name: '', dea: 'RS1234563' })).toMatchObject({ ok: false });
  });
});

describe('a new product', () => {
  const values: ProductValues = {
    name: 'Ketamine',
    strength: '100 mg/mL',
    form: 'injection',
    schedule: 'III',
    unit: 'mL',
    holds: '10',
    ndc: '0409-3303-30',
    gtin: '00304093303308',
  };
  test('keeps the NDC as printed and in eleven digits', () => {
    expect(readProduct(values)).toMatchObject({
      ok: true,
      product: { ndc: { original: '0409-3303-30', ndc11: '00409330330' }, gtins: ['00304093303308'] },
    });
  });
  test('says everything that is missing at once', () => {
    const blank = {
      name: '',
      strength: '',
      form: '',
      schedule: '',
      unit: '',
      holds: '',
      ndc: 'x',
      gtin: '1',
    } as const;
    const read = readProduct(blank);
    expect(!read.ok && Object.keys(read.errors).sort()).toEqual([
      'form',
      'gtin',
      'holds',
      'name',
      'ndc',
      'schedule',
      'unit',
    ]);
  });
});
