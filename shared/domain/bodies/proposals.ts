import * as v from 'valibot';
import { hash, id, line } from '../schema.ts';
import { LOG_BODIES } from './log.ts';
import { PEOPLE_BODIES } from './people.ts';
import { STOCK_BODIES } from './stock.ts';

/** An act that one person proposes, another approves or rejects, and one who may carries out. */

const reason = line(200);
const act = v.variant('type', [
  v.strictObject({ type: v.literal('container.received'), body: STOCK_BODIES['container.received'] }),
  v.strictObject({ type: v.literal('container.closed'), body: STOCK_BODIES['container.closed'] }),
  v.strictObject({ type: v.literal('discrepancy.resolved'), body: STOCK_BODIES['discrepancy.resolved'] }),
  v.strictObject({ type: v.literal('reversal'), body: STOCK_BODIES.reversal }),
  v.strictObject({ type: v.literal('staff.enrolled'), body: PEOPLE_BODIES['staff.enrolled'] }),
  v.strictObject({ type: v.literal('staff.changed'), body: PEOPLE_BODIES['staff.changed'] }),
  v.strictObject({ type: v.literal('staff.key-rotated'), body: PEOPLE_BODIES['staff.key-rotated'] }),
  v.strictObject({ type: v.literal('access.elevated'), body: PEOPLE_BODIES['access.elevated'] }),
  v.strictObject({ type: v.literal('policy.changed'), body: LOG_BODIES['policy.changed'] }),
]);
export type ProposedAct = v.InferOutput<typeof act>;

export const PROPOSAL_BODIES = {
  /** The id of the entry is the proposal's. The body proposed names no proposal. */
  'proposal.made': v.strictObject({
    act: v.pipe(
      act,
      v.check(({ body }) => body.proposal === undefined, 'a proposal of an act, and not of a proposal'),
    ),
    reason,
  }),
  'proposal.approved': v.strictObject({ proposal: id, record: hash }),
  /** By whoever may approve, or withdrawn by whoever made it. */
  'proposal.rejected': v.strictObject({ proposal: id, record: hash, reason }),
};

/** A proposed act as it is carried out: the same body, and the proposal that it carries out. */
export const carriedOut = ({ type, body }: ProposedAct, proposal: string): ProposedAct =>
  v.parse(act, { type, body: { ...body, proposal } });
