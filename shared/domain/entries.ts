import * as v from 'valibot';
import { LOG_BODIES } from './bodies/log.ts';
import { PEOPLE_BODIES } from './bodies/people.ts';
import { PROPOSAL_BODIES } from './bodies/proposals.ts';
import { STOCK_BODIES } from './bodies/stock.ts';
import { hash, id, time } from './schema.ts';

/** Every type of entry, with the body that it has. */
export const BODIES = { ...LOG_BODIES, ...PEOPLE_BODIES, ...PROPOSAL_BODIES, ...STOCK_BODIES };

export type EntryType = keyof typeof BODIES;
export type Body<T extends EntryType> = v.InferOutput<(typeof BODIES)[T]>;
export type Product = Body<'product.added'>['product'];
export type ReceivedContainer = Body<'container.received'>['containers'][number];
export type CountMethod = Body<'count'>['lines'][number]['method'];
export type DiscrepancyCause = Body<'discrepancy.resolved'>['cause'];

/** An entry whose body has been checked against the schema of its type. */
export type DomainEntry = {
  [T in EntryType]: { id: string; type: T; at: string; after: string; by: string; body: Body<T> };
}[EntryType];
/** An entry as far as what it is about goes: a proposed act is no more than that. */
export type TypedBody = { [T in EntryType]: { type: T; body: Body<T> } }[EntryType];
export type EntryOf<T extends EntryType> = Extract<DomainEntry, { type: T }>;

/** Acts of the device itself: signed with its own key, by its own id. */
export const DEVICE_ACTS: readonly EntryType[] = ['device.joined', 'sign-in.refused', 'clock.anomaly'];

const envelope = { id, at: time, after: hash, by: id };
const ENTRY = v.variant(
  'type',
  // The tables above are the single list; the cast-free way to spell a variant from it is one object a type.
  [
    v.strictObject({ ...envelope, type: v.literal('ledger.created'), body: BODIES['ledger.created'] }),
    v.strictObject({ ...envelope, type: v.literal('device.joined'), body: BODIES['device.joined'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.enrolled'), body: BODIES['staff.enrolled'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.admitted'), body: BODIES['staff.admitted'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.changed'), body: BODIES['staff.changed'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.key-rotated'), body: BODIES['staff.key-rotated'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.key-added'), body: BODIES['staff.key-added'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.key-removed'), body: BODIES['staff.key-removed'] }),
    v.strictObject({ ...envelope, type: v.literal('staff.pin-changed'), body: BODIES['staff.pin-changed'] }),
    v.strictObject({
      ...envelope,
      type: v.literal('staff.factor-added'),
      body: BODIES['staff.factor-added'],
    }),
    v.strictObject({
      ...envelope,
      type: v.literal('staff.factor-removed'),
      body: BODIES['staff.factor-removed'],
    }),
    v.strictObject({ ...envelope, type: v.literal('staff.disabled'), body: BODIES['staff.disabled'] }),
    v.strictObject({ ...envelope, type: v.literal('access.elevated'), body: BODIES['access.elevated'] }),
    v.strictObject({ ...envelope, type: v.literal('access.ended'), body: BODIES['access.ended'] }),
    v.strictObject({ ...envelope, type: v.literal('vault.rotated'), body: BODIES['vault.rotated'] }),
    v.strictObject({ ...envelope, type: v.literal('patients.erased'), body: BODIES['patients.erased'] }),
    v.strictObject({ ...envelope, type: v.literal('proposal.made'), body: BODIES['proposal.made'] }),
    v.strictObject({ ...envelope, type: v.literal('proposal.approved'), body: BODIES['proposal.approved'] }),
    v.strictObject({ ...envelope, type: v.literal('proposal.rejected'), body: BODIES['proposal.rejected'] }),
    v.strictObject({ ...envelope, type: v.literal('policy.changed'), body: BODIES['policy.changed'] }),
    v.strictObject({ ...envelope, type: v.literal('product.added'), body: BODIES['product.added'] }),
    v.strictObject({
      ...envelope,
      type: v.literal('container.received'),
      body: BODIES['container.received'],
    }),
    v.strictObject({ ...envelope, type: v.literal('container.opened'), body: BODIES['container.opened'] }),
    v.strictObject({ ...envelope, type: v.literal('container.closed'), body: BODIES['container.closed'] }),
    v.strictObject({ ...envelope, type: v.literal('draw'), body: BODIES.draw }),
    v.strictObject({ ...envelope, type: v.literal('waste'), body: BODIES.waste }),
    v.strictObject({ ...envelope, type: v.literal('return'), body: BODIES.return }),
    v.strictObject({ ...envelope, type: v.literal('cosign'), body: BODIES.cosign }),
    v.strictObject({ ...envelope, type: v.literal('reversal'), body: BODIES.reversal }),
    v.strictObject({ ...envelope, type: v.literal('count'), body: BODIES.count }),
    v.strictObject({
      ...envelope,
      type: v.literal('discrepancy.opened'),
      body: BODIES['discrepancy.opened'],
    }),
    v.strictObject({ ...envelope, type: v.literal('discrepancy.noted'), body: BODIES['discrepancy.noted'] }),
    v.strictObject({
      ...envelope,
      type: v.literal('discrepancy.resolved'),
      body: BODIES['discrepancy.resolved'],
    }),
    v.strictObject({ ...envelope, type: v.literal('sign-in.refused'), body: BODIES['sign-in.refused'] }),
    v.strictObject({ ...envelope, type: v.literal('clock.anomaly'), body: BODIES['clock.anomaly'] }),
    v.strictObject({ ...envelope, type: v.literal('exported'), body: BODIES.exported }),
    v.strictObject({ ...envelope, type: v.literal('verified'), body: BODIES.verified }),
  ],
);

export type ParsedEntry = { ok: true; entry: DomainEntry } | { ok: false; where: string; message: string };

/** Checks an entry against the schema of its type. `where` names the member that is wrong, as a path. */
export function parseEntry(input: unknown): ParsedEntry {
  const result = v.safeParse(ENTRY, input);
  if (result.success) return { ok: true, entry: result.output };
  const issue = result.issues[0];
  return { ok: false, where: v.getDotPath(issue) ?? 'entry', message: issue.message };
}
