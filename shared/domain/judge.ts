import { DEVICE_ACTS, type DomainEntry, type EntryType } from './entries.ts';
import { type Finding, flag, refusal } from './findings.ts';
import { judgeContainer } from './judge-container.ts';
import { judgeCorrection } from './judge-correction.ts';
import { witnessRuleFor } from './policy.ts';
import { ROLE_NAMES, type Role } from './roles.ts';
import { type Signed, type State, scheduleOf } from './state.ts';

/** The entry that a cosign, reversal, waste or return names, and whatever else in the log already names it. */
export type Target = {
  entry: DomainEntry;
  hash: string;
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
    return state.ledger ? [refusal('already-started', 'This ledger has been started already.')] : [];
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
  for (const signed of signatures) {
    findings.push(
      ...(signsForOwnKey(entry, signed)
        ? judgeOwnKey(state, signed)
        : judgeSigner(state, entry.type, signed)),
    );
  }
  if (signatures.some((s) => s.as !== 'performer' && s.by === entry.by)) {
    findings.push(refusal('self-witness', 'Nobody can witness or approve their own act. Ask a colleague.'));
  }
  return [...findings, ...judgeWitness(state, act)];
}

/** In the entry that brings in a key, its owner may sign after the performer (format README, "Whose key"). */
function signsForOwnKey(entry: DomainEntry, { as, by }: Signed): boolean {
  const brings = entry.type === 'staff.enrolled' || entry.type === 'staff.key-rotated';
  return brings && as !== 'performer' && by === entry.body.staff.id;
}

/**
 * That signature shows that the key is theirs, and needs no role for it. It witnesses no act on a container, and an
 * approver or registrant has to be one before.
 */
function judgeOwnKey(state: State, { as, by }: Signed): Finding[] {
  const member = state.staff[by];
  if (member?.disabledSeq !== undefined) {
    return [refusal('disabled-staff', `${member.name} can no longer sign. Ask the registrant.`)];
  }
  return as === 'witness'
    ? []
    : [refusal('role', 'Whose key this brings in signs for it as a witness, and approves nothing by it.')];
}

function judgeSigner(state: State, type: EntryType, signed: Signed): Finding[] {
  const member = state.staff[signed.by];
  if (!member) return [refusal('unknown-staff', 'This person is not enrolled in this ledger.')];
  if (member.disabledSeq !== undefined) {
    return [refusal('disabled-staff', `${member.name} can no longer sign. Ask the registrant.`)];
  }
  if (signed.as === 'performer' && !rolesFor(state, type).includes(member.role)) {
    return [
      refusal('role', `${member.name} (${ROLE_NAMES[member.role]}) may not do this. Ask someone who may.`),
    ];
  }
  if (signed.as === 'witness' && !state.policy.mayWitness.includes(member.role)) {
    return [refusal('witness-role', `${member.name} (${ROLE_NAMES[member.role]}) may not witness.`)];
  }
  if (signed.as === 'approver' && !state.policy.administer.includes(member.role)) {
    return [refusal('role', `${member.name} (${ROLE_NAMES[member.role]}) may not approve this.`)];
  }
  if (signed.as === 'registrant' && member.role !== 'registrant') {
    return [refusal('role', `${member.name} (${ROLE_NAMES[member.role]}) is not the registrant.`)];
  }
  return [];
}

/** The roles that may perform an act under the policy in force. */
export function rolesFor(state: State, type: EntryType): readonly Role[] {
  const { handle, stock, administer, mayWitness } = state.policy;
  switch (type) {
    case 'staff.enrolled':
    case 'staff.disabled':
    case 'policy.changed':
      return administer;
    case 'staff.key-rotated':
      return [...new Set([...mayWitness, ...administer])];
    case 'discrepancy.resolved':
      return [...new Set([...administer, ...stock])];
    case 'product.added':
    case 'container.received':
    case 'container.closed':
      return stock;
    case 'cosign':
      return mayWitness;
    case 'exported':
    case 'verified':
      return [...new Set<Role>([...handle, ...administer, 'auditor'])];
    default:
      return handle;
  }
}

function judgeWitness(state: State, act: Act): Finding[] {
  const { entry, signatures } = act;
  const container = 'container' in entry.body ? entry.body.container : undefined;
  const schedule = scheduleOf(state, container);
  const rule = schedule && witnessRuleFor(state.policy, entry.type, schedule);
  if (!rule || signatures.some((s) => s.as === 'witness')) return [];
  if (rule.due === 'late') return [flag('witness-missing', 'A witness is still to sign for this.')];
  return [
    refusal(
      'witness-missing',
      `A witness has to sign this together with the performer (Schedule ${schedule}).`,
    ),
  ];
}
