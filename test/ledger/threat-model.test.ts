import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const TEXT = readFileSync(resolve(ROOT, 'shared/ledger/threat-model.md'), 'utf8');
const NAMED = [...TEXT.matchAll(/`(test\/[^`]+\.ts)` "([^"]+)"/g)].map(([, file = '', title = '']) => ({
  file,
  title,
}));

test('names a test, or says that there is none, for everything that somebody may try', () => {
  const rows = TEXT.split('\n').filter((line) => line.startsWith('| ') && !/^\| (what|---)/.test(line));
  expect(rows.length).toBeGreaterThan(25);
  for (const row of rows) expect(row).toMatch(/`test\/[^`]+\.ts` "|no test: it is a limit/);
});

test.each(NAMED)('$file has a test "$title"', ({ file, title }) => {
  const path = resolve(ROOT, file);
  expect(existsSync(path)).toBe(true);
  const titles = [
    ...readFileSync(path, 'utf8').matchAll(/(?:test|describe)(?:\.each\([^)]*\))?\(\s*['`]([^'`]*)/g),
  ];
  expect(titles.some(([, said = '']) => said.includes(title))).toBe(true);
});
