import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../shared/ledger/bytes.ts';
import { CSV_HEADING, CsvComparison, csvLine, text } from '../../shared/verifier/csv.ts';
import type { LogRow } from '../../shared/verifier/log-rows.ts';

const row: LogRow = {
  ...{ log: 'ledger/device', seq: 4, hash: 'ab'.repeat(32), entryId: 'id', act: 'draw', container: 'c' },
  ...{ at: '2026-09-01T14:10:00.000Z', recorded: '2026-09-01T14:10:01.000Z', number: 'K-001' },
  ...{
    drug: 'ketamine, "racemic"',
    strength: '100 mg/mL',
    schedule: 'III',
    form: 'injection',
    ndc: '0143-9508-10',
  },
  ...{
    lot: '=SUM(A1)',
    expires: '2028-03-31',
    quantity: '0.35',
    change: '-0.35',
    balance: '-0.05',
    unit: 'mL',
  },
  ...{ by: '@cal', witness: '', patient: '', note: ' +1' },
};

describe('log.csv', () => {
  test('is read by others as what it says', () => {
    const [headings, cells] = Papa.parse<string[]>(CSV_HEADING + csvLine(row)).data;
    expect(headings).toHaveLength(22);
    expect(cells).toHaveLength(22);
    expect(cells?.slice(2, 5)).toEqual(['K-001', 'ketamine, "racemic"', '100 mg/mL']);
  });
  test('holds nothing that a spreadsheet would run, and keeps the minus of a quantity', () => {
    const cells = csvLine(row).trimEnd().split(',');
    expect(cells).toContain("'=SUM(A1)");
    expect(cells).toContain("'@cal");
    expect(cells).toContain("' +1");
    expect(cells).toContain('-0.35');
  });
  test.each(['=1', '+1', '-1', '@a', '\ta', '\r=1', '  =1'])('%j is disarmed', (value) => {
    expect(text(value).replace(/^"/, '').startsWith("'")).toBe(true);
  });
  test('is compared line by line', () => {
    const right = utf8(CSV_HEADING + csvLine(row));
    const compare = (file: Uint8Array) => {
      const comparison = new CsvComparison(file);
      comparison.row(row);
      return comparison.finish();
    };
    expect(compare(right)).toBeUndefined();
    expect(compare(utf8(CSV_HEADING + csvLine({ ...row, balance: '1' })))).toBe(2);
    expect(compare(utf8(CSV_HEADING))).toBe(2);
    expect(compare(utf8(`x${CSV_HEADING}`))).toBe(1);
    expect(compare(utf8(CSV_HEADING + csvLine(row) + csvLine(row)))).toBe(3);
  });
});
