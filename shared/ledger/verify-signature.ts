/** The two algorithms that sign in a ledger, behind one question. */
import type { VerifyEd25519 } from './ed25519.ts';
import type { VerifyEs256 } from './es256.ts';

export type SignatureTask = {
  readonly algorithm: 'Ed25519' | 'ES256';
  /** Ed25519: 32 raw bytes; ES256: the uncompressed point, 65. */
  readonly publicKey: Uint8Array;
  /** 64 bytes; of ES256 r and s. */
  readonly signature: Uint8Array;
  readonly message: Uint8Array;
};

export type SignatureVerifiers = {
  readonly verify: VerifyEd25519;
  readonly verifyEs256: VerifyEs256;
};

/** Whether a signature verifies. Never throws for bad data. */
export function verifySignature(
  { verify, verifyEs256 }: SignatureVerifiers,
  { algorithm, publicKey, signature, message }: SignatureTask,
): Promise<boolean> {
  return (algorithm === 'ES256' ? verifyEs256 : verify)(publicKey, signature, message);
}
