import { expect, test } from 'vitest';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import { count, ports, shortStory } from '../golden/builder.ts';
import { packageOf } from '../golden/package-files.ts';

const DAY = 24 * 60;
const found = async (minutes: number) => {
  const ledger = await shortStory();
  // A package says that it was made a week after the beginning, or at its last record if that is later.
  await ledger.append({ ...count(ledger, { 'K-002': '2' }), minutes: 10 * DAY });
  await ledger.append({ ...count(ledger, { 'H-001': '10' }), minutes });
  const { integrity, conformity } = await verifyPackage(await packageOf(ledger), ports);
  expect(integrity.ok).toBe(true);
  return conformity.findings.filter(({ code }) => code === 'count-unexplained');
};

test('a count that does not agree and that nobody takes up is named, and after a day it is against the policy', async () => {
  expect(await found(60)).toMatchObject([{ severity: 'note', message: expect.stringContaining('K-002') }]);
  expect(await found(2 * DAY)).toMatchObject([{ severity: 'breach' }]);
});
