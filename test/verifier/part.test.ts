import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { readContents } from '../../pwa/screens/export/contents.ts';
import { fromUtf8, utf8 } from '../../shared/ledger/bytes.ts';
import { readContent } from '../../shared/verifier/read-rows.ts';
import { readmeText } from '../../shared/verifier/readme-text.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { exportPackage } from '../../workers/package/export-package.ts';
import type { SummaryFacts } from '../../workers/package/summary-pdf.ts';
import { readPackage } from '../../workers/package/unzip.ts';
import { longStory, ports, sha } from '../golden/builder.ts';
import { seal } from '../golden/package-files.ts';
import { sourceOf } from '../golden/source.ts';

const ledger = await longStory();

/** A package as the product makes it, and the facts that went into its printed summary. */
async function exported(from: number, to: number) {
  const facts: SummaryFacts[] = [];
  const parts: Uint8Array<ArrayBuffer>[] = [];
  await exportPackage(
    sourceOf(ledger),
    { made: '2026-09-08T09:00:00.000Z', build: 'test 1', range: { from, to } },
    {
      ...{ sha, emit: (bytes) => parts.push(bytes) },
      summaryPdf: async (said) => {
        facts.push(said);
        return utf8('%PDF');
      },
    },
  );
  const read = await readPackage(new Uint8Array(await new Blob(parts).arrayBuffer()));
  if (!read.ok) throw new Error(read.message);
  return { files: read.files, facts: facts[0]! };
}

const cellsOf = (files: ReadonlyMap<string, Uint8Array>) =>
  Papa.parse<Record<string, string>>(fromUtf8(files.get('log.csv') ?? new Uint8Array()), {
    ...{ header: true, skipEmptyLines: true },
  }).data;

describe('a part from the middle', async () => {
  const { files, facts } = await exported(9, 20);
  const verdict = await verifyPackage(files, ports);

  test('is valid, and obeys the policy as far as it can be seen', () => {
    expect(verdict.integrity.failures).toEqual([]);
    expect(verdict.conformity.findings).toEqual([]);
  });
  test('names the drugs and containers of its acts', () => {
    const rows = cellsOf(files);
    expect(rows.length).toBeGreaterThan(8);
    for (const row of rows) {
      expect(row.Container).toMatch(/^[KH]-00\d$/);
      expect(row.Drug).toMatch(/^(ketamine|hydromorphone)$/);
      expect(row.Lot).toBe('LOT-7A');
    }
    const words = readContents(sha, files).map(({ row }) => row.summary);
    expect(words.join()).not.toContain('unknown');
  });
  test('leaves balances and what is on hand blank everywhere, rather than wrong', () => {
    for (const row of cellsOf(files)) expect(row.Balance).toBe('');
    for (const row of readContent(files, verdict.summary.logs, sha).rows) expect(row.balance).toBe('');
    expect(verdict.summary.onHand).toEqual([]);
    expect(facts).toMatchObject({ onHand: [], containers: [] });
  });
  test('says on paper that an earlier revocation that was left out would not show', () => {
    expect(readmeText(facts)).toMatch(/revo/);
  });
});

test('a part whose spreadsheet says a balance is not what the records say', async () => {
  const { files } = await exported(9, 20);
  const csv = fromUtf8(files.get('log.csv') ?? new Uint8Array()).replace(',,mL,', ',9,mL,');
  const forged = new Map([...files, ['log.csv', utf8(csv)] as const]);
  forged.delete('manifest.json');
  const verdict = await verifyPackage(seal(ledger, forged, { from: 9, to: 20 }), ports);
  expect(verdict.integrity.failures.map(({ code, file }) => [code, file])).toEqual([['manifest', 'log.csv']]);
});

test('the beginning of a log has its balances; the whole says nothing of parts', async () => {
  const { files, facts } = await exported(0, 11);
  expect(cellsOf(files).at(-1)?.Balance).toBe('8.5');
  expect(readmeText(facts)).not.toMatch(/revo/);
  const whole = await exported(0, ledger.lines.length);
  expect(readmeText(whole.facts)).not.toMatch(/revo/);
});
