/** Wycheproof's cases, run through the verify ports that the product uses. */
import * as v from 'valibot';
import { fromHex } from '../../shared/ledger/bytes.ts';
import type { VerifyEd25519 } from '../../shared/ledger/ed25519.ts';
import { readDerSignature, type VerifyEs256 } from '../../shared/ledger/es256.ts';

export const WycheproofEd25519 = v.object({
  numberOfTests: v.number(),
  testGroups: v.array(
    v.object({
      publicKey: v.object({ pk: v.string() }),
      tests: v.array(
        v.object({
          tcId: v.number(),
          comment: v.string(),
          msg: v.string(),
          sig: v.string(),
          result: v.picklist(['valid', 'invalid']),
        }),
      ),
    }),
  ),
});

/** Cases whose answer is not the expected one, and how many there were in all. */
export async function runWycheproof(
  { testGroups }: v.InferOutput<typeof WycheproofEd25519>,
  verify: VerifyEd25519,
): Promise<{ readonly wrong: readonly string[]; readonly count: number }> {
  const wrong: string[] = [];
  let count = 0;
  for (const { publicKey, tests } of testGroups) {
    for (const { tcId, comment, msg, sig, result } of tests) {
      count += 1;
      const valid = await verify(fromHex(publicKey.pk), fromHex(sig), fromHex(msg));
      if (valid !== (result === 'valid')) wrong.push(`${tcId} ${comment}`);
    }
  }
  return { wrong, count };
}

/** `testvectors_v1/ecdsa_secp256r1_sha256_test.json`, beside the repository. */
export const WYCHEPROOF_ES256 = 'wycheproof-ecdsa-p256-sha256.json';

export const WycheproofEs256 = v.object({
  numberOfTests: v.number(),
  testGroups: v.array(
    v.object({
      publicKey: v.object({ uncompressed: v.string() }),
      tests: v.array(
        v.object({
          tcId: v.number(),
          comment: v.string(),
          msg: v.string(),
          sig: v.string(),
          result: v.picklist(['valid', 'invalid', 'acceptable']),
        }),
      ),
    }),
  ),
});

/** As above; what Wycheproof leaves to the reader's taste (signatures in other than DER) is refused here. */
export async function runWycheproofEs256(
  { testGroups }: v.InferOutput<typeof WycheproofEs256>,
  verify: VerifyEs256,
): Promise<{ readonly wrong: readonly string[]; readonly count: number }> {
  const wrong: string[] = [];
  let count = 0;
  for (const { publicKey, tests } of testGroups) {
    for (const { tcId, comment, msg, sig, result } of tests) {
      count += 1;
      const pair = readDerSignature(fromHex(sig));
      const valid = pair !== undefined && (await verify(fromHex(publicKey.uncompressed), pair, fromHex(msg)));
      if (valid !== (result === 'valid')) wrong.push(`${tcId} ${comment}`);
    }
  }
  return { wrong, count };
}
