import { describe, expect, test } from 'vitest';
import { canonicalize, type Json } from '../../shared/ledger/canonical.ts';
import {
  formatManifest,
  isPackageFile,
  logFiles,
  type Manifest,
  parseManifest,
} from '../../shared/ledger/manifest.ts';
import { formatPartProof, type PartProof, parsePartProof, partBoundary } from '../../shared/ledger/part.ts';
import { codeOf } from './codes.ts';
import { idOf } from './fixture.ts';

const device = idOf('device');
const files = logFiles(device);
const file = (name: string) => ({ name, sha256: 'a'.repeat(64), bytes: 10 });
const manifest: Manifest = {
  format: 'countersign-package',
  v: 1,
  ledger: idOf('ledger'),
  logs: [{ device, from: 0, to: 5, size: 5 }],
  disclosed: false,
  made: '2026-11-21T18:03:11.482Z',
  build: 'countersign 0.1.0',
  files: [file('README.txt'), file(files.checkpoint), file(files.records), file('verify.html')],
};
const print = (value: unknown) => `${canonicalize(value as Json)}\n`;

describe('the manifest', () => {
  test('prints and reads back', () => {
    expect(parseManifest(formatManifest(manifest))).toEqual(manifest);
  });

  test('a part needs a proof, a disclosure its patients', () => {
    const part = {
      ...manifest,
      disclosed: true,
      logs: [{ device, from: 2, to: 5, size: 9 }],
      files: [file(files.checkpoint), file(files.proof), file(files.records), file('patients.jsonl')],
    };
    expect(parseManifest(formatManifest(part))).toEqual(part);
    expect(codeOf(() => formatManifest({ ...part, disclosed: false }))).toBe('manifest');
    expect(codeOf(() => formatManifest({ ...part, logs: manifest.logs }))).toBe('manifest');
    expect(codeOf(() => formatManifest({ ...manifest, logs: part.logs }))).toBe('manifest');
  });

  const other = logFiles(idOf('another device'));
  const log = manifest.logs[0]!;
  const bad: [string, unknown][] = [
    ['an unknown member', { ...manifest, note: 1 }],
    ['another format', { ...manifest, format: 'x' }],
    ['a ledger that is no id', { ...manifest, ledger: 'x' }],
    ['a text for disclosed', { ...manifest, disclosed: 'no' }],
    ['a malformed time', { ...manifest, made: '2026' }],
    ['an endless build', { ...manifest, build: 'x'.repeat(201) }],
    ['no log', { ...manifest, logs: [] }],
    ['a log twice', { ...manifest, logs: [log, log] }],
    ['a range beyond the checkpoint', { ...manifest, logs: [{ ...log, to: 6 }] }],
    ['a range that ends before it begins', { ...manifest, logs: [{ ...log, from: 4, to: 3 }] }],
    ['a negative range', { ...manifest, logs: [{ ...log, from: -1 }] }],
    ['an empty checkpoint', { ...manifest, logs: [{ device, from: 0, to: 0, size: 0 }] }],
    ['a log with another member', { ...manifest, logs: [{ ...log, x: 1 }] }],
    ['a device that is no id', { ...manifest, logs: [{ ...log, device: '..' }] }],
    ['files in an object', { ...manifest, files: {} }],
    ['files that are not sorted', { ...manifest, files: manifest.files.toReversed() }],
    ['a file twice', { ...manifest, files: [manifest.files[0], ...manifest.files] }],
    [
      'itself',
      { ...manifest, files: [...manifest.files.slice(0, 3), file('manifest.json'), file('verify.html')] },
    ],
    ['a file outside of the list', { ...manifest, files: [...manifest.files, file('z.exe')] }],
    [
      'a missing records.jsonl',
      { ...manifest, files: manifest.files.filter(({ name }) => name !== files.records) },
    ],
    [
      'a log that is not named',
      {
        ...manifest,
        files: [...manifest.files, file(other.records)].sort((a, b) => (a.name < b.name ? -1 : 1)),
      },
    ],
    [
      'a malformed hash',
      { ...manifest, files: manifest.files.map((each) => ({ ...each, sha256: 'A'.repeat(64) })) },
    ],
    ['a negative length', { ...manifest, files: manifest.files.map((each) => ({ ...each, bytes: -1 })) }],
    ['a list', [manifest]],
  ];
  test.each(bad)('refuses %s', (_, value) => {
    expect(codeOf(() => parseManifest(print(value)))).toBe('manifest');
  });

  test('refuses another version by name, and another spelling', () => {
    expect(codeOf(() => parseManifest(print({ ...manifest, v: 2, more: true })))).toBe('version');
    const text = formatManifest(manifest);
    for (const each of ['', '{', text.slice(0, -1), ` ${text}`, `${text}\n`]) {
      expect(codeOf(() => parseManifest(each))).toBe('manifest');
    }
  });
});

test('names that a package may hold', () => {
  for (const name of [
    'manifest.json',
    files.records,
    files.checkpoint,
    files.proof,
    'patients.jsonl',
    'log.csv',
    'summary.pdf',
    'verify.html',
    'README.txt',
  ]) {
    expect(isPackageFile(name), name).toBe(true);
  }
  for (const name of [
    '',
    'Manifest.json',
    '/manifest.json',
    './manifest.json',
    'logs/',
    `logs/${device}/`,
    `logs/${device}/x`,
    `logs/../manifest.json`,
    `logs\\${device}\\checkpoint`,
    `${files.records}\n`,
    'readme.txt',
    'manifest.json\0',
    `logs/${device.toUpperCase()}/checkpoint`,
  ]) {
    expect(isPackageFile(name), JSON.stringify(name)).toBe(false);
  }
});

describe('the proof of a part', () => {
  const hash = 'b'.repeat(64);
  const proof: PartProof = {
    v: 1,
    from: 3,
    to: 5,
    size: 9,
    left: [hash, hash],
    right: [hash],
    earlier: [
      { seq: 0, line: '{}', path: [hash] },
      { seq: 2, line: '{}', path: [] },
    ],
  };

  test('prints and reads back', () => {
    expect(parsePartProof(formatPartProof(proof))).toEqual(proof);
    expect(partBoundary(proof).left[0]).toHaveLength(32);
  });

  const first = proof.earlier[0]!;
  const bad: [string, unknown][] = [
    ['an unknown member', { ...proof, x: 1 }],
    ['a range that ends before it begins', { ...proof, to: 2 }],
    ['a range beyond the tree', { ...proof, to: 10 }],
    ['a size beyond any tree', { ...proof, size: 2 ** 50 }],
    ['a boundary that is no list', { ...proof, left: hash }],
    ['a hash in upper case', { ...proof, right: ['B'.repeat(64)] }],
    ['an endless boundary', { ...proof, left: Array.from({ length: 97 }, () => hash) }],
    ['earlier records in an object', { ...proof, earlier: {} }],
    ['an earlier record within the part', { ...proof, earlier: [{ ...first, seq: 3 }] }],
    ['an earlier record twice', { ...proof, earlier: [first, first] }],
    ['an earlier record with another member', { ...proof, earlier: [{ ...first, x: 1 }] }],
    ['an earlier record with no line', { ...proof, earlier: [{ ...first, line: null }] }],
    ['a line that is too long', { ...proof, earlier: [{ ...first, line: 'x'.repeat(65_537) }] }],
    ['null', null],
  ];
  test.each(bad)('refuses %s', (_, value) => {
    expect(codeOf(() => parsePartProof(print(value)))).toBe('proof');
  });

  test('refuses another version by name, and another spelling', () => {
    expect(codeOf(() => parsePartProof(print({ ...proof, v: 2 })))).toBe('version');
    for (const each of ['', '{', formatPartProof(proof).trim()])
      expect(codeOf(() => parsePartProof(each))).toBe('proof');
  });
});
