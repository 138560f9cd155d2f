import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectsOf } from '../../shared/domain/effects.ts';
import type { DomainEntry } from '../../shared/domain/entries.ts';
import { fold } from '../../shared/domain/fold.ts';
import { fromTenThousandths } from '../../shared/domain/quantity.ts';
import { emptyState } from '../../shared/domain/state.ts';
import { type Bench, BOSS, receive, started, TECH } from './helpers.ts';

/** Random days at a clinic: whatever people do, in whatever order, sensible or not. */

type Step = { act: number; vial: number; amount: number; part: number; other: number; witness: boolean };
const steps = fc.array(
  fc.record<Step>({
    act: fc.nat(7),
    vial: fc.nat(2),
    amount: fc.integer({ min: 1, max: 40_000 }),
    part: fc.nat(10),
    other: fc.nat(200),
    witness: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

function entryOf(bench: Bench, vials: string[], step: Step): DomainEntry {
  const container = vials[step.vial] ?? '';
  const [quantity, unit] = [fromTenThousandths(step.amount), 'mL' as const];
  const earlier = bench.log[step.other % bench.log.length]!;
  switch (step.act) {
    case 0:
    case 1: {
      const given = Math.floor((step.amount * step.part) / 10);
      const leftover = fromTenThousandths(step.amount - given);
      const body = { container, drawn: quantity, given: fromTenThousandths(given), leftover, unit };
      return bench.entry(TECH, 'draw', body);
    }
    case 2: {
      const draw = Object.keys(bench.state.leftovers)[step.other % 3];
      const body = { container, quantity, unit, reason: 'r' };
      return bench.entry(TECH, 'waste', draw === undefined ? body : { ...body, draw });
    }
    case 3:
      return bench.entry(TECH, 'return', { container, quantity, unit, draw: earlier.entry.id, reason: 'r' });
    case 4: {
      const effect = effectsOf(earlier.entry)[0] ?? { container, change: 0 };
      return bench.entry(TECH, 'reversal', {
        ...{ entry: earlier.entry.id, record: earlier.hash, reason: 'r' },
        effect: { container: effect.container, change: fromTenThousandths(-effect.change), unit },
      });
    }
    case 5: {
      const lines = [{ container, counted: quantity, unit, method: 'measured' as const }];
      return bench.entry(TECH, 'count', { session: bench.id(), kind: 'spot', lines });
    }
    case 6:
      return bench.entry(BOSS, 'cosign', { entry: earlier.entry.id, record: earlier.hash });
    default: {
      const adjustment = fromTenThousandths(-(bench.state.containers[container]?.balance ?? 0));
      return bench.entry(BOSS, 'container.closed', { container, reason: 'empty', adjustment, unit });
    }
  }
}

test('balances are the naive sums of the effects, and a fold from nothing is the state that the gate kept', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const bench = started();
      const vials = [receive(bench, 'A'), receive(bench, 'B'), receive(bench, 'C')];
      for (const step of script) {
        bench.now += 60_000;
        bench.take(entryOf(bench, vials, step), step.witness ? BOSS : undefined);
      }
      const sums = new Map<string, number>();
      for (const { entry } of bench.log)
        for (const { container, change } of effectsOf(entry))
          sums.set(container, (sums.get(container) ?? 0) + change);
      for (const id of vials) expect(bench.state.containers[id]?.balance).toBe(sums.get(id));

      const again = emptyState();
      const entries = new Map(bench.log.map((record) => [record.entry.id, record.entry]));
      for (const record of bench.log) {
        const { entry } = record;
        fold(again, record, entry.type === 'reversal' ? entries.get(entry.body.entry) : undefined);
      }
      expect(again).toEqual(bench.state);
      for (const left of Object.values(again.leftovers)) expect(left.remaining).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});

test('what is drawn is given, wasted, returned or still open: nothing is lost in between', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const bench = started();
      const vials = [receive(bench, 'A'), receive(bench, 'B'), receive(bench, 'C')];
      for (const step of script.filter((s) => s.act < 4)) bench.take(entryOf(bench, vials, step));
      const total = { leftover: 0, settled: 0, open: 0 };
      const units = (text: string) => Math.round(Number(text) * 10_000);
      for (const { entry } of bench.log) {
        if (entry.type === 'draw') total.leftover += units(entry.body.leftover);
        if ((entry.type === 'waste' && entry.body.draw !== undefined) || entry.type === 'return')
          total.settled += units(entry.body.quantity);
      }
      for (const left of Object.values(bench.state.leftovers)) total.open += left.remaining;
      expect(total.settled + total.open).toBe(total.leftover);
    }),
    { numRuns: 200 },
  );
});
