import fc from 'fast-check';
import {
  APPROVAL_CASES,
  NEEDS,
  POLICY_ACTS,
  type Policy,
  SCHEDULES,
  TERMS,
} from '../../../shared/domain/policy/schema.ts';
import { SOURCE_IDS } from '../../../shared/domain/policy/source-ids.ts';
import { ROLES } from '../../../shared/domain/roles.ts';

/** Random policies: few acts and schedules, so that rules meet. */
const some = <T>(of: readonly T[], minLength = 0) => fc.uniqueArray(fc.constantFrom(...of), { minLength });
const source = fc.constantFrom(...SOURCE_IDS);
const roles = some(ROLES);
const schedules = some(SCHEDULES);

const rule = fc.record(
  {
    acts: some(POLICY_ACTS.slice(0, 4), 1),
    ...{ schedules, source, perform: roles, notify: roles, needs: some(NEEDS) },
    witness: fc.record({
      due: fc.constantFrom('now' as const, 'late' as const),
      ...{ lateHours: fc.nat({ max: 48 }), by: roles },
    }),
    approver: fc.record({
      by: roles,
      when: fc.subarray([...APPROVAL_CASES]),
      unlessAlone: fc.boolean(),
      threePeople: fc.boolean(),
    }),
    hold: fc.constant(true as const),
  },
  { requiredKeys: ['acts', 'schedules', 'source'] },
);
const term = fc.record({
  ...{ term: fc.constantFrom(...TERMS), value: fc.integer({ min: 1, max: 9 }), schedules, source },
});
const band = fc.record({
  ...{ schedules, source, forms: some(['injection', 'tablet'] as const) },
  percent: fc.constantFrom('0', '0.1', '0.5', '2'),
});

export const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  profiles: fc.constant([]),
  rules: fc.array(rule, { maxLength: 5 }),
  terms: fc.array(term, { maxLength: 5 }),
  variance: fc.array(band, { maxLength: 4 }),
});
