import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  changeRow,
  findRow,
  leaveOut,
  linesFor,
  MAX_LINES,
  nextEmpty,
  productsOf,
  progressOf,
  startTaking,
} from '../../../pwa/screens/count/model.ts';
import { typedCode } from '../../../shared/codes/scan-result.ts';
import type { CountLine } from '../../../shared/protocol/views.ts';

const TODAY = '2026-11-21';
const GTIN = '00359399114103';

const line = (number: string, change: Partial<CountLine> = {}): CountLine => ({
  id: `id-${number}`,
  number,
  product: 'Ketamine',
  strength: '100 mg/mL',
  schedule: 'III',
  form: 'injection',
  lot: 'A1',
  expires: '2027-05-31',
  unit: 'mL',
  ...change,
});
const sheet = [
  line('K-10', { gtin: GTIN, serial: 'S10' }),
  line('K-2', { gtin: GTIN, serial: 'S2' }),
  line('M-1', { product: 'Methadone', schedule: 'II', gtin: '00351991002981' }),
  line('P-1', { product: 'Phenobarbital', schedule: 'IV', form: 'tablet', unit: 'tablet' }),
];
const taking = () =>
  startTaking(linesFor(sheet, { kind: 'all' }), { entryId: 'e', session: 's', kind: 'month-end' });
const idOf = (number: string) => line(number).id;

describe('what is counted', () => {
  it('goes through the cabinet by schedule, product and number as a person reads it', () => {
    expect(linesFor(sheet, { kind: 'all' }).map((l) => l.number)).toEqual(['M-1', 'K-2', 'K-10', 'P-1']);
  });

  it('takes one product, or the containers that were picked', () => {
    const ketamine = productsOf(sheet).find((p) => p.name === 'Ketamine');
    expect(ketamine?.containers).toBe(2);
    expect(linesFor(sheet, { kind: 'product', key: ketamine?.key ?? '' })).toHaveLength(2);
    expect(linesFor(sheet, { kind: 'spot', ids: [idOf('P-1')] }).map((l) => l.number)).toEqual(['P-1']);
  });

  it('starts with nothing filled in and the usual method of the form', () => {
    expect(taking().rows.map((r) => [r.typed, r.method])).toEqual([
      ['', 'measured'],
      ['', 'measured'],
      ['', 'measured'],
      ['', 'counted'],
    ]);
  });
});

describe('sealing', () => {
  const filled = (values: Record<string, string>) =>
    Object.entries(values).reduce((t, [n, typed]) => changeRow(t, idOf(n), { typed }), taking());

  it('refuses while something is empty, and names it', () => {
    const refused = bodyOf(filled({ 'M-1': '3', 'K-2': '0' }));
    expect(refused).toMatchObject({ ok: false });
    expect(refused.ok ? '' : refused.message).toContain('K-10, P-1');
  });

  it('takes what was typed in canonical form, zero as well', () => {
    const sealed = bodyOf(filled({ 'M-1': '.5', 'K-2': '0', 'K-10': '3.10', 'P-1': '12' }));
    expect(sealed.ok && sealed.body.lines.map((l) => l.counted)).toEqual(['0.5', '0', '3.1', '12']);
    expect(sealed.ok && sealed.body.recounts).toBeUndefined();
  });

  it('refuses a minus sign, a comma and five decimal places with the number of the container', () => {
    for (const typed of ['-1', '1,5', '0.00001', 'abc']) {
      const refused = bodyOf(filled({ 'M-1': typed, 'K-2': '0', 'K-10': '3.10', 'P-1': '12' }));
      expect(refused.ok ? '' : refused.message).toContain('Number M-1: ');
    }
  });

  it('lets a container be left out, but not all of them', () => {
    const all = taking();
    expect(leaveOut(all, [idOf('M-1')]).rows).toHaveLength(3);
    const none = bodyOf(
      leaveOut(
        all,
        all.rows.map((r) => r.line.id),
      ),
    );
    expect(none.ok).toBe(false);
  });

  it('refuses more lines than one entry holds', () => {
    const many = Array.from({ length: MAX_LINES + 1 }, (_, i) => line(`N-${i}`));
    const started = startTaking(many, { entryId: 'e', session: 's', kind: 'cycle' });
    const refused = bodyOf({ ...started, rows: started.rows.map((r) => ({ ...r, typed: '1' })) });
    expect(refused.ok ? '' : refused.message).toContain(String(MAX_LINES));
  });

  it('counts as done only what could be sealed', () => {
    expect(progressOf(filled({ 'M-1': '3', 'K-2': 'x' }))).toEqual({ done: 1, of: 4 });
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 4, maxLength: 4 }), (typed) => {
        const rows = taking().rows.map((row, i) => ({ ...row, typed: typed[i] ?? '' }));
        const made = { ...taking(), rows };
        expect(bodyOf(made).ok).toBe(progressOf(made).done === rows.length);
      }),
    );
  });
});

describe('finding the row of a scan', () => {
  it('goes to the number on the container, however it is typed', () => {
    expect(findRow(taking(), typedCode('k-2', TODAY))).toEqual({ kind: 'one', container: idOf('K-2') });
  });

  it('goes to the one with that serial', () => {
    const scan = typedCode(`(01)${GTIN}(17)270531(10)A1(21)S10`, TODAY);
    expect(findRow(taking(), scan)).toEqual({ kind: 'one', container: idOf('K-10') });
  });

  it('asks for the number where a label is on several', () => {
    const found = findRow(taking(), typedCode(GTIN, TODAY));
    expect(found).toMatchObject({ kind: 'several' });
    expect(found.kind === 'several' && found.message).toContain('K-2, K-10');
  });

  it('says so when a container is not in the count, or the code cannot be read', () => {
    expect(findRow(taking(), typedCode('Z-99', TODAY))).toMatchObject({ kind: 'none' });
    expect(findRow(taking(), typedCode(`(01)${GTIN}(17)270531(10)A1(21)OTHER`, TODAY)).kind).toBe('none');
    expect(findRow(taking(), typedCode('(01)00359399114104', TODAY)).kind).toBe('none');
  });

  it('prefers a number to what its digits might mean as a code', () => {
    const numbered = startTaking([line('12345678901')], { entryId: 'e', session: 's', kind: 'spot' });
    expect(findRow(numbered, typedCode('12345678901', TODAY)).kind).toBe('one');
  });
});

it('goes on to the next row that is empty, round to the start', () => {
  const t = changeRow(taking(), idOf('K-10'), { typed: '1' });
  expect(nextEmpty(t, idOf('K-2'))).toBe(idOf('P-1'));
  expect(nextEmpty(t, idOf('P-1'))).toBe(idOf('M-1'));
  expect(
    nextEmpty(startTaking([line('A')], { entryId: 'e', session: 's', kind: 'spot' }), line('A').id),
  ).toBe(undefined);
});
