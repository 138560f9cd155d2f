import type { DomainEntry } from '../../../shared/domain/entries.ts';
import type { SignedAs } from '../../../shared/domain/state.ts';
import { toBase64Url } from '../../../shared/ledger/bytes.ts';
import { webCryptoSigner } from '../../../shared/ledger/ed25519.ts';
import type { Sha256 } from '../../../shared/ledger/hash.ts';
import { entryHash, signatureStatement } from '../../../shared/ledger/statement.ts';
import type { SignedStatement } from '../../../shared/protocol/ledger.ts';

export type SigningKey = { keyId: string; staff: string; sign: CryptoKey };

/** Signs an entry as one person (shared/ledger/README.md, "Signature"). */
export async function signEntry(
  sha: Sha256,
  entry: DomainEntry,
  who: { key: SigningKey; as: SignedAs; at: string; ledger: string },
): Promise<SignedStatement> {
  const { as, at, ledger, key } = who;
  const statement = signatureStatement({
    ...{ as, at, by: key.staff, key: key.keyId, ledger },
    entryHash: entryHash(sha, entry),
  });
  const sig = await webCryptoSigner(crypto.subtle, key.sign)(statement);
  return { as, by: key.staff, key: key.keyId, at, sig: toBase64Url(sig) };
}
