import { expect, test } from 'vitest';
import { lookUpScan, lookUpTyped, type Stock } from '../../shared/ui/capture/find.ts';
import { product, vial } from './stock.ts';

const TODAY = '2026-11-21';
const first = vial();
const second = vial({ id: '2', number: 'K-02', lot: 'LOT2' });
const serialised = vial({ id: '3', number: 'K-03', lot: 'LOT2', serial: 'S3' });
const closed = vial({
  id: '4',
  number: 'K-00',
  lot: 'OLD',
  serial: 'S0',
  closedAt: '2026-11-01T09:00:00.000Z',
});
const stock: Stock = { containers: [first, second, serialised, closed], products: [product()] };
const typed = (text: string, of: Stock = stock) => lookUpTyped(text, of, TODAY).found;
const GTIN = '(01)00304093303308';

test("the clinic's own number names one container, however it is spelt", () => {
  expect(typed(' k-02 ')).toEqual({ kind: 'container', container: second });
});

test('a label names a container by its lot, and by its serial where there is one', () => {
  expect(typed(`${GTIN}(10)LOT1`)).toEqual({ kind: 'container', container: first });
  expect(typed(`${GTIN}(10)LOT2(21)S3`)).toEqual({ kind: 'container', container: serialised });
});

test('where several fit, a person chooses', () => {
  expect(typed(`${GTIN}(10)LOT2`)).toMatchObject({ kind: 'several', containers: [second, serialised] });
});

test('a closed container is named as closed, not as unknown', () => {
  expect(typed('k-00')).toMatchObject({
    kind: 'unknown',
    message: expect.stringMatching(/K-00.*was closed/),
  });
  expect(typed(`${GTIN}(21)S0`)).toMatchObject({
    kind: 'unknown',
    message: expect.stringMatching(/K-00.*was closed/),
  });
});

test('a lot that is not in the house is new stock of a known product', () => {
  expect(typed(`${GTIN}(10)NEW`)).toMatchObject({
    kind: 'product',
    message: expect.stringMatching(/lot NEW/),
  });
});

test('a product that nobody knows, a wrong check digit and plain nonsense each get their own sentence', () => {
  expect(typed('(01)00312345678906')).toMatchObject({
    kind: 'unknown',
    message: expect.stringMatching(/no product/),
  });
  expect(typed('(01)00304093303306')).toMatchObject({
    kind: 'unknown',
    message: expect.stringMatching(/check digit/),
  });
  expect(typed('hello')).toMatchObject({ kind: 'unknown', message: expect.stringMatching(/“hello”/) });
});

test('an NDC finds its product, with or without hyphens in what is kept', () => {
  const known: Stock = {
    containers: [first],
    products: [product({ gtins: [], ndc: { original: '0409-3303-30', ndc11: '00409330330' } })],
  };
  expect(typed('0409-3303-30', known)).toEqual({ kind: 'container', container: first });
});

test('a scanned label means the same as a typed one', () => {
  const scan = { symbology: ']d2', text: '010030409330330810LOT1' };
  expect(lookUpScan(scan, stock, TODAY).found).toEqual({ kind: 'container', container: first });
});
