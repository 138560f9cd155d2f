import { describe, expect, test } from 'vitest';
import { Failures } from '../../shared/verifier/failures.ts';
import { SignatureQueue } from '../../shared/verifier/signatures.ts';
import { MAX_LISTED } from '../../shared/verifier/verdict.ts';

describe('failures', () => {
  test('come in the order of the records, with what concerns no record last', () => {
    const failures = new Failures();
    failures.add('manifest', 'a file', { file: 'log.csv' });
    failures.add('link', 'ninth', { log: 'a', seq: 9 });
    failures.add('root', 'whole log', { log: 'a' });
    failures.add('signature', 'third', { log: 'a', seq: 3 });
    expect(failures.list().map(({ message }) => message)).toEqual(['third', 'ninth', 'a file', 'whole log']);
  });
  test('are counted beyond what is listed', () => {
    const failures = new Failures();
    for (let seq = 0; seq < 30 * MAX_LISTED; seq += 1) failures.add('link', 'x', { log: 'a', seq });
    expect(failures.list()).toHaveLength(MAX_LISTED);
    expect(failures.count).toBe(30 * MAX_LISTED);
  });
});

describe('the signature queue', () => {
  const task = {
    ...({ algorithm: 'Ed25519', publicKey: new Uint8Array(32) } as const),
    ...{ signature: new Uint8Array(64), message: new Uint8Array(1) },
  };

  test('asks in batches and tells each bad one', async () => {
    const sizes: number[] = [];
    const bad: number[] = [];
    const queue = new SignatureQueue(async (batch) => {
      sizes.push(batch.length);
      return batch.map((_, i) => i !== 0);
    });
    for (let i = 0; i < 1000; i += 1) queue.add(task, () => bad.push(i));
    await queue.settle();
    expect(sizes).toEqual([512, 488]);
    expect(bad).toEqual([0, 512]);
    expect(queue.checked).toBe(1000);
  });
  test('takes an answer that is missing for a bad signature, and a check that broke for no answer at all', async () => {
    const bad: number[] = [];
    const short = new SignatureQueue(async () => []);
    short.add(task, () => bad.push(0));
    await short.settle();
    expect(bad).toEqual([0]);
    const broken = new SignatureQueue(() => Promise.reject(new Error('gone')));
    broken.add(task, () => undefined);
    await expect(broken.settle()).rejects.toThrow('gone');
  });
});
