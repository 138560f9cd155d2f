import type { ProposalView } from '../../../shared/protocol/approvals.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';

/** Who waits for whom, in words. */

export type Standing = 'to-approve' | 'to-carry-out' | 'stuck';

export const standingOf = ({ stale, approved }: ProposalView): Standing =>
  stale !== undefined ? 'stuck' : approved ? 'to-carry-out' : 'to-approve';

export const STANDING_TITLES: Readonly<Record<Standing, string>> = {
  'to-approve': 'To approve',
  'to-carry-out': 'Approved, to be carried out',
  stuck: 'Cannot be done any more',
};

export type How = 'approve' | 'reject' | 'withdraw' | 'carry-out';

/** Ids of those who could take the next step. */
export const waitedFor = (proposal: ProposalView): readonly string[] => {
  const { stale, approved, mayApprove, mayCarryOut, by } = proposal;
  if (stale !== undefined) return [by];
  return approved ? mayCarryOut : mayApprove;
};

/** `Dr. Wren or Petra Quill`; who has no key here is named as well: they have to be asked, and enrolled. */
export function namesText(ids: readonly string[], staff: readonly StaffView[]): string {
  const names = staff.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  const last = names.at(-1);
  return names.length < 2 ? (last ?? 'nobody here') : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/** What a proposal waits for, as a sentence. */
export function waitingText(proposal: ProposalView, staff: readonly StaffView[]): string {
  const names = namesText(waitedFor(proposal), staff);
  if (proposal.stale !== undefined) return `Withdraw or reject it: ${proposal.stale}`;
  if (!proposal.approved) return `Waits for ${names} to approve it.`;
  const witness = proposal.witness === 'now' ? ', with a witness' : '';
  return `Approved by ${proposal.approved.byName}. Waits for ${names} to carry it out${witness}.`;
}

/** The list as one person needs it: what waits for them first, the longest-waiting of it on top. */
export function forPerson(open: readonly ProposalView[], person: string): ProposalView[] {
  const rank = (one: ProposalView) => (person !== '' && waitedFor(one).includes(person) ? 0 : 1);
  return [...open].sort((a, b) => rank(a) - rank(b) || a.at.localeCompare(b.at));
}

/** Why the initiator, approver and finaliser are not one person, for the one whose name is not to be picked. */
export function barredOf(proposal: ProposalView, how: How): { id: string; remark: string } | undefined {
  const { by, approved, threePeople } = proposal;
  if (how === 'approve') return { id: by, remark: 'proposed this, cannot approve it' };
  if (how !== 'carry-out' || !approved) return undefined;
  return threePeople
    ? { id: by, remark: 'proposed this, cannot carry it out' }
    : { id: approved.by, remark: 'approved this, cannot carry it out' };
}
