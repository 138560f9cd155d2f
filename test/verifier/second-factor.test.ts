import { describe, expect, test } from 'vitest';
import type { SignatureTask } from '../../shared/ledger/verify-signature.ts';
import { CheckSession } from '../../shared/verifier/check-session.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { reportText } from '../../workers/cli/report.ts';
import { packBatch, unpackBatch } from '../../workers/verify/signature-batch.ts';
import { addFactor, factor, withFactor } from '../golden/authenticator.ts';
import { addProduct, bytesOf, KETAMINE, type Ledger, ports, startLedger } from '../golden/builder.ts';
import { packageOf } from '../golden/package-files.ts';
import { rememberingPorts } from './byte-changes.ts';

const { ledger, line, start, end } = await factored();

/** The log of a registrant who adds a second factor and then uses it; where it stands in the last line. */
async function factored() {
  const ledger: Ledger = await startLedger();
  const { ana } = ledger.who;
  const token = await factor('Ana Ruiz');
  await ledger.append(addFactor(ana, token));
  await ledger.append(
    withFactor({ ...addProduct(ledger, KETAMINE, 'III', '00301439508102'), by: ana }, token),
  );
  const line = new TextEncoder().encode(ledger.lines[2]);
  const start = ledger.lines[2]!.indexOf('"assertion":');
  return { ledger, line, start, end: ledger.lines[2]!.indexOf('},"at"', start) };
}

/** What is wrong with the log when its last line is another. Nothing behind it, so that no link or root can tell. */
async function faultsWith(last: Uint8Array, ports: ConstructorParameters<typeof CheckSession>[0]) {
  const session = new CheckSession(ports, {});
  const log = session.openLog({ log: ledger.log, from: 0 });
  for (const text of ledger.lines.slice(0, 2)) log.check.takeLine(new TextEncoder().encode(text));
  log.check.takeLine(last);
  await session.queue.settle();
  return session.failures.list();
}

describe('a second factor', () => {
  test('is counted beside the signatures, and told', async () => {
    const verdict = await verifyPackage(await packageOf(ledger), ports);
    expect(verdict.integrity.failures).toEqual([]);
    expect(verdict.summary).toMatchObject({ signatures: 3, factors: 1 });
    expect(reportText({ kind: 'verdict', verdict })).toContain('3 records, 3 signatures, 1 second factor\n');
  });

  test('makes its record fail with any byte of it changed', async () => {
    const remembered = rememberingPorts();
    expect(await faultsWith(line, remembered)).toEqual([]);
    let tried = 0;
    for (let at = start; at < end; at += 1) {
      for (const flip of [0x01, 0x04, 0x20, 0x80]) {
        const faults = await faultsWith(line.with(at, line[at]! ^ flip), remembered);
        expect(faults.length, `${at} ^ ${flip}`).toBeGreaterThan(0);
        expect(faults.map(({ seq }) => seq)).toContain(2);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(1500);
  });
});

test('signatures of both kinds go to another core and come back the same', () => {
  const task = (algorithm: SignatureTask['algorithm'], i: number): SignatureTask => ({
    ...{ algorithm, publicKey: bytesOf(`key ${i}`) },
    ...{ signature: new Uint8Array(64).fill(i), message: new Uint8Array(i * 100).fill(i) },
  });
  const point = new Uint8Array(65).fill(4);
  const batch = [
    task('Ed25519', 1),
    { ...task('ES256', 2), publicKey: point },
    task('Ed25519', 3),
    { ...task('ES256', 0), publicKey: point },
  ];
  expect(unpackBatch(packBatch(batch))).toEqual(batch);
  expect(unpackBatch(packBatch([]))).toEqual([]);
});
