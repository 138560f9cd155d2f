import { describe, expect, test } from 'vitest';
import { concat, fromUtf8, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { type ExportRequest, exportPackage } from '../../workers/package/export-package.ts';
import { summaryPdf } from '../../workers/package/summary-pdf.ts';
import { readPackage } from '../../workers/package/unzip.ts';
import { type Ledger, longStory, PATIENT, patientOf, ports, sha } from '../golden/builder.ts';
import { csvOf } from '../golden/package-files.ts';
import { sourceOf } from '../golden/source.ts';

const MADE = '2026-09-08T09:00:00.000Z';

async function exported(ledger: Ledger, request: Partial<ExportRequest> = {}) {
  const parts: Uint8Array[] = [];
  const done: number[] = [];
  const summary = await exportPackage(
    sourceOf(ledger),
    { made: MADE, build: 'test 1', verifyHtml: utf8('<!doctype html>'), ...request },
    { sha, summaryPdf, emit: (bytes) => parts.push(bytes), onProgress: (at) => done.push(at.done) },
  );
  const zip = concat(...parts);
  const read = await readPackage(zip);
  if (!read.ok) throw new Error(read.message);
  return { zip, files: read.files, summary, done };
}

const ledger = await longStory({ demo: true });

describe('an exported package', () => {
  test('is valid, whole, and has every file', async () => {
    const { files, done, summary } = await exported(ledger);
    const verdict = await verifyPackage(files, ports);
    expect(verdict.integrity.failures).toEqual([]);
    expect(verdict.summary.records).toBe(ledger.lines.length);
    expect([...files.keys()].map((name) => name.split('/').at(-1))).toEqual([
      ...['records.jsonl', 'log.csv', 'checkpoint', 'summary.pdf', 'verify.html', 'README.txt'],
      'manifest.json',
    ]);
    expect(fromUtf8(files.get('log.csv') ?? new Uint8Array())).toBe(csvOf(ledger));
    expect(done).toEqual([ledger.lines.length]);
    expect(summary.head).toBe(ledger.head);
  });

  test('is valid as a part, with and without identities', async () => {
    const disclosure = { ref: patientOf(ledger).ref, ...PATIENT };
    const stranger = { ...disclosure, ref: ledger.idOf('nobody') };
    const { files, summary } = await exported(ledger, {
      range: { from: 8, to: 19 },
      disclosures: [stranger, disclosure],
    });
    const verdict = await verifyPackage(files, ports);
    expect(verdict.integrity.failures).toEqual([]);
    expect(verdict.summary).toMatchObject({ records: 11, disclosed: 1 });
    expect(summary.disclosed).toBe(1);
  });

  test('has the same bytes every time', async () => {
    const [first, second] = [await exported(ledger), await exported(ledger)];
    expect(toHex(sha(first.zip))).toBe(toHex(sha(second.zip)));
  });

  test('says DEMO in the readable copies of a demo ledger', async () => {
    const { files } = await exported(ledger);
    const text = (name: string) => new TextDecoder('latin1').decode(files.get(name));
    expect(text('README.txt')).toContain('DEMO DATA');
    expect(text('summary.pdf')).toContain('DEMO DATA');
  });

  test('is not made before its last record, where the clock has gone back behind it', async () => {
    const { files } = await exported(ledger, { made: '2026-09-01T14:00:00.000Z' });
    const verdict = await verifyPackage(files, ports);
    expect(verdict.integrity.failures).toEqual([]);
    expect(verdict.summary.made).toBe(ledger.now);
  });

  test('refuses a range that the log does not have', async () => {
    await expect(exported(ledger, { range: { from: 3, to: 99 } })).rejects.toThrow(RangeError);
  });
});
