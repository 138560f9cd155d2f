import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** For each room, the rooms that it may import from. Dependencies point inward (architecture). */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'shared/ledger': [],
  'shared/codes': [],
  'shared/domain': ['shared/ledger'],
  'shared/verifier': ['shared/ledger', 'shared/domain'],
  'shared/protocol': ['shared/ledger', 'shared/domain', 'shared/codes', 'shared/verifier'],
  'shared/ui': [
    'shared/ledger',
    'shared/domain',
    'shared/codes',
    'shared/protocol',
    'shared/verifier',
    'workers/scan',
  ],
  workers: ['shared/ledger', 'shared/domain', 'shared/codes', 'shared/protocol', 'shared/verifier'],
  pwa: ['shared', 'workers'],
  extension: ['shared', 'workers/scan'],
};

/** What any room may read: the version stands in one place. */
const OUTSIDE_ROOMS = ['package.json'];

const room = (file: string) => Object.keys(MAY_IMPORT).find((name) => file.startsWith(`${name}/`));

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

function* imports(file: string): Generator<string> {
  const text = readFileSync(file, 'utf8');
  for (const match of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
    yield relative(root, resolve(dirname(file), match[1] ?? ''));
  }
}

describe('dependencies point inward', () => {
  for (const [name, allowed] of Object.entries(MAY_IMPORT)) {
    it(`${name} imports only from ${[name, ...allowed].join(', ')}`, () => {
      const wrong = [...sources(join(root, name))]
        .filter((file) => room(relative(root, file)) === name)
        .flatMap((file) => [...imports(file)].map((target) => ({ file: relative(root, file), target })))
        .filter(({ target }) => !OUTSIDE_ROOMS.includes(target))
        .filter(({ target }) => ![name, ...allowed].some((ok) => target.startsWith(`${ok}/`)));
      expect(wrong).toEqual([]);
    });
  }
});
