import { toBase64Url } from '../../shared/ledger/bytes.ts';
import type { LedgerSource } from '../../shared/protocol/ledger.ts';
import type { Ledger } from './builder.ts';
import { proofOf } from './package-files.ts';

/** The ledger worker's second door, over a ledger in memory. */
export function sourceOf(ledger: Ledger, demo = false): LedgerSource {
  const { device } = ledger.who;
  return {
    info: async () => ({
      ...{ ledger: ledger.id, device: device.id, devicePublicKey: toBase64Url(device.publicKey), demo },
      ...{ facility: 'Harbour Street Veterinary', size: ledger.lines.length },
    }),
    lines: async (from, to) => ledger.lines.slice(from, to),
    checkpoint: () => ledger.checkpoint(),
    rangeProof: async (from, to) => proofOf(ledger, from, to),
  };
}
