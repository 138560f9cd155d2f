import { expose, wrap } from 'comlink';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import { loadSha256 } from '../../shared/ledger/hash.ts';
import type { LedgerSource } from '../../shared/protocol/ledger.ts';
import type { KnownHead, VerifyOptions, VerifyPorts, VerifyProgress } from '../../shared/verifier/ports.ts';
import type { Verdict } from '../../shared/verifier/verdict.ts';
import { verifyLog } from '../../shared/verifier/verify-log.ts';
import { checkPackageFile, type PackageAnswer } from '../package/check-file.ts';
import { startSignaturePool } from './signature-pool.ts';
import { linesOf, sizeOf } from './source.ts';

export type VerifyInput = {
  readonly heads?: readonly KnownHead[];
  readonly checkpoints?: readonly string[];
};

export type OnProgress = (progress: VerifyProgress) => void;

/** Small packages are done before another core has started. */
const WORTH_SHARING = 300_000;

async function withPorts<T>(share: boolean, work: (ports: VerifyPorts) => Promise<T>): Promise<T> {
  const ports = {
    ...{ sha: await loadSha256(), verify: webCryptoEd25519(crypto.subtle) },
    verifyEs256: webCryptoEs256(crypto.subtle),
  };
  if (!share) return work(ports);
  const pool = startSignaturePool(navigator.hardwareConcurrency);
  try {
    return await work({ ...ports, checkSignatures: pool.check });
  } finally {
    pool.close();
  }
}

const optionsOf = (input: VerifyInput, onProgress: OnProgress): VerifyOptions => ({ ...input, onProgress });

const worker = {
  /** Checks the live ledger through its source. `now` as the record format has it. */
  async ledger(port: MessagePort, now: string, input: VerifyInput, onProgress: OnProgress): Promise<Verdict> {
    const source = wrap<LedgerSource>(port);
    const { ledger, device, size: known } = await source.info();
    const checkpoint = await source.checkpoint();
    const size = sizeOf(checkpoint, known);
    return withPorts(size > 1000, (ports) => {
      const lines = linesOf(source, 0, size);
      return verifyLog({ ledger, device, size, checkpoint, lines, now }, ports, optionsOf(input, onProgress));
    });
  },

  async package(file: Blob, input: VerifyInput, onProgress: OnProgress): Promise<PackageAnswer> {
    const zip = new Uint8Array(await file.arrayBuffer());
    const { answer } = await withPorts(file.size > WORTH_SHARING, (ports) =>
      checkPackageFile(zip, ports, optionsOf(input, onProgress)),
    );
    return answer;
  },
};
export type VerifyWorker = typeof worker;

expose(worker);
