import { subjectOf } from './effects.ts';
import { DEVICE_ACTS, type DomainEntry } from './entries.ts';
import { type Finding, refusal } from './findings.ts';
import { judgeContainer } from './judge-container.ts';
import { judgeCorrection } from './judge-correction.ts';
import { judgePeopleEntry } from './judge-people.ts';
import { judgePolicy, judgePolicyItself } from './judge-policy.ts';
import { judgeApprover, judgeProposal } from './judge-proposal.ts';
import { judgeSigner } from './judge-signer.ts';
import type { Signed, State } from './state.ts';

/** The entry that a cosign, reversal, waste or return names, and whatever else in the log already names it. */
export type Target = {
  entry: DomainEntry;
  hash: string;
  /** Who signed it beside its performer, in the same record. */
  beside: readonly string[];
  /** Later entries that refer to it and are not themselves reversed. */
  referrers: readonly DomainEntry[];
};

export type Act = {
  entry: DomainEntry;
  signatures: readonly Signed[];
  /** The device's own id in this log. */
  device: string;
  /** Time of the append. */
  recorded: string;
  target?: Target;
};

/**
 * Holds an act against the rules and the policy in force, before it is folded into `state`.
 * The append gate refuses on any finding of severity `refuse`; the verifier reports every finding.
 */
export function judge(state: State, act: Act): Finding[] {
  const { entry } = act;
  if (entry.type === 'ledger.created') {
    return state.ledger
      ? [refusal('already-started', 'This ledger has been started already.')]
      : judgePolicyItself(entry.body.policy);
  }
  if (entry.type === 'device.joined') {
    return state.seq < 0
      ? judgePeople(state, act)
      : [refusal('already-started', 'A device joins at the beginning of its log.')];
  }
  if (state.seq < 0) return [refusal('not-started', 'Start a ledger first.')];
  return [
    ...judgeTime(act),
    ...judgePeople(state, act),
    ...judgeContainer(state, act),
    ...judgeCorrection(state, act),
    ...judgePeopleEntry(state, act),
    ...judgeProposal(state, act),
    ...judgePolicy(state, act),
    ...judgeApprover(state, act),
  ];
}

const FUTURE_MS = 5 * 60_000;

function judgeTime({ entry, recorded }: Act): Finding[] {
  return Date.parse(entry.at) > Date.parse(recorded) + FUTURE_MS
    ? [
        refusal(
          'future',
          'The time of the act is in the future. Check the time, and the clock of this computer.',
        ),
      ]
    : [];
}

function judgePeople(state: State, act: Act): Finding[] {
  const { entry, signatures, device } = act;
  if (DEVICE_ACTS.includes(entry.type)) {
    return entry.by === device ? [] : [refusal('role', 'Only the device itself records this.')];
  }
  // Its own periodic check, as well as a person's.
  if (entry.type === 'verified' && entry.by === device) return [];
  const findings: Finding[] = [];
  for (const signed of signatures) findings.push(...judgeSigner(state, act, signed));
  const subject = subjectOf(entry);
  if (signatures.some(({ as, by }) => as !== 'performer' && by === entry.by)) {
    findings.push(refusal('self-witness', 'Nobody can witness or approve their own act. Ask a colleague.'));
  }
  if (signatures.some(({ as, by }) => as === 'approver' && by === subject)) {
    findings.push(refusal('self-witness', 'Nobody approves what is about them. Ask a colleague.'));
  }
  return findings;
}
