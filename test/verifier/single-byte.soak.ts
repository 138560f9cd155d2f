import { expect, test } from 'vitest';
import { shortStory } from '../golden/builder.ts';
import { changeEveryByte } from './byte-changes.ts';

const BITS = [0, 1, 2, 3, 4, 5, 6, 7].map((bit) => 1 << bit);

test('every bit of every record of a dozen, changed by itself, is caught', async () => {
  const { tried, missed } = await changeEveryByte(await shortStory(), () => BITS);
  expect(tried).toBeGreaterThan(40_000);
  expect(missed).toEqual([]);
});
