import { fromBase64Url, toHex, utf8 } from '../../shared/ledger/bytes.ts';
import { nextRecord, startChain } from '../../shared/ledger/chain.ts';
import { openCheckpoint } from '../../shared/ledger/checkpoint.ts';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { leafHash, loadSha256 } from '../../shared/ledger/hash.ts';
import { EMPTY_REGISTRY, foldKeys, keyFor } from '../../shared/ledger/keys.ts';
import { rootOfLeaves } from '../../shared/ledger/merkle.ts';
import { formatLog, parseRecord } from '../../shared/ledger/record.ts';
import { recordStatements } from '../../shared/ledger/statement.ts';
import type { LedgerSource } from '../../shared/protocol/ledger.ts';

/**
 * Checks a whole log from its lines alone: chain, keys, every signature, and that the device's checkpoint is
 * over exactly these records. Gives what is wrong, as text, and the entry ids.
 */
export async function verifyLog(source: LedgerSource): Promise<{ failures: string[]; ids: string[] }> {
  const sha = await loadSha256();
  const verify = webCryptoEd25519(crypto.subtle);
  const info = await source.info();
  const log = formatLog(info.ledger, info.device);
  const chain = startChain(log);
  const failures: string[] = [];
  const ids: string[] = [];
  const leaves: Uint8Array[] = [];
  let registry = EMPTY_REGISTRY;
  for (const line of await source.lines(0, info.size)) {
    const parsed = parseRecord(line);
    const leaf = leafHash(sha, utf8(line));
    leaves.push(leaf);
    ids.push(parsed.record.entry.id);
    for (const failure of nextRecord(chain, parsed, toHex(leaf))) failures.push(failure.message);
    registry = foldKeys(registry, sha, parsed.record);
    const statements = recordStatements(sha, parsed);
    for (const [i, { by, key, sig }] of parsed.record.signatures.entries()) {
      const answer = keyFor(registry, by, key, parsed.record.seq, i === 0 ? 'performer' : 'further');
      const good = answer.ok && (await verify(answer.publicKey, fromBase64Url(sig), statements[i]!));
      if (!good) failures.push(`signature ${i} of record ${parsed.record.seq}`);
    }
  }
  if (leaves.length !== info.size) failures.push(`${leaves.length} lines of ${info.size}`);
  const device = { log, publicKey: fromBase64Url(info.devicePublicKey) };
  const checkpoint = await openCheckpoint(sha, verify, await source.checkpoint(), device);
  if (checkpoint.size !== info.size) failures.push('the checkpoint is of another size');
  if (toHex(checkpoint.root) !== toHex(rootOfLeaves(sha, leaves)))
    failures.push('the checkpoint has another root');
  return { failures, ids };
}
