import { beyondBand } from './approval.ts';
import type { DomainEntry } from './entries.ts';
import { type Finding, refusal } from './findings.ts';
import type { Act } from './judge.ts';
import { judgeWitness } from './judge-witness.ts';
import { approversOf, performersOf } from './policy/base.ts';
import { type EffectiveRule, ruleForAll } from './policy/combine.ts';
import { factorRule } from './policy/factors.ts';
import { faultsOf } from './policy/faults.ts';
import { type Policy, policyActOf } from './policy/schema.ts';
import { fromTenThousandths } from './quantity.ts';
import { holdOn, productOf, type State, schedulesOf } from './state.ts';

/** Holds an act against what the policy in force asks of it besides the roles of those who sign. */
export function judgePolicy(state: State, act: Act): Finding[] {
  const { entry } = act;
  const named = policyActOf(entry.type);
  if (named === undefined) return [];
  const rule = ruleForAll(state.policy, named, schedulesOf(state, entry));
  return [
    ...judgeWitness(rule, state, act),
    ...judgeFactor(state, act),
    ...judgeReason(rule, entry),
    ...judgeCounted(rule, state, entry),
    ...judgeExactness(state, entry),
    ...judgeHold(state, entry),
    ...judgeVariance(state, entry),
    ...(entry.type === 'policy.changed'
      ? [...judgePolicyItself(entry.body.policy), ...judgeLockout(state, entry.body.policy)]
      : []),
  ];
}

function judgeFactor(state: State, { entry, signatures }: Act): Finding[] {
  const due = factorRule(state, entry);
  if (!due || signatures.every(({ factor }) => factor)) return [];
  const message = 'The policy asks for a passkey or security key with every signature of this.';
  return [refusal('factor-missing', message, due.sources)];
}

function judgeReason({ needs }: EffectiveRule, entry: DomainEntry): Finding[] {
  const due = needs.find(({ need }) => need === 'reason');
  if (!due || hasReason(entry)) return [];
  return [refusal('reason-missing', 'Write down why: the policy asks for a reason here.', due.sources)];
}

/** A reason in somebody's own words; the kind of a closing, picked from a list, is none. */
function hasReason({ type, body }: DomainEntry): boolean {
  if ('note' in body && body.note !== undefined) return true;
  return type !== 'container.closed' && 'reason' in body && body.reason !== undefined;
}

function judgeCounted({ needs }: EffectiveRule, state: State, entry: DomainEntry): Finding[] {
  const due = needs.find(({ need }) => need === 'count');
  if (!due || entry.type !== 'container.closed') return [];
  const container = state.containers[entry.body.container];
  if (!container || (container.lastCountedAt ?? '') >= container.lastActAt) return [];
  const message = `Count container ${container.number} first: the policy wants a count after its last use.`;
  return [refusal('count-missing', message, due.sources)];
}

/** Line by line: one count may hold drugs of several schedules, and only some have to be exact. */
function judgeExactness(state: State, entry: DomainEntry): Finding[] {
  if (entry.type !== 'count') return [];
  const guessed = entry.body.lines.filter(({ method }) => method === 'estimated');
  const refused = guessed.flatMap(({ container }) => {
    const held = state.containers[container];
    const schedule = held && productOf(state, held)?.schedule;
    const rule = schedule && ruleForAll(state.policy, 'count', [schedule]);
    const due = rule?.needs.find(({ need }) => need === 'exact-count');
    return held && due ? [{ number: held.number, sources: due.sources }] : [];
  });
  const [first] = refused;
  if (!first) return [];
  const numbers = refused.map(({ number }) => number).join(', ');
  const message = `Measure, weigh or count ${numbers}: the policy does not take an estimate for it.`;
  return [refusal('estimate', message, first.sources)];
}

/** What is set aside stays as it was found: it is used for a reason alone, and neither emptied nor closed away. */
function judgeHold(state: State, entry: DomainEntry): Finding[] {
  const emptied =
    entry.type === 'container.closed' || (entry.type === 'waste' && entry.body.draw === undefined);
  if (!emptied && entry.type !== 'draw') return [];
  if (!holdOn(state, entry.body.container)) return [];
  if ('acknowledged' in entry.body && entry.body.acknowledged?.some(({ warning }) => warning === 'on-hold'))
    return [];
  const number = state.containers[entry.body.container]?.number ?? '';
  const aside = `Container ${number} is set aside until its discrepancy is resolved.`;
  const message = `${aside} ${emptied ? 'Resolve that first.' : 'Pick another one, or say why it was used.'}`;
  const schedules = schedulesOf(state, entry);
  const { hold } = ruleForAll(state.policy, 'discrepancy.opened', schedules);
  return [refusal('on-hold', message, hold?.sources)];
}

/** Closing a container may change the book by no more than the band without a word. */
function judgeVariance(state: State, entry: DomainEntry): Finding[] {
  if (entry.type !== 'container.closed' || entry.body.note !== undefined) return [];
  const beyond = beyondBand(state, entry);
  if (!beyond) return [];
  const { adjustment, unit } = entry.body;
  const size = fromTenThousandths(beyond.size);
  const message = `The book changes by ${adjustment} ${unit}, which is more than ${beyond.band.value} % of ${size} ${unit}. Write a note that explains it.`;
  return [refusal('variance', message, beyond.band.sources)];
}

/** A policy under which nobody could work is not taken. */
export function judgePolicyItself(policy: Policy): Finding[] {
  const [first] = faultsOf(policy);
  return first === undefined ? [] : [refusal('policy-unusable', `This policy cannot be used. ${first}`)];
}

/** Two people have to be left who could change the policy again. */
function judgeLockout(state: State, policy: Policy): Finding[] {
  const active = Object.values(state.staff).filter(
    ({ disabledSeq, until }) => disabledSeq === undefined && until === undefined,
  );
  const propose = active.filter(({ role }) => performersOf(policy, 'policy.changed').includes(role));
  const approve = active.filter(({ role }) => approversOf(policy, 'policy.changed').includes(role));
  const two = propose.some((one) => approve.some((other) => other.id !== one.id));
  const message =
    'Under this policy no two people here could change it again. Let another role propose or approve.';
  return two ? [] : [refusal('policy-unusable', message)];
}
