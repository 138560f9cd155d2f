import { fromBase64Url, toHex } from '../../../shared/ledger/bytes.ts';
import { openCheckpoint } from '../../../shared/ledger/checkpoint.ts';
import type { VerifyEd25519 } from '../../../shared/ledger/ed25519.ts';
import { LedgerError } from '../../../shared/ledger/errors.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import { parseRecord } from '../../../shared/ledger/record.ts';

export type CheckpointCheck = { ok: true; size: number; root: string } | { ok: false; message: string };

/**
 * Checks the device's signature on a checkpoint with the key that the first record of the log names.
 * `genesisLine` is the text of that record.
 */
export async function checkCheckpoint(
  ports: { sha: Sha256; verify: VerifyEd25519 },
  checkpoint: string,
  genesisLine: string,
): Promise<CheckpointCheck> {
  try {
    const { record } = parseRecord(genesisLine);
    const { device } = record.entry.body;
    const key =
      typeof device === 'object' && device !== null && 'publicKey' in device ? device.publicKey : null;
    if (typeof key !== 'string')
      return { ok: false, message: 'The first record names no key of the device.' };
    const of = { log: record.log, publicKey: fromBase64Url(key) };
    const { size, root } = await openCheckpoint(ports.sha, ports.verify, checkpoint, of);
    return { ok: true, size, root: toHex(root) };
  } catch (error) {
    if (error instanceof LedgerError) return { ok: false, message: error.message };
    throw error;
  }
}
