import { describe, expect, it } from 'vitest';
import {
  barredOf,
  forPerson,
  namesText,
  standingOf,
  waitedFor,
  waitingText,
} from '../../../pwa/screens/approvals/model.ts';
import type { ProposalView } from '../../../shared/protocol/approvals.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';

const person = (id: string, name: string): StaffView => ({
  ...{ id, name, role: 'veterinarian', disabled: false, hasKey: true },
});
const STAFF = [person('a', 'Ada'), person('b', 'Ben'), person('c', 'Cy')];

const proposal = (part: Partial<ProposalView> = {}): ProposalView => ({
  ...{ id: 'p', seq: 3, record: 'f'.repeat(64), summary: 'Closed K-01', changes: [], schedules: ['II'] },
  act: { type: 'staff.changed', body: { staff: { id: 'c' }, reason: 'x' } },
  ...{ reason: 'Spilt', by: 'a', byName: 'Ada', at: '2026-11-01T10:00:00.000Z', threePeople: false },
  ...{ mayApprove: ['b', 'c'], mayReject: ['a', 'b', 'c'], mayCarryOut: ['a', 'c'], witness: 'none' },
  mayWitness: [],
  ...part,
});
const approved = { by: 'b', byName: 'Ben', at: '2026-11-01T11:00:00.000Z' };

describe('what a proposal waits for', () => {
  it('is its approval, then its carrying out, then its end', () => {
    expect(standingOf(proposal())).toBe('to-approve');
    expect(waitedFor(proposal())).toEqual(['b', 'c']);
    expect(waitingText(proposal(), STAFF)).toBe('Waits for Ben or Cy to approve it.');
    expect(standingOf(proposal({ approved }))).toBe('to-carry-out');
    expect(waitingText(proposal({ approved, witness: 'now' }), STAFF)).toBe(
      'Approved by Ben. Waits for Ada or Cy to carry it out, with a witness.',
    );
    const stuck = proposal({ approved, stale: 'The number is taken.', mayCarryOut: [] });
    expect(standingOf(stuck)).toBe('stuck');
    expect(waitedFor(stuck)).toEqual(['a']);
    expect(waitingText(stuck, STAFF)).toBe('Withdraw or reject it: The number is taken.');
  });

  it('is said with every name, and with none', () => {
    expect(namesText([], STAFF)).toBe('nobody here');
    expect(namesText(['b'], STAFF)).toBe('Ben');
    expect(namesText(['a', 'b', 'c'], STAFF)).toBe('Ada, Ben or Cy');
  });
});

describe('the list of one person', () => {
  it('has what waits for them on top, the longest-waiting first', () => {
    const old = proposal({ id: 'old', at: '2026-10-01T10:00:00.000Z', mayApprove: ['b'] });
    const mine = proposal({ id: 'mine', mayApprove: ['c'] });
    const later = proposal({ id: 'later', at: '2026-11-02T10:00:00.000Z', mayApprove: ['c'] });
    const ids = (who: string) => forPerson([later, mine, old], who).map(({ id }) => id);
    expect(ids('c')).toEqual(['mine', 'later', 'old']);
    expect(ids('')).toEqual(['old', 'mine', 'later']);
  });
});

describe('who may not take a step, and looks for their name', () => {
  it('is the proposer for the approval, the approver for the carrying out, the proposer among three', () => {
    expect(barredOf(proposal(), 'approve')).toMatchObject({ id: 'a' });
    expect(barredOf(proposal({ approved }), 'carry-out')).toMatchObject({ id: 'b' });
    expect(barredOf(proposal({ approved, threePeople: true }), 'carry-out')).toMatchObject({ id: 'a' });
    expect(barredOf(proposal(), 'withdraw')).toBeUndefined();
  });
});
