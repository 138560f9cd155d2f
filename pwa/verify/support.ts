import { fromHex } from '../../shared/ledger/bytes.ts';
import { webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';
import { webCryptoEs256 } from '../../shared/ledger/es256.ts';
import type { SignatureVerifiers } from '../../shared/ledger/verify-signature.ts';

/** RFC 8032 section 7.1, test 2. */
const KEY = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
const SIGNATURE = fromHex(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
);
const MESSAGE = fromHex('72');

/** RFC 6979 appendix A.2.5, SHA-256, message "sample". */
const POINT = fromHex(
  '0460fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb67903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299',
);
const PAIR = fromHex(
  'efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8',
);
const SAMPLE = fromHex('73616d706c65');

/**
 * Ed25519 and ES256 of this browser, once each has answered a published test rightly both ways; `undefined` where
 * the browser lacks one. A browser that cannot check signatures must never end at "valid".
 */
export async function signatureVerifiers(): Promise<SignatureVerifiers | undefined> {
  // Where a page is not a secure context there is no `subtle`, whatever the types say.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  const [verify, verifyEs256] = [webCryptoEd25519(subtle), webCryptoEs256(subtle)];
  try {
    const right = [await verify(KEY, SIGNATURE, MESSAGE), await verifyEs256(POINT, PAIR, SAMPLE)];
    const wrong = [await verify(KEY, SIGNATURE, SAMPLE), await verifyEs256(POINT, PAIR, MESSAGE)];
    return right.every(Boolean) && !wrong.some(Boolean) ? { verify, verifyEs256 } : undefined;
  } catch {
    return undefined;
  }
}
