import { expect, it } from 'vitest';
import { reportOf } from '../../../pwa/screens/settings/scan-words.ts';

const TODAY = '2026-11-21';
const label = (separator: string) => `0100359399114103172705311012A${separator}21S1`;

it('says what a label holds, and that the separator came', () => {
  const report = reportOf({ symbology: ']d2', text: label('\x1d') }, TODAY);
  expect(report.says).toContain('lot 12A');
  expect(report.says).toContain('serial S1');
  expect(report.seen).toContain('␝');
  expect(report.advice).toContain('sends the separator');
});

it('says what to switch on where a code cannot be read', () => {
  expect(reportOf({ symbology: ']d2', text: '0100359399114104' }, TODAY).good).toBe(false);
});
