import { elevationUsed } from './access.ts';
import type { EntryOf } from './entries.ts';
import type { FoldRecord, StaffMember, State } from './state.ts';

/** The fold of entries about people, access and proposals. Never refuses: see `fold.ts`. */

/** Forgets what is over by the time of the record, and what its signatures use up. */
export function spendAccess(state: State, { entry, signatures, recorded }: FoldRecord): void {
  for (const { id, until } of Object.values(state.elevations)) {
    if (until < recorded) delete state.elevations[id];
  }
  if (Object.keys(state.elevations).length === 0) return;
  for (const { as, by } of signatures) {
    const used = elevationUsed(state, entry, { as, by, at: recorded });
    if (used?.once) delete state.elevations[used.id];
  }
}

export function changeMember(state: State, id: string, change: Partial<StaffMember>): void {
  const member = state.staff[id];
  if (member) state.staff[id] = { ...member, ...change };
}

/** What somebody was made for a while was added to what they were: with another role of their own it is over. */
export function changeStaff(state: State, { body: { staff } }: EntryOf<'staff.changed'>): void {
  if (staff.role !== undefined && staff.role !== state.staff[staff.id]?.role) {
    for (const one of Object.values(state.elevations)) {
      if (one.staff === staff.id) delete state.elevations[one.id];
    }
  }
  changeMember(state, staff.id, staff);
}

export function factor(
  state: State,
  { type, body }: EntryOf<'staff.factor-added'> | EntryOf<'staff.factor-removed'>,
): void {
  const known = state.staff[body.staff.id]?.factors ?? [];
  const others = known.filter(({ id }) => id !== body.credential.id);
  const { id } = body.credential;
  const factors = type === 'staff.factor-added' ? [...others, { id, name: body.credential.name }] : others;
  changeMember(state, body.staff.id, { factors });
}

export function access(state: State, entry: EntryOf<'access.elevated'> | EntryOf<'access.ended'>): void {
  const { elevation: id } = entry.body;
  if (entry.type === 'access.ended') {
    delete state.elevations[id];
    return;
  }
  const { staff, role, until, once, reason } = entry.body;
  state.elevations[id] = { id, staff: staff.id, role, from: entry.at, until, once, reason };
}

type ProposalEntry = EntryOf<'proposal.made'> | EntryOf<'proposal.approved'> | EntryOf<'proposal.rejected'>;

export function propose(state: State, { hash }: FoldRecord, entry: ProposalEntry): void {
  const { by, at, id } = entry;
  if (entry.type === 'proposal.made') {
    const { act, reason } = entry.body;
    state.proposals[id] = { id, record: hash, act, reason, by, at };
    return;
  }
  const open = state.proposals[entry.body.proposal];
  if (!open) return;
  if (entry.type === 'proposal.approved') open.approved = { by, at };
  else delete state.proposals[open.id];
}

/** What is carried out is not open any more. */
export function closeProposal(state: State, { entry: { type, body } }: FoldRecord): void {
  if (type === 'proposal.approved' || type === 'proposal.rejected') return;
  if ('proposal' in body && body.proposal !== undefined) delete state.proposals[body.proposal];
}
