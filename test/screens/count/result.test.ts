import { describe, expect, it } from 'vitest';
import {
  differenceInWords,
  discrepancyBody,
  linesToRecount,
  sealedCount,
  summaryOf,
} from '../../../pwa/screens/count/result.ts';
import type { CountLine, CountResult } from '../../../shared/protocol/views.ts';

const result: CountResult = {
  entryId: 'count-1',
  lines: [
    {
      container: 'a',
      number: 'K-1',
      product: 'Ketamine',
      counted: '4',
      expected: '4',
      difference: '0',
      unit: 'mL',
      agrees: true,
    },
    {
      container: 'b',
      number: 'K-2',
      product: 'Ketamine',
      counted: '3.6',
      expected: '4.1234',
      difference: '-0.5234',
      unit: 'mL',
      agrees: false,
    },
  ],
};

describe('a sealed count', () => {
  it('keeps the figures of the book away from whoever counts again', () => {
    const sealed = sealedCount(result, { reveal: false });
    expect(sealed.next).toBe('recount');
    expect(JSON.stringify(sealed)).not.toMatch(/4\.1234|0\.5234/);
  });

  it('shows them after the recount, and asks for a discrepancy', () => {
    const sealed = sealedCount(result, { reveal: true });
    expect(sealed.next).toBe('discrepancy');
    expect(sealed.lines[1]).toMatchObject({ found: 'shown', expected: '4.1234', difference: '-0.5234' });
  });

  it('is done when everything agrees or has been taken up', () => {
    const [first, second] = result.lines;
    const taken = { entryId: 'c', lines: [first!, { ...second!, discrepancy: 'd' }] };
    expect(sealedCount(taken, { reveal: true }).next).toBe('done');
    expect(sealedCount({ entryId: 'c', lines: [first!] }, { reveal: false }).next).toBe('done');
  });

  it('recounts the lines that differ and no others', () => {
    const sheet = ['a', 'b', 'c'].map((id) => ({ id }) satisfies Pick<CountLine, 'id'>);
    const lines = sheet.map(
      ({ id }): CountLine => ({
        ...{ id, number: id, product: 'Ketamine', schedule: 'III', form: 'injection' },
        ...{ lot: 'A', expires: '2027-01-31', unit: 'mL' },
      }),
    );
    expect(linesToRecount(lines, sealedCount(result, { reveal: false })).map((l) => l.id)).toEqual(['b']);
  });
});

it('opens a discrepancy with exactly what the count found', () => {
  const line = sealedCount(result, { reveal: true }).lines[1]!;
  expect(
    line.found === 'shown' && discrepancyBody(line, { discrepancy: 'd', count: 'c', note: '  ' }),
  ).toEqual({
    ...{ discrepancy: 'd', container: 'b', count: 'c' },
    ...{ expected: '4.1234', counted: '3.6', difference: '-0.5234', unit: 'mL' },
  });
});

it('says it as a person would', () => {
  expect(differenceInWords('-0.5', 'mL')).toBe('0.5 mL less than the book');
  expect(differenceInWords('2', 'tablet')).toBe('2 tablets more than the book');
  expect(summaryOf(sealedCount(result, { reveal: false }))).toBe('1 agrees with the book, 1 does not.');
});
