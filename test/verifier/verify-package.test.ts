import { describe, expect, test } from 'vitest';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { readPackage } from '../../workers/package/unzip.ts';
import { longStory, ports, shortStory } from '../golden/builder.ts';
import { packageOf, zipOf } from '../golden/package-files.ts';

describe('a right package', () => {
  test('is valid and conforming', async () => {
    const ledger = await longStory({ demo: true });
    const verdict = await verifyPackage(await packageOf(ledger, { disclosed: true }), ports);
    expect(verdict.integrity).toEqual({ ok: true, failures: [], count: 0 });
    expect(verdict.conformity.breaches).toBe(0);
    // The first to be enrolled could be approved by nobody.
    expect(verdict.conformity.findings.map(({ seq, severity }) => [seq, severity])).toEqual([[1, 'note']]);
    expect(verdict.summary).toMatchObject({ demo: true, records: 29, disclosed: 1 });
  });
  test('is valid as a part', async () => {
    const ledger = await longStory();
    const verdict = await verifyPackage(await packageOf(ledger, { from: 9, to: 20 }), ports);
    expect(verdict.integrity).toEqual({ ok: true, failures: [], count: 0 });
    expect(verdict.conformity.findings).toEqual([]);
  });
  test('opens from its zip', async () => {
    const files = await packageOf(await shortStory());
    const read = await readPackage(zipOf(files));
    expect(read.ok && [...read.files]).toEqual([...files]);
  });
});
