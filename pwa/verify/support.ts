import { fromHex } from '../../shared/ledger/bytes.ts';
import { type VerifyEd25519, webCryptoEd25519 } from '../../shared/ledger/ed25519.ts';

/** RFC 8032 section 7.1, test 2. */
const KEY = fromHex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
const SIGNATURE = fromHex(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
);
const MESSAGE = fromHex('72');

/**
 * Ed25519 of this browser, once it has answered a published test rightly both ways; `undefined` where the browser
 * has none. A browser that cannot check signatures must never end at "valid".
 */
export async function ed25519(): Promise<VerifyEd25519 | undefined> {
  // Where a page is not a secure context there is no `subtle`, whatever the types say.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  const verify = webCryptoEd25519(subtle);
  try {
    const right = await verify(KEY, SIGNATURE, MESSAGE);
    const wrong = await verify(KEY, SIGNATURE, fromHex('73'));
    return right && !wrong ? verify : undefined;
  } catch {
    return undefined;
  }
}
