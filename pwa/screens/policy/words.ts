import { WITNESSES } from '../../../shared/domain/policy/base.ts';
import { type EffectiveRule, ruleFor, termOf } from '../../../shared/domain/policy/combine.ts';
import {
  type ApprovalCase,
  type ApproverRule,
  type Need,
  POLICY_ACTS,
  type Policy,
  type PolicyAct,
  SCHEDULES,
  TERMS,
  type Term,
} from '../../../shared/domain/policy/schema.ts';
import type { SourceId } from '../../../shared/domain/policy/source-ids.ts';
import { ROLE_NAMES, type Role } from '../../../shared/domain/roles.ts';
import type { Schedule } from '../../../shared/domain/schema.ts';

/** The policy in the words of a clinic. Every sentence goes with the sources that make it hold. */

export type Sentence = { readonly text: string; readonly sources: readonly SourceId[] };
/** What holds for some schedules alike; no schedules for acts that are about no drug. */
export type Group = { readonly schedules: readonly Schedule[]; readonly sentences: readonly Sentence[] };
export type ActRow = { readonly act: PolicyAct; readonly name: string; readonly groups: readonly Group[] };

export const ACT_NAMES: Readonly<Record<PolicyAct, string>> = {
  draw: 'Draw or give',
  waste: 'Waste',
  return: 'Return to the container',
  cosign: 'Witness later',
  reversal: 'Reverse an entry',
  count: 'Count',
  'discrepancy.opened': 'Open a discrepancy',
  'discrepancy.noted': 'Note on a discrepancy',
  'discrepancy.resolved': 'Resolve a discrepancy',
  'container.received': 'Receive',
  'container.opened': 'Open a container',
  'container.closed': 'Close a container',
  'product.added': 'Add a product',
  'staff.enrolled': 'Enrol a person',
  'staff.admitted': 'Admit a witness for a day',
  'staff.changed': 'Change a person’s role or particulars',
  'staff.key-rotated': 'Change a key',
  'staff.key-added': 'Add the key of a phone',
  'staff.key-removed': 'Remove the key of a phone',
  'staff.pin-changed': 'Change one’s PIN',
  'staff.factor-added': 'Add a security key',
  'staff.factor-removed': 'Remove a security key',
  'staff.disabled': 'Disable a person',
  'access.elevated': 'Be given more access for a while',
  'access.ended': 'End such access',
  'proposal.made': 'Propose',
  'proposal.approved': 'Approve a proposal',
  'proposal.rejected': 'Reject a proposal',
  'vault.rotated': 'Change the vault’s key',
  'patients.erased': 'Erase patient names',
  'policy.changed': 'Change the policy',
  exported: 'Export',
  verified: 'Record a check',
};

/** Acts that are about people or the ledger: a schedule says nothing of them. */
const WITHOUT_DRUG = ['cosign', 'exported', 'verified'];
const KINDS_WITHOUT_DRUG = ['staff.', 'access.', 'proposal.', 'policy.', 'vault.', 'patients.'];
export const isAboutDrugs = (act: PolicyAct): boolean =>
  !WITHOUT_DRUG.includes(act) && !KINDS_WITHOUT_DRUG.some((kind) => act.startsWith(kind));
export const schedulesFor = (act: PolicyAct): readonly (Schedule | undefined)[] =>
  isAboutDrugs(act) ? SCHEDULES : [undefined];

const NEED_WORDS: Readonly<Record<Need, string>> = {
  reason: 'A reason is written down',
  count: 'It is counted after its last use',
  'exact-count': 'Measured, weighed or counted: no estimates',
  'second-factor': 'Everybody who signs also uses a passkey or security key',
};

const CASE_WORDS: Readonly<Record<ApprovalCase, string>> = {
  adjusts: 'where the book is changed',
  'beyond-band': 'where the book changes beyond the variance band',
  disposes: 'where what is left is disposed of',
  'of-another': 'where it is about what somebody else did or signed',
};

export const rolesText = (roles: readonly Role[]): string =>
  roles.length === 0 ? 'nobody' : roles.map((role) => ROLE_NAMES[role].toLowerCase()).join(', ');

/** What a rule asks for, a sentence an aspect. */
export function sentencesOf(act: PolicyAct, rule: EffectiveRule): Sentence[] {
  const { perform, witness, approver, needs, hold, notify } = rule;
  const of = (text: string, sources: readonly SourceId[] = []): Sentence => ({ text, sources });
  return [
    ...(perform ? [of(`Done by: ${rolesText(perform.value)}`, perform.sources)] : []),
    ...(witness ? [of(witnessText(witness.value), witness.sources)] : []),
    ...(!witness && act === 'waste' ? [of('No witness is asked for', ['cfr-1304.21e'])] : []),
    ...(approver ? [of(approverText(approver.value), approver.sources)] : []),
    ...needs.map(({ need, sources }) => of(NEED_WORDS[need], sources)),
    ...(hold ? [of('The container is set aside until it is resolved', hold.sources)] : []),
    ...(notify ? [of(`To be told: ${rolesText(notify.value)}`, notify.sources)] : []),
  ];
}

function approverText({ by, when, unlessAlone, threePeople }: ApproverRule): string {
  const cases = when.map((one) => CASE_WORDS[one]).join(', or ');
  return [
    `A second person approves: ${rolesText(by)}`,
    ...(cases === '' ? [] : [cases]),
    ...(unlessAlone ? ['if there is one'] : []),
    ...(threePeople ? ['a third carries it out'] : []),
  ].join('; ');
}

function witnessText({
  due,
  lateHours,
  by,
}: {
  due: 'now' | 'late';
  lateHours: number;
  by: readonly Role[];
}) {
  const who = WITNESSES.every((role) => by.includes(role)) ? '' : ` (${rolesText(by)})`;
  return due === 'now'
    ? `A witness signs in the same record${who}`
    : `A witness signs, at the latest ${plural(lateHours, 'hour')} after the record${who}`;
}

/** The table: every act, and for the schedules that are treated alike what is asked of it. */
export function actRows(policy: Policy): ActRow[] {
  return POLICY_ACTS.map((act) => {
    const groups = new Map<string, { schedules: Schedule[]; sentences: Sentence[] }>();
    for (const schedule of schedulesFor(act)) {
      const sentences = sentencesOf(act, ruleFor(policy, act, schedule));
      const key = JSON.stringify(sentences);
      const group = groups.get(key) ?? { schedules: [], sentences };
      if (schedule) group.schedules.push(schedule);
      groups.set(key, group);
    }
    return { act, name: ACT_NAMES[act], groups: [...groups.values()] };
  });
}

export const TERM_NAMES: Readonly<Record<Term, string>> = {
  retentionYears: 'Records are kept',
  countEveryDays: 'Everything is counted',
  inventoryEveryDays: 'An inventory is taken',
  reconcileEveryDays: 'The book is reconciled by a count',
  trainingEveryDays: 'Everybody is trained',
  idleSeconds: 'A PIN is asked for again',
  exportEveryEntries: 'A package outside the browser is asked for',
};

export function termText(term: Term, value: number): string {
  switch (term) {
    case 'retentionYears':
      return plural(value, 'year');
    case 'idleSeconds':
      return `after ${value % 60 === 0 ? plural(value / 60, 'minute') : plural(value, 'second')} without an act`;
    case 'exportEveryEntries':
      return `after ${value} new entries`;
    default:
      return value === 1 ? 'every day' : `every ${value} days`;
  }
}

export type TermRow = { readonly term: Term; readonly name: string; readonly groups: readonly Group[] };

/** Intervals and durations, by the schedules that share them. Terms that no rule has are left out. */
export function termRows(policy: Policy): TermRow[] {
  return TERMS.flatMap((term) => {
    const groups = new Map<string, { schedules: Schedule[]; sentences: Sentence[] }>();
    for (const schedule of SCHEDULES) {
      const found = termOf(policy, term, schedule);
      if (!found) continue;
      const sentences = [{ text: termText(term, found.value), sources: found.sources }];
      const group = groups.get(JSON.stringify(sentences)) ?? { schedules: [], sentences };
      group.schedules.push(schedule);
      groups.set(JSON.stringify(sentences), group);
    }
    return groups.size === 0 ? [] : [{ term, name: TERM_NAMES[term], groups: [...groups.values()] }];
  });
}

/** By how much the book may change when a container is closed, before a note is due. */
export function bandSentences(policy: Policy): Group[] {
  return policy.variance.map(({ schedules, forms, percent, source }) => ({
    schedules: schedules.length === 0 ? SCHEDULES : schedules,
    sentences: [
      {
        text: `${percent} %${forms.length === 0 ? '' : ` (${forms.join(', ')})`} of what a container held`,
        sources: [source],
      },
    ],
  }));
}

/** `Schedules II, III`, or nothing where all of them are treated alike. */
export function schedulesText(schedules: readonly Schedule[]): string {
  if (schedules.length === 0 || schedules.length === SCHEDULES.length) return '';
  return `Schedule ${schedules.join(', ')}`;
}

export type Change = { readonly kind: 'added' | 'removed'; readonly where: string; readonly text: string };

/** What another policy would change, in the words of the table. */
export function changesBetween(before: Policy, after: Policy): Change[] {
  const [was, is] = [linesOf(before), linesOf(after)];
  const only = (kind: Change['kind'], from: readonly Line[], other: readonly Line[]): Change[] => {
    const known = new Set(other.map(keyOf));
    const groups = new Map<string, { line: Line; schedules: Schedule[] }>();
    for (const line of from.filter((one) => !known.has(keyOf(one)))) {
      const key = `${line.where}\n${line.text}`;
      const group = groups.get(key) ?? { line, schedules: [] };
      if (line.schedule) group.schedules.push(line.schedule);
      groups.set(key, group);
    }
    return [...groups.values()].map(({ line, schedules }) => {
      const about = schedulesText(schedules);
      return { kind, where: about === '' ? line.where : `${line.where}, ${about}`, text: line.text };
    });
  };
  return [...only('removed', was, is), ...only('added', is, was)];
}

type Line = { readonly where: string; readonly schedule: Schedule | undefined; readonly text: string };
const keyOf = ({ where, schedule, text }: Line) => `${where}\n${schedule ?? ''}\n${text}`;

function linesOf(policy: Policy): Line[] {
  const acts = POLICY_ACTS.flatMap((act) =>
    schedulesFor(act).flatMap((schedule) =>
      sentencesOf(act, ruleFor(policy, act, schedule)).map(({ text }) => ({
        ...{ where: ACT_NAMES[act], schedule, text },
      })),
    ),
  );
  const spread = (where: string, groups: readonly Group[]): Line[] =>
    groups.flatMap(({ schedules, sentences }) =>
      schedules.flatMap((schedule) => sentences.map(({ text }) => ({ where, schedule, text }))),
    );
  return [
    ...acts,
    ...termRows(policy).flatMap(({ name, groups }) => spread(name, groups)),
    ...spread('Variance without a note', bandSentences(policy)),
  ];
}

const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? '' : 's'}`;
