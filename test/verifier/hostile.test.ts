import { describe, expect, test } from 'vitest';
import { utf8 } from '../../shared/ledger/bytes.ts';
import { logFiles } from '../../shared/ledger/manifest.ts';
import { readContent } from '../../shared/verifier/read-rows.ts';
import type { Verdict } from '../../shared/verifier/verdict.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import {
  addPeopleAndStock,
  draw,
  type Ledger,
  longStory,
  ports,
  sha,
  shortStory,
  startLedger,
} from '../golden/builder.ts';
import { filesOf, packageOf, proofOf, seal } from '../golden/package-files.ts';

const codesOf = ({ integrity }: Verdict) => integrity.failures.map(({ code, seq }) => `${code}@${seq}`);

/** The package with other bytes for the log's records, under a manifest that fits them. */
async function withRecords(ledger: Ledger, bytes: Uint8Array, to: number): Promise<Verdict> {
  const files = await filesOf(ledger);
  files.set(logFiles(ledger.who.device.id).records, bytes);
  files.delete('log.csv');
  return verifyPackage(seal(ledger, files, { to, size: to }), ports);
}

describe('a flood of junk', () => {
  test('is not read to its end, where the manifest says that it should be there', async () => {
    const ledger = await shortStory();
    const lines = 1_000_000;
    const verdict = await withRecords(ledger, new Uint8Array(lines).fill(0x0a), lines);
    expect(verdict.summary.records).toBe(1000);
    expect(verdict.integrity.failures.at(-1)).toMatchObject({ code: 'parse' });
    expect(verdict.integrity.count).toBeLessThan(1010);
  }, 10_000);

  test('of identities neither', async () => {
    const ledger = await shortStory();
    const files = await filesOf(ledger, { disclosed: true });
    files.set('patients.jsonl', new Uint8Array(1_000_000).fill(0x0a));
    const verdict = await verifyPackage(seal(ledger, files, { disclosed: true }), ports);
    expect(verdict.integrity.count).toBeLessThan(1010);
    expect(readContent(files, verdict.summary.logs, sha).patients).toEqual([]);
  }, 10_000);

  test('a record is named by its place, whatever position it claims', async () => {
    const ledger = await shortStory();
    await ledger.append({
      ...draw(ledger, 'K-001', '9', '9', '0'),
      change: { seq: Number.MAX_SAFE_INTEGER },
    });
    const { integrity, conformity } = await verifyPackage(await packageOf(ledger), ports);
    expect(integrity.failures.map(({ code, seq }) => [code, seq])).toEqual([['sequence', 12]]);
    const breaches = conformity.findings.filter(({ severity }) => severity === 'breach');
    expect(breaches.map(({ seq }) => seq)).toEqual([12]);
  });
});

describe('a package without the record that starts its ledger', () => {
  test('is never valid', async () => {
    const ledger = await longStory();
    const range = { from: 9, to: 20 };
    const proof = JSON.parse(proofOf(ledger, range.from, range.to));
    for (const kept of [0, 1, 4]) {
      const files = await filesOf(ledger, range);
      const text = JSON.stringify({ ...proof, earlier: proof.earlier.slice(proof.earlier.length - kept) });
      files.set(logFiles(ledger.who.device.id).proof, utf8(`${text}\n`));
      files.delete('log.csv');
      const verdict = await verifyPackage(seal(ledger, files, range), ports);
      expect(codesOf(verdict)).toContain('link@undefined');
    }
  });
});

describe('a proof', () => {
  test('that is broken is all that is said of its log', async () => {
    const ledger = await longStory();
    const range = { from: 9, to: 20 };
    const right = proofOf(ledger, range.from, range.to);
    const { earlier } = JSON.parse(right);
    for (const wrong of [
      '{}\n',
      right.slice(0, -1),
      right.replace('"v":1', '"v":2'),
      right.replace('"from":9', '"from":10'),
      right.replace('"size":29', '"size":30'),
      `${JSON.stringify({ ...JSON.parse(right), earlier: earlier.toReversed() })}\n`,
    ]) {
      const files = await filesOf(ledger, { ...range, disclosed: true });
      files.set(logFiles(ledger.who.device.id).proof, utf8(wrong));
      const { integrity } = await verifyPackage(seal(ledger, files, { ...range, disclosed: true }), ports);
      expect(integrity.failures).toHaveLength(1);
      expect(integrity.failures[0]?.code).toBe(wrong.includes('"v":2') ? 'version' : 'proof');
    }
  });
});

test('an act that is dated before its container came in is worth a look', async () => {
  const ledger = await startLedger();
  await addPeopleAndStock(ledger);
  await ledger.append({ ...draw(ledger, 'K-001', '1', '1', '0'), entry: { at: '1999-01-01T00:00:00.000Z' } });
  const { integrity, conformity } = await verifyPackage(await packageOf(ledger), ports);
  expect(integrity.ok).toBe(true);
  expect(conformity.findings.map(({ code, severity, seq }) => [code, severity, seq])).toContainEqual([
    'before-receipt',
    'note',
    8,
  ]);
});

test('what nobody can judge is named', async () => {
  const ledger = await shortStory();
  const files = await filesOf(ledger);
  files.set('verify.html', utf8('<p>Valid</p>'));
  const { integrity, summary } = await verifyPackage(seal(ledger, files), ports);
  expect(integrity.ok).toBe(true);
  expect(summary.unjudged).toEqual(['README.txt', 'verify.html']);
});
