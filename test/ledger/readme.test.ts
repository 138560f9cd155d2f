import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { LEDGER_CODES } from '../../shared/ledger/errors.ts';
import { KEY_ENTRY_TYPES } from '../../shared/ledger/keys.ts';
import { SIGNER_ROLES } from '../../shared/ledger/record.ts';
import { workedExample } from './example.ts';

const readme = readFileSync(resolve(import.meta.dirname, '../../shared/ledger/README.md'), 'utf8');

/** The text of each block that has its name above it: `<!-- example: NAME -->`. */
const blocks = new Map(
  [...readme.matchAll(/<!-- example: (.+) -->\n+```\w*\n([\s\S]*?)\n```/g)].map(([, name, text]) => [
    name,
    text,
  ]),
);
const example = await workedExample();

test('the README shows every block of the worked example, and no other', () => {
  expect([...blocks.keys()].sort()).toEqual([...example.keys()].sort());
});

test.each([...example])('the README’s %s is what the code makes', (name, text) => {
  expect(blocks.get(name)).toBe(text);
});

test('the README names every code, role and key entry', () => {
  for (const word of [...LEDGER_CODES, ...SIGNER_ROLES, ...KEY_ENTRY_TYPES])
    expect(readme).toContain(`\`${word}\``);
});
