import { expect, test } from 'vitest';
import { STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import { shortStory } from '../golden/builder.ts';
import { changeEveryByte } from './byte-changes.ts';

const BITS = [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => 1 << bit);

/** The whole policy would only be more bytes of the same kind. */
const policy = { rules: STRICT_POLICY.rules.slice(0, 2) };

test('every bit of every record of a dozen, changed by itself, is caught', async () => {
  const { tried, missed } = await changeEveryByte(await shortStory({ policy }), () => BITS);
  expect(tried).toBeGreaterThan(40_000);
  expect(missed).toEqual([]);
});
