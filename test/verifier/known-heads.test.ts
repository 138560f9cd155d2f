import { describe, expect, test } from 'vitest';
import type { VerifyOptions } from '../../shared/verifier/ports.ts';
import { VerificationCancelled } from '../../shared/verifier/verdict.ts';
import { verifyLog } from '../../shared/verifier/verify-log.ts';
import { bytesOf, type Ledger, ports, shortStory } from '../golden/builder.ts';

const ledger = await shortStory();

async function* stretches(lines: readonly string[]) {
  for (let at = 0; at < lines.length; at += 5) yield lines.slice(at, at + 5);
}

async function live(of: Ledger, options: VerifyOptions = {}, lines = of.lines, size = of.lines.length) {
  const checkpoint = await of.checkpoint();
  const { id, who } = of;
  const log = { ledger: id, device: who.device.id, size, checkpoint, lines: stretches(lines), now: of.now };
  return verifyLog(log, ports, options);
}

const codes = async (options: VerifyOptions) =>
  (await live(ledger, options)).integrity.failures.map(({ code, seq }) => [code, seq]);

describe('a live log', () => {
  test('is checked against its own checkpoint', async () => {
    const { integrity, conformity, summary } = await live(ledger);
    expect(integrity).toEqual({ ok: true, failures: [], count: 0 });
    expect(conformity.ok).toBe(true);
    expect(summary.logs[0]).toMatchObject({
      from: 0,
      to: 12,
      size: 12,
      head: ledger.head,
      checkpointSigned: true,
    });
  });

  test('is truncated where fewer lines come than the checkpoint covers', async () => {
    const { integrity } = await live(ledger, {}, ledger.lines.slice(0, 9));
    expect(integrity.failures.map(({ code }) => code)).toEqual(['truncated']);
  });

  test('names a changed line, and what it broke behind it', async () => {
    const lines = ledger.lines.with(4, ledger.lines[4]!.replace('ketamine', 'ketamine '));
    const { integrity } = await live(ledger, {}, lines);
    expect(integrity.failures[0]).toMatchObject({ code: 'signature', seq: 4 });
    expect(integrity.failures.map(({ code }) => code)).toContain('root');
  });

  test('stops when it is cancelled', async () => {
    await expect(live(ledger, { signal: { aborted: true } })).rejects.toThrow(VerificationCancelled);
  });

  test('tells its progress', async () => {
    const seen: string[] = [];
    await live(ledger, { onProgress: ({ phase, done, of }) => seen.push(`${phase} ${done}/${of}`) });
    expect(seen).toEqual([
      'records 5/12',
      'records 10/12',
      'records 12/12',
      'signatures 12/12',
      'done 12/12',
    ]);
  });
});

describe('a head kept elsewhere', () => {
  const at = (size: number) => ({ ledger: ledger.id, size, hash: ledger.hash(size - 1) });

  test('agrees, whole or by its first digits', async () => {
    expect(await codes({ heads: [at(12), { ...at(5), hash: at(5).hash.slice(0, 16) }] })).toEqual([]);
  });
  test('of a longer log makes this one truncated', async () => {
    expect(await codes({ heads: [{ ...at(12), size: 13 }] })).toEqual([['truncated', undefined]]);
  });
  test('with another hash makes a fork', async () => {
    expect(await codes({ heads: [{ ...at(7), hash: ledger.hash(7) }] })).toEqual([['fork', 6]]);
  });
  test('of another ledger contradicts', async () => {
    expect(await codes({ heads: [{ ...at(7), ledger: ledger.idOf('other') }] })).toEqual([
      ['fork', undefined],
    ]);
  });
});

describe('a checkpoint kept elsewhere', () => {
  test('of a smaller size agrees', async () => {
    expect(await codes({ checkpoints: [await ledger.checkpoint(4)] })).toEqual([]);
  });
  test('with another root makes a fork', async () => {
    const checkpoints = [await ledger.noteOver(4, bytesOf('other root'))];
    expect(await codes({ checkpoints })).toEqual([['fork', undefined]]);
  });
  test('over more records makes this log truncated', async () => {
    const checkpoints = [await ledger.noteOver(40, bytesOf('later root'))];
    expect(await codes({ checkpoints })).toEqual([['truncated', undefined]]);
  });
});
