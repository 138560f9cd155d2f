/** Wycheproof's Ed25519 cases, run through the verify port that the product uses. */
import * as v from 'valibot';
import { fromHex } from '../../shared/ledger/bytes.ts';
import type { VerifyEd25519 } from '../../shared/ledger/ed25519.ts';

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
