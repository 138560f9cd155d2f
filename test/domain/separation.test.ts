import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EntryType } from '../../shared/domain/entries.ts';
import { attempts, Clinic } from './attempts.ts';
import { Books } from './books.ts';

/** Whatever people try, in whatever order: what the rules let through is looked at by an oracle with its own books. */

test('no accepted history has one person in two parts, a spent elevation used, or a disabled person’s signature', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(attempts, (tried) => {
      const clinic = new Clinic();
      for (const one of tried) clinic.try(one);
      const books = new Books();
      for (const record of clinic.bench.log) {
        books.look(record);
        books.take(record);
        seen.add(record.entry.type);
        const { entry } = record;
        if ('proposal' in entry.body && !entry.type.startsWith('proposal.'))
          seen.add(`${entry.type} carried out`);
      }
    }),
    { numRuns: 300 },
  );
  // The attempts are worth something only where each kind of them sometimes succeeds.
  const needed: EntryType[] = [
    'access.elevated',
    'access.ended',
    'proposal.approved',
    'staff.admitted',
    'product.added',
  ];
  expect(
    [
      ...needed,
      'staff.disabled',
      'patients.erased',
      'cosign',
      'container.closed',
      'staff.changed carried out',
    ].filter((type) => !seen.has(type)),
  ).toEqual([]);
});
