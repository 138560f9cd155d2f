import { expose, transfer } from 'comlink';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import { checkWith } from '../../shared/verifier/signatures.ts';
import { unpackBatch } from './signature-batch.ts';

const check = checkWith({
  verify: webCryptoEd25519(crypto.subtle),
  verifyEs256: webCryptoEs256(crypto.subtle),
});

/** One core's share of the signatures. */
const worker = {
  /** One byte a signature, in their order: 1 where it verifies. */
  async check(batch: ArrayBuffer): Promise<Uint8Array<ArrayBuffer>> {
    const answers = await check(unpackBatch(batch));
    const bytes = Uint8Array.from(answers, Number);
    return transfer(bytes, [bytes.buffer]);
  },
};
export type SignaturesWorker = typeof worker;

expose(worker);
