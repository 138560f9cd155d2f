import { describe, expect, it } from 'vitest';
import { FEDERAL_MINIMUM_POLICY, STRICT_POLICY } from '../../shared/domain/policy/profiles.ts';
import { ROLES } from '../../shared/domain/roles.ts';
import { emptyState, type StaffMember } from '../../shared/domain/state.ts';
import { dueFor } from '../../workers/ledger/queries/staff.ts';

const AT = '2026-11-21T12:00:00.000Z';
const state = { ...emptyState(), policy: STRICT_POLICY };
const member = (change: Partial<StaffMember> = {}): StaffMember => ({
  ...{ id: 'p', name: 'Sam Ito', role: 'technician', enrolledSeq: 1 },
  ...{ trained: '2026-11-01', screened: '2020-01-01' },
  ...change,
});
const kindsOf = (change: Partial<StaffMember>, at = AT, of = state) =>
  dueFor(of, member(change), at).map(({ kind }) => kind);

describe('what is due for a person', () => {
  it('is training on the day on which the term is over, and not before', () => {
    expect(kindsOf({ trained: '2025-11-22' })).toEqual([]);
    expect(dueFor(state, member({ trained: '2025-11-21' }), AT)).toEqual([
      { kind: 'training', last: '2025-11-21' },
    ]);
    const { trained: _, ...untrained } = member();
    expect(dueFor(state, untrained, AT)).toEqual([{ kind: 'training', last: null }]);
  });

  it('is a screening for those who handle drugs and do not hold the registration', () => {
    const { screened: _, ...unscreened } = member();
    const due = ROLES.filter((role) =>
      dueFor(state, { ...unscreened, role }, AT).some(({ kind }) => kind === 'screening'),
    );
    expect(due).toEqual(['veterinarian', 'pharmacist', 'lead-technician', 'technician']);
  });

  it('is nothing for those who only read, are here for a day, or have gone', () => {
    const never = { trained: '2000-01-01' };
    expect(kindsOf(never)).toEqual(['training']);
    expect(kindsOf({ ...never, role: 'auditor' })).toEqual([]);
    expect(kindsOf({ ...never, until: '2026-11-21T18:00:00.000Z' })).toEqual([]);
    expect(kindsOf({ ...never, disabledSeq: 9 })).toEqual([]);
  });

  it('is no training where the policy wants none', () => {
    const policy = FEDERAL_MINIMUM_POLICY;
    expect(kindsOf({ trained: '2000-01-01' }, AT, { ...emptyState(), policy })).toEqual([]);
  });
});
