import { expose } from 'comlink';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../shared/ledger/bytes.ts';
import { exportPackage } from '../../workers/package/client.ts';
import { verifyLedger, verifyPackageFile } from '../../workers/verify/client.ts';
import { draw, type Ledger, longStory, PATIENT, patientOf } from '../golden/builder.ts';
import { sourceOf } from '../golden/source.ts';

const MADE = '2026-09-08T09:00:00.000Z';

function doorTo(ledger: Ledger): MessagePort {
  const { port1, port2 } = new MessageChannel();
  expose(sourceOf(ledger), port1);
  return port2;
}

/** Long enough for the signatures to be worth sharing between cores. */
async function largeLedger(records: number): Promise<Ledger> {
  const ledger = await longStory();
  const { dee } = ledger.who;
  while (ledger.lines.length < records) {
    await ledger.append({ ...draw(ledger, 'H-001', '0.001', '0.001', '0'), by: dee });
  }
  return ledger;
}

describe('the verify worker', async () => {
  const ledger = await largeLedger(2500);

  test('checks a live ledger through its port, with progress', async () => {
    const seen: number[] = [];
    const verdict = await verifyLedger(doorTo(ledger), ledger.now, {
      onProgress: ({ done }) => seen.push(done),
    });
    expect(verdict.integrity).toEqual({ ok: true, failures: [], count: 0 });
    expect(verdict.summary).toMatchObject({ records: 2500 });
    expect(verdict.summary.signatures).toBeGreaterThanOrEqual(2500);
    expect(seen.at(-1)).toBe(2500);
  });

  test('finds bad signatures on other cores and names their records in order', async () => {
    const spoilt = await largeLedger(1200);
    for (const seq of [700, 100, 1150]) {
      const line = spoilt.lines[seq] ?? '';
      spoilt.lines[seq] = line.replace('"drawn":"0.001","given":"0.001"', '"drawn":"0.002","given":"0.002"');
    }
    const verdict = await verifyLedger(doorTo(spoilt), spoilt.now);
    const bad = verdict.integrity.failures.filter(({ code }) => code === 'signature');
    expect(bad.map(({ seq }) => seq)).toEqual([100, 700, 1150]);
  });

  test('stops with the signal’s reason', async () => {
    const controller = new AbortController();
    const check = verifyLedger(doorTo(ledger), ledger.now, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(check).rejects.toThrow('enough');
  });
});

describe('the package worker', async () => {
  const ledger = await longStory({ demo: true });

  test('exports what the verify worker calls valid, twice the same bytes', async () => {
    const request = {
      ...{ made: MADE, build: 'test 1', verifyHtml: utf8('<!doctype html>') },
      disclosures: [{ ref: patientOf(ledger).ref, ...PATIENT }],
    };
    const [first, second] = [
      await exportPackage(doorTo(ledger), request),
      await exportPackage(doorTo(ledger), request),
    ];
    if (first.kind !== 'package' || second.kind !== 'package') throw new Error('no package');
    expect(new Uint8Array(await first.blob.arrayBuffer())).toEqual(
      new Uint8Array(await second.blob.arrayBuffer()),
    );
    const answer = await verifyPackageFile(first.blob, {
      heads: [{ ledger: ledger.id, size: ledger.lines.length, hash: ledger.head }],
    });
    expect(answer).toMatchObject({
      kind: 'verdict',
      verdict: { integrity: { ok: true }, summary: { demo: true, disclosed: 1, records: 29 } },
    });
  });

  test('answers a range that is not there with a sentence', async () => {
    const answer = await exportPackage(doorTo(ledger), {
      made: MADE,
      build: 't',
      range: { from: 5, to: 99 },
    });
    expect(answer).toMatchObject({ kind: 'refused' });
  });
});
