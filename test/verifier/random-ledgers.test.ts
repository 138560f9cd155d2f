import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromTenThousandths } from '../../shared/domain/quantity.ts';
import { verifyPackage } from '../../shared/verifier/verify-package.ts';
import {
  addPeopleAndStock,
  count,
  draw,
  HYDROMORPHONE,
  KETAMINE,
  type Ledger,
  ports,
  receive,
  startLedger,
  waste,
} from '../golden/builder.ts';
import { packageOf } from '../golden/package-files.ts';

type Act =
  | { readonly do: 'draw'; readonly of: string; readonly given: number; readonly left: number }
  | { readonly do: 'waste' | 'count'; readonly of: string; readonly amount: number }
  | { readonly do: 'receive'; readonly product: string };

const container = fc.constantFrom('K-001', 'K-002', 'H-001');
const amount = fc.integer({ min: 1, max: 3000 });
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constant('draw' as const), of: container, given: amount, left: amount }),
  fc.record({ do: fc.constantFrom('waste' as const, 'count' as const), of: container, amount }),
  fc.record({ do: fc.constant('receive' as const), product: fc.constantFrom(KETAMINE, HYDROMORPHONE) }),
);

async function perform(ledger: Ledger, one: Act): Promise<void> {
  const text = fromTenThousandths;
  if (one.do === 'receive') {
    const received = receive(ledger, one.product, [`N-${ledger.lines.length}`]);
    await ledger.append({ ...received, approver: ledger.who.ben });
  } else if (one.do === 'draw') {
    const { of, given, left } = one;
    const drawn = await ledger.append(draw(ledger, of, text(given + left), text(given), text(left)));
    await ledger.append(waste(ledger, of, text(left), drawn));
  } else if (one.do === 'waste') await ledger.append(waste(ledger, one.of, text(one.amount)));
  else await ledger.append(count(ledger, { [one.of]: text(one.amount) }));
}

async function ledgerOf(acts: readonly Act[]): Promise<Ledger> {
  const ledger = await startLedger();
  await addPeopleAndStock(ledger);
  for (const one of acts) await perform(ledger, one);
  return ledger;
}

test('what people did makes a valid package, whole and in any part, with the balances that they left', async () => {
  const acts = fc.array(act, { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(acts, fc.double({ min: 0, max: 1, noNaN: true }), async (done, at) => {
      const ledger = await ledgerOf(done);
      const whole = await verifyPackage(await packageOf(ledger), ports);
      expect(whole.integrity.failures).toEqual([]);
      // A count that nobody has taken up is named; nothing else is against the policy.
      const breaches = whole.conformity.findings.filter(({ severity }) => severity === 'breach');
      expect(breaches.filter(({ code }) => code !== 'count-unexplained')).toEqual([]);
      const onHand = whole.summary.onHand.reduce((sum, { total }) => sum + Number(total), 0);
      expect(onHand).toBeCloseTo(30 + gained(done), 6);
      const from = Math.floor(at * (ledger.lines.length - 1));
      const part = await verifyPackage(await packageOf(ledger, { from, to: from + 1 }), ports);
      expect(part.integrity.failures).toEqual([]);
    }),
    { numRuns: 25 },
  );
});

function gained(acts: readonly Act[]): number {
  return acts.reduce((sum, one) => {
    if (one.do === 'receive') return sum + 10;
    if (one.do === 'draw') return sum - (one.given + one.left) / 10_000;
    return one.do === 'waste' ? sum - one.amount / 10_000 : sum;
  }, 0);
}
