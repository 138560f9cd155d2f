import { type Remote, releaseProxy, transfer, wrap } from 'comlink';
import type { CheckSignatures } from '../../shared/verifier/signatures.ts';
import { packBatch } from './signature-batch.ts';
import type { SignaturesWorker } from './signatures.worker.ts';

/** Beyond this many the reading of records is what takes the time. */
const MAX_CORES = 8;

type Member = { readonly remote: Remote<SignaturesWorker>; readonly worker: Worker; load: number };

export type SignaturePool = {
  readonly check: CheckSignatures;
  readonly close: () => void;
};

/**
 * Workers that check signatures beside the one that reads records; each batch goes to the one with the least to do.
 * Rejects the check where a worker breaks: a signature that was not checked is never taken for a good one.
 */
export function startSignaturePool(cores: number): SignaturePool {
  let broke: (reason: unknown) => void = () => undefined;
  const broken = new Promise<never>((_, reject) => {
    broke = reject;
  });
  broken.catch(() => undefined);
  const members = Array.from({ length: Math.max(1, Math.min(MAX_CORES, cores)) }, (): Member => {
    const worker = new Worker(new URL('./signatures.worker.ts', import.meta.url), {
      type: 'module',
      name: 'signatures',
    });
    worker.addEventListener('error', () => broke(new Error('A worker that checks signatures broke down.')));
    return { worker, remote: wrap<SignaturesWorker>(worker), load: 0 };
  });
  const check: CheckSignatures = async (batch) => {
    const member = members.reduce((least, each) => (each.load < least.load ? each : least));
    const buffer = packBatch(batch);
    member.load += batch.length;
    try {
      const answers = await Promise.race([member.remote.check(transfer(buffer, [buffer])), broken]);
      return Array.from(answers, (answer) => answer === 1);
    } finally {
      member.load -= batch.length;
    }
  };
  const close = () => {
    for (const { remote, worker } of members) {
      remote[releaseProxy]();
      worker.terminate();
    }
  };
  return { check, close };
}
