import { othersWith } from './access.ts';
import { subjectOf } from './effects.ts';
import type { TypedBody } from './entries.ts';
import type { Target } from './judge.ts';
import { bandFor, ruleForAll, type Sourced } from './policy/combine.ts';
import { type ApprovalCase, type ApproverRule, policyActOf } from './policy/schema.ts';
import { toTenThousandths } from './quantity.ts';
import type { Role } from './roles.ts';
import { productOf, type State, schedulesOf } from './state.ts';

/** What an approval is asked about: an act, who does it, when, and who did what it takes up. */
export type Question = {
  act: TypedBody;
  by: string;
  /** RFC 3339. */
  at: string;
  /** The entry that it takes up, where it does. */
  target?: Target | undefined;
};

export type ApprovalDue =
  | { due: false }
  /** It would be, and nobody else here could give it. */
  | { due: 'nobody'; rule: Sourced<ApproverRule> }
  | { due: true; rule: Sourced<ApproverRule> };

/** Whether a second person has to approve an act, by the policy in force. */
export function approvalDue(state: State, question: Question): ApprovalDue {
  const { act } = question;
  const named = policyActOf(act.type);
  const rule = named && ruleForAll(state.policy, named, schedulesOf(state, act)).approver;
  if (!rule) return { due: false };
  const { when, unlessAlone } = rule.value;
  if (when.length > 0 && !when.some((one) => holds(state, one, question))) return { due: false };
  return unlessAlone && !hasApprover(state, question, rule.value.by)
    ? { due: 'nobody', rule }
    : { due: true, rule };
}

/** Whether somebody is here who could approve it, and where it wants a witness, another who could be that. */
function hasApprover(state: State, { act, by, at }: Question, roles: readonly Role[]): boolean {
  const subject = subjectOf(act);
  const approvers = othersWith(state, roles, { at, not: subject === undefined ? [by] : [by, subject] });
  const named = policyActOf(act.type);
  const witness = named && ruleForAll(state.policy, named, schedulesOf(state, act)).witness;
  if (!witness) return approvers.length > 0;
  const witnesses = othersWith(state, witness.value.by, { at, not: [by] });
  return approvers.some(({ id }) => witnesses.some((other) => other.id !== id));
}

/**
 * Whether somebody else has put their name to an entry: as its performer, beside them, later as its witness, or as who
 * approved the proposal that it carried out, who is never its performer.
 */
function isOfOthers({ entry, beside, referrers }: Target, by: string): boolean {
  const later = referrers.filter(({ type }) => type === 'cosign').map((cosign) => cosign.by);
  const approved = 'proposal' in entry.body && entry.body.proposal !== undefined;
  return approved || [entry.by, ...beside, ...later].some((signer) => signer !== by);
}

/** Who proposed and who approved what an entry carries out; nobody where it carries out no proposal. */
export function partsOfProposal(state: State, { body }: TypedBody): string[] {
  const proposal =
    'proposal' in body && body.proposal !== undefined ? state.proposals[body.proposal] : undefined;
  if (!proposal) return [];
  return [proposal.by, ...(proposal.approved ? [proposal.approved.by] : [])];
}

function holds(state: State, one: ApprovalCase, { act, by, target }: Question): boolean {
  switch (one) {
    case 'adjusts':
      return 'adjustment' in act.body && act.body.adjustment !== '0';
    case 'beyond-band':
      return beyondBand(state, act) !== undefined;
    case 'disposes':
      return act.type === 'container.closed' && ['expired', 'damaged'].includes(act.body.reason);
    case 'of-another':
      if (act.type !== 'reversal') return subjectOf(act) !== by;
      return target !== undefined && isOfOthers(target, by);
  }
}

/** The variance band that closing a container goes beyond, and what it is of, or `undefined` where it does not. */
export function beyondBand(
  state: State,
  act: TypedBody,
): { band: Sourced<string>; size: number } | undefined {
  if (act.type !== 'container.closed') return undefined;
  const container = state.containers[act.body.container];
  const product = container && productOf(state, container);
  const band = product && bandFor(state.policy, product.schedule, product.form);
  if (!container || !band) return undefined;
  // Whole numbers throughout: change / size > percent / 100, each in ten-thousandths.
  const change = BigInt(Math.abs(toTenThousandths(act.body.adjustment)));
  const allowed = BigInt(container.size) * BigInt(toTenThousandths(band.value));
  return change * 100n * 10_000n > allowed ? { band, size: container.size } : undefined;
}
