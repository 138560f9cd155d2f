import { releaseProxy, wrap } from 'comlink';
import { fromBase64Url, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { leafHash, loadSha256 } from '../../shared/ledger/hash.ts';
import { EMPTY_REGISTRY, foldKeys, keyFor } from '../../shared/ledger/keys.ts';
import { parseRecord } from '../../shared/ledger/record.ts';
import { recordStatements } from '../../shared/ledger/statement.ts';
import type { SignatureTask } from '../../shared/ledger/verify-signature.ts';
import type { LedgerSource } from '../../shared/protocol/ledger.ts';
import { startSignaturePool } from '../../workers/verify/signature-pool.ts';

const STRETCH = 2000;

/** Every line of the log. */
export async function readLines(port: MessagePort): Promise<string[]> {
  const source = wrap<LedgerSource>(port);
  const { size } = await source.info();
  const lines: string[] = [];
  for (let from = 0; from < size; from += STRETCH) {
    lines.push(...(await source.lines(from, Math.min(from + STRETCH, size))));
  }
  source[releaseProxy]();
  return lines;
}

/** Records a second: the stored bytes of each line are hashed, and the hash held against the next one's `prev`. */
export async function hashRate(lines: readonly string[]): Promise<number> {
  const sha = await loadSha256();
  const bytes = lines.map(utf8);
  const wanted = lines.map((line) => parseRecord(line).record.prev);
  const started = performance.now();
  let held = 0;
  for (const [i, line] of bytes.entries()) {
    if (toHex(leafHash(sha, line)) === wanted[i + 1]) held += 1;
  }
  const seconds = (performance.now() - started) / 1000;
  if (held !== lines.length - 1) throw new Error('The chain does not hold.');
  return lines.length / seconds;
}

/** The signatures of the first `limit` records, ready to be checked. */
export async function signatureTasks(lines: readonly string[], limit: number): Promise<SignatureTask[]> {
  const sha = await loadSha256();
  let registry = EMPTY_REGISTRY;
  const tasks: SignatureTask[] = [];
  for (const line of lines.slice(0, limit)) {
    const parsed = parseRecord(line);
    registry = foldKeys(registry, sha, parsed.record);
    const statements = recordStatements(sha, parsed);
    for (const [i, { by, key, sig }] of parsed.record.signatures.entries()) {
      const answer = keyFor(registry, by, key, parsed.record.seq, i === 0 ? 'performer' : 'further');
      const message = statements[i];
      if (answer.ok && message)
        tasks.push({
          algorithm: 'Ed25519',
          publicKey: answer.publicKey,
          signature: fromBase64Url(sig),
          message,
        });
    }
  }
  return tasks;
}

/** Signatures a second through the product's own pool. */
export async function poolRate(tasks: readonly SignatureTask[], batch: number): Promise<number> {
  const pool = startSignaturePool(navigator.hardwareConcurrency);
  const pieces: SignatureTask[][] = [];
  for (let i = 0; i < tasks.length; i += batch) pieces.push(tasks.slice(i, i + batch));
  await pool.check(pieces[0] ?? []);
  const started = performance.now();
  const answers = await Promise.all(pieces.map((piece) => pool.check(piece)));
  const seconds = (performance.now() - started) / 1000;
  pool.close();
  if (!answers.flat().every(Boolean)) throw new Error('A signature does not verify.');
  return tasks.length / seconds;
}

/** Signatures a second of bare WebCrypto on the same number of cores: one key, one message, nothing else done. */
export async function bareRate(task: SignatureTask, count: number): Promise<number> {
  const workers = Array.from(
    { length: navigator.hardwareConcurrency },
    () => new Worker(new URL('./bare.worker.ts', import.meta.url), { type: 'module' }),
  );
  const each = Math.ceil(count / workers.length);
  const ask = (worker: Worker, amount: number) =>
    new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = () => reject(new Error('The bare worker broke.'));
      worker.postMessage({ ...task, count: amount });
    });
  await Promise.all(workers.map((worker) => ask(worker, 10)));
  const started = performance.now();
  await Promise.all(workers.map((worker) => ask(worker, each)));
  const seconds = (performance.now() - started) / 1000;
  for (const worker of workers) worker.terminate();
  return (each * workers.length) / seconds;
}
