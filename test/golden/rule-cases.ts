/**
 * One golden package for every rule that a record can break, written as a patched gate would write it: the rule is
 * in force, the record stands in the log all the same. The name says the code; `rule` is the source that the
 * verifier has to cite.
 */
import { policyFrom } from '../../shared/domain/policy/facility.ts';
import { OWN_KEY, WITNESSED_NOW } from '../../shared/domain/policy/faults.ts';
import { policyOf } from '../../shared/domain/policy/profiles.ts';
import { POLICY_ACTS, type Policy, type PolicyAct, type Rule } from '../../shared/domain/policy/schema.ts';
import type { SourceId } from '../../shared/domain/policy/source-ids.ts';
import {
  addPeopleAndStock,
  changePolicy,
  cosign,
  count,
  type Draft,
  draw,
  enrol,
  type Ledger,
  type Person,
  person,
  receive,
  shortStory,
  startLedger,
  waste,
} from './builder.ts';
import type { Case } from './integrity-cases.ts';
import { packageOf, zipOf } from './package-files.ts';
import { admission, approve, closure, DRAFTS, elevate, propose } from './rule-drafts.ts';

export type RuleCase = Case & { readonly rule?: SourceId };

const DAY = 24 * 60;
const nameOf = (act: string) => act.replaceAll('.', '-');
const named = (code: string, what: string, seq: number) =>
  `package.conformity.${code}.${nameOf(what)}.seq-${seq}.zip`;

/** The strict profile and one rule more. */
const strictAnd = (rule: Omit<Rule, 'schedules' | 'source'>): Policy =>
  policyFrom({
    ...{ profiles: ['strict'], terms: [], variance: [] },
    rules: [{ ...rule, schedules: [], source: 'facility' }],
  });

type Break = {
  readonly code: string;
  readonly what: string;
  /** Position of the record that breaks the rule. */
  readonly seq: number;
  readonly rule?: SourceId;
  readonly policy?: Policy;
  readonly write: (ledger: Ledger) => Promise<unknown>;
};

/** Seq 0 to 11 are the short story; a change of the policy is 12. */
const broken = ({ code, what, seq, rule, policy, write }: Break): RuleCase => ({
  name: named(code, what, seq),
  ...(rule === undefined ? {} : { rule }),
  make: async () => {
    const ledger = await shortStory();
    if (policy) await ledger.append(changePolicy(ledger, policy));
    await write(ledger);
    return zipOf(await packageOf(ledger));
  },
});

const alone = ({ witness: _, ...draft }: Draft): Draft => draft;

/** Everybody has something that they may not do: an auditor signs for nothing but an export and a check. */
async function unentitled(ledger: Ledger, act: PolicyAct): Promise<Person> {
  const reads = act === 'exported' || act === 'verified';
  const outsider = reads ? await person('Fay Moss', 'witness') : await person('Eve Tan', 'auditor');
  await ledger.append(enrol(ledger.who.ana, outsider, ledger.who.ben));
  return outsider;
}

/** Everybody may see to their own key, and ask for access, where the clinic does not say otherwise. */
const BY_ONESELF: readonly PolicyAct[] = [...OWN_KEY, 'access.elevated', 'access.ended'];

const ROLES: readonly RuleCase[] = POLICY_ACTS.map((act) => {
  const { before, make } = DRAFTS[act];
  if (BY_ONESELF.includes(act)) {
    return broken({
      ...{ code: 'role', what: act, seq: 13 + before.length, rule: 'facility' },
      policy: strictAnd({ acts: [act], perform: ['registrant'] }),
      write: async (ledger) => {
        for (const draft of before) await ledger.append(draft(ledger));
        await ledger.append(make(ledger, ledger.who.cal));
      },
    });
  }
  return broken({
    ...{ code: 'role', what: act, seq: 13 + before.length, rule: 'countersign' },
    write: async (ledger) => {
      const by = await unentitled(ledger, act);
      for (const draft of before) await ledger.append(draft(ledger));
      await ledger.append({ ...make(ledger, by), by });
    },
  });
});

const WITNESSES: readonly RuleCase[] = WITNESSED_NOW.map((act) => {
  const { before, make } = DRAFTS[act];
  const by = (ledger: Ledger) => make(ledger, ledger.who.dee);
  return broken({
    ...{ code: 'witness-missing', what: `${act}.in-the-same-record`, seq: 13 + before.length },
    // Resolving a discrepancy has a witness of its own in the strict profile: both are cited.
    rule: 'facility',
    policy: strictAnd({
      acts: [act],
      witness: { due: 'now', lateHours: 0, by: ['registrant', 'veterinarian', 'lead-technician'] },
    }),
    write: async (ledger) => {
      for (const draft of before) await ledger.append(draft(ledger));
      await ledger.append({ ...alone(by(ledger)), by: ledger.who.dee });
    },
  });
});

/** Cases of acts that a second person has to approve, and that one does alone. */
const unapproved = (what: string, rule: SourceId, before: readonly Step[], make: Step): RuleCase =>
  broken({
    ...{ code: 'approver-missing', what, seq: 12 + before.length, rule },
    write: async (ledger) => {
      for (const step of before) await ledger.append(step(ledger));
      const { approver: _, ...draft } = make(ledger);
      await ledger.append(draft);
    },
  });
type Step = (ledger: Ledger) => Draft;
const made =
  (act: PolicyAct, by: 'ana' | 'cal' | 'dee'): Step =>
  (ledger) => ({ ...DRAFTS[act].make(ledger, ledger.who[by]), by: ledger.who[by] });
const disposal = (ledger: Ledger): Draft => ({
  ...{ type: 'container.closed', by: ledger.who.dee, witness: ledger.who.ben },
  body: { ...closure(ledger), container: ledger.idOf('H-001'), note: 'dropped' },
});

const APPROVALS: readonly RuleCase[] = [
  unapproved('policy', 'countersign', [], made('policy.changed', 'ana')),
  unapproved('enrolment', 'countersign', [], made('staff.enrolled', 'ana')),
  unapproved('role-changed', 'countersign', [], made('staff.changed', 'ana')),
  unapproved('key-of-another', 'countersign', [], made('staff.key-rotated', 'ana')),
  unapproved('elevation', 'countersign', [], elevate),
  unapproved('erasure', 'countersign', [], made('patients.erased', 'ana')),
  unapproved('schedule-ii-received', 'strict', [], (ledger) => receive(ledger, 'hydromorphone', ['H-002'])),
  unapproved('schedule-ii-disposed', 'strict', [], disposal),
  unapproved(
    'adjustment',
    'strict',
    DRAFTS['discrepancy.resolved'].before,
    made('discrepancy.resolved', 'dee'),
  ),
  unapproved('reversal-of-another', 'strict', DRAFTS.reversal.before, made('reversal', 'dee')),
  broken({
    ...{ code: 'approver-missing', what: 'proposal-not-yet-approved', seq: 13 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(carryOut(ledger, 12));
    },
  }),
  broken({
    ...{ code: 'three-people', what: 'two-did-it', seq: 14, rule: 'facility' },
    policy: strictAnd({
      acts: ['reversal'],
      approver: { by: ['registrant', 'veterinarian'], when: [], unlessAlone: false, threePeople: true },
    }),
    write: async (ledger) => {
      const [draw2] = DRAFTS.reversal.before;
      if (draw2) await ledger.append(draw2(ledger));
      await ledger.append(made('reversal', 'cal')(ledger));
    },
  }),
  broken({
    ...{ code: 'unknown-proposal', what: 'carried-out-twice', seq: 15 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(approve(ledger, ledger.who.ben));
      await ledger.append(reject(ledger, 12));
      await ledger.append(carryOut(ledger, 12));
    },
  }),
  broken({
    ...{ code: 'other-act', what: 'more-than-approved', seq: 14 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(approve(ledger, ledger.who.ben));
      const draft = carryOut(ledger, 12);
      await ledger.append({ ...draft, body: { ...draft.body, note: 'and the box' } });
    },
  }),
  broken({
    ...{ code: 'self-witness', what: 'approves-own-proposal', seq: 13 },
    write: async (ledger) => {
      await ledger.append({ ...propose(ledger), by: ledger.who.dee });
      await ledger.append(approve(ledger, ledger.who.dee));
    },
  }),
  broken({
    ...{ code: 'self-witness', what: 'approver-carries-out', seq: 14 },
    write: async (ledger) => {
      await ledger.append(propose(ledger));
      await ledger.append(approve(ledger, ledger.who.dee));
      await ledger.append(carryOut(ledger, 12));
    },
  }),
];

/** As lead technician, what was proposed at that place. */
const carryOut = (ledger: Ledger, seq: number): Draft => ({
  ...{ type: 'container.closed', by: ledger.who.dee, witness: ledger.who.ben },
  body: { ...closure(ledger), proposal: ledger.entries[seq]?.id ?? '' },
});
const reject = (ledger: Ledger, seq: number): Draft => ({
  ...{ type: 'proposal.rejected', by: ledger.who.ben },
  body: { proposal: ledger.entries[seq]?.id ?? '', record: ledger.hash(seq), reason: 'not yet' },
});

const closeByCal = (ledger: Ledger): Draft => ({
  ...{ type: 'container.closed', by: ledger.who.cal, witness: ledger.who.ben, body: closure(ledger) },
});
const later = (draft: Draft, minutes: number): Draft => ({ ...draft, minutes });

const ACCESS: readonly RuleCase[] = [
  broken({
    ...{ code: 'role', what: 'elevation-spent', seq: 14, rule: 'countersign' },
    write: async (ledger) => {
      await ledger.append(elevate(ledger, true));
      await ledger.append(closeByCal(ledger));
      await ledger.append({ ...closing(ledger, 'K-001', '-8.5'), by: ledger.who.cal });
    },
  }),
  broken({
    ...{ code: 'role', what: 'elevation-over', seq: 13, rule: 'countersign' },
    write: async (ledger) => {
      await ledger.append(elevate(ledger));
      await ledger.append(later(closeByCal(ledger), 5 * 60));
    },
  }),
  broken({
    ...{ code: 'role', what: 'elevation-ended', seq: 14, rule: 'countersign' },
    write: async (ledger) => {
      await ledger.append(elevate(ledger));
      await ledger.append(made('access.ended', 'cal')(ledger));
      await ledger.append(closeByCal(ledger));
    },
  }),
  broken({
    ...{ code: 'role', what: 'approves-by-elevation', seq: 14 },
    write: async (ledger) => {
      await ledger.append(elevate(ledger));
      await ledger.append({ ...propose(ledger), by: ledger.who.dee });
      await ledger.append(approve(ledger, ledger.who.cal));
    },
  }),
  broken({
    ...{ code: 'role', what: 'asks-for-another', seq: 12 },
    write: (ledger) => ledger.append({ ...elevate(ledger), by: ledger.who.dee }),
  }),
  broken({
    ...{ code: 'role', what: 'own-role', seq: 13 },
    write: async (ledger) => {
      const officer = await person('Ivo Brand', 'compliance-officer');
      await ledger.append(enrol(ledger.who.ana, officer, ledger.who.ben));
      const staff = { id: officer.id, role: 'registrant' };
      const body = { staff, reason: 'the other one is away' };
      await ledger.append({ type: 'staff.changed', by: officer, approver: ledger.who.ben, body });
    },
  }),
  broken({
    ...{ code: 'access-end', what: 'longer-than-a-day', seq: 12 },
    write: (ledger) => {
      const body = { ...admission(ledger), until: '2026-09-03T08:00:00.000Z' };
      return ledger.append({ type: 'staff.admitted', by: ledger.who.dee, body });
    },
  }),
  broken({
    ...{ code: 'admission-over', what: 'witnesses-the-next-day', seq: 13 },
    write: async (ledger) => {
      const relief = await person('Jo Ash', 'witness');
      const body = admission(ledger, relief);
      await ledger.append({ type: 'staff.admitted', by: ledger.who.dee, body });
      await ledger.append(later({ ...waste(ledger, 'K-002', '0.5'), witness: relief }, DAY));
    },
  }),
  broken({
    ...{ code: 'last-registrant', what: 'disabled', seq: 13 },
    write: async (ledger) => {
      const officer = await person('Ivo Brand', 'compliance-officer');
      await ledger.append(enrol(ledger.who.ana, officer, ledger.who.ben));
      const body = { staff: { id: ledger.who.ana.id }, reason: 'retired' };
      await ledger.append({ type: 'staff.disabled', by: officer, body });
    },
  }),
  broken({
    ...{ code: 'retention', what: 'erased-too-early', seq: 12, rule: 'strict' },
    write: (ledger) => {
      const draft = made('patients.erased', 'ana')(ledger);
      return ledger.append({ ...draft, body: { ...draft.body, before: '2024-08-01T00:00:00.000Z' } });
    },
  }),
  broken({
    ...{ code: 'factor-missing', what: 'waste', seq: 13, rule: 'facility' },
    policy: strictAnd({ acts: ['waste'], needs: ['second-factor'] }),
    write: (ledger) => ledger.append(waste(ledger, 'K-002', '0.5')),
  }),
  broken({
    ...{ code: 'witness-late', what: 'half-an-hour-apart', seq: 13, rule: 'facility' },
    policy: strictAnd({
      acts: ['waste'],
      witness: { due: 'now', lateHours: 0, by: ['registrant', 'veterinarian'] },
    }),
    write: (ledger) => ledger.append({ ...waste(ledger, 'K-002', '0.5'), apart: 30 }),
  }),
];

const reasonless = (act: 'draw' | 'container.closed' | 'discrepancy.opened'): RuleCase => {
  const { before, make } = DRAFTS[act];
  return broken({
    ...{ code: 'reason-missing', what: act, seq: 13 + before.length, rule: 'facility' },
    policy: strictAnd({ acts: [act], needs: ['reason'] }),
    write: async (ledger) => {
      for (const draft of before) await ledger.append(draft(ledger));
      await ledger.append(make(ledger, ledger.who.dee));
    },
  });
};

const closing = (ledger: Ledger, number: string, adjustment: string): Draft => ({
  ...{ type: 'container.closed', by: ledger.who.dee, witness: ledger.who.ben },
  body: { container: ledger.idOf(number), reason: 'hub-loss', adjustment, unit: 'mL' },
});

const OTHERS: readonly RuleCase[] = [
  broken({
    ...{ code: 'witness-role', what: 'technician', seq: 13, rule: 'facility' },
    policy: strictAnd({ acts: ['waste'], witness: { due: 'now', lateHours: 0, by: ['veterinarian'] } }),
    write: (ledger) => ledger.append({ ...waste(ledger, 'K-002', '0.5'), witness: ledger.who.dee }),
  }),
  broken({
    ...{ code: 'witness-role', what: 'later', seq: 14, rule: 'facility' },
    policy: strictAnd({ acts: ['draw'], witness: { due: 'late', lateHours: 24, by: ['veterinarian'] } }),
    write: async (ledger) => {
      await ledger.append(draw(ledger, 'K-002', '0.5', '0.5', '0'));
      await ledger.append(cosign(ledger, 13, ledger.who.dee));
    },
  }),
  broken({
    ...{ code: 'role', what: 'approver', seq: 12, rule: 'countersign' },
    write: (ledger) => ledger.append({ ...changePolicy(ledger, policyOf([])), approver: ledger.who.cal }),
  }),
  broken({
    ...{ code: 'policy-unusable', what: 'auditor-draws', seq: 12 },
    write: (ledger) =>
      ledger.append(changePolicy(ledger, strictAnd({ acts: ['draw'], perform: ['auditor', 'technician'] }))),
  }),
  broken({
    ...{ code: 'policy-unusable', what: 'nobody-left', seq: 12 },
    write: (ledger) =>
      ledger.append(
        changePolicy(ledger, strictAnd({ acts: ['policy.changed'], perform: ['compliance-officer'] })),
      ),
  }),
  reasonless('draw'),
  reasonless('container.closed'),
  reasonless('discrepancy.opened'),
  broken({
    ...{ code: 'count-missing', what: 'closed-uncounted', seq: 14, rule: 'facility' },
    policy: strictAnd({ acts: ['container.closed'], needs: ['count'] }),
    write: async (ledger) => {
      await ledger.append(draw(ledger, 'K-002', '1', '1', '0'));
      await ledger.append(closing(ledger, 'K-002', '-9'));
    },
  }),
  broken({
    ...{ code: 'estimate', what: 'schedule-ii', seq: 13, rule: 'cfr-1304.11e' },
    policy: policyOf([]),
    write: (ledger) => {
      const lines = ['K-002', 'H-001'].map((number) => ({
        ...{ container: ledger.idOf(number), counted: '10', unit: 'mL', method: 'estimated' },
      }));
      const body = { session: ledger.idOf('guess'), kind: 'spot', lines };
      return ledger.append({ type: 'count', by: ledger.who.dee, body });
    },
  }),
  broken({
    ...{ code: 'on-hold', what: 'drawn-from', seq: 14, rule: 'strict' },
    write: async (ledger) => {
      for (const draft of DRAFTS['discrepancy.noted'].before) await ledger.append(draft(ledger));
      await ledger.append(draw(ledger, 'K-002', '0.5', '0.5', '0'));
    },
  }),
  broken({
    ...{ code: 'variance', what: 'without-a-word', seq: 13, rule: 'strict' },
    write: async (ledger) => {
      await ledger.append(draw(ledger, 'H-001', '9.9', '9.9', '0'));
      await ledger.append({ ...closing(ledger, 'H-001', '-0.1'), approver: ledger.who.ana });
    },
  }),
];

const overdue = (what: string, policy: Policy, days: number, rule: SourceId): RuleCase => ({
  ...{ name: named('count-overdue', what, 8), rule },
  make: async () => {
    const ledger = await startLedger({ policy });
    await addPeopleAndStock(ledger);
    const found = { 'K-001': '10', 'K-002': '10', 'H-001': '10' };
    await ledger.append({ ...count(ledger, found), minutes: days * DAY });
    return zipOf(await packageOf(ledger));
  },
});

const INTERVALS: readonly RuleCase[] = [
  overdue('inventory', policyOf([]), 732, 'cfr-1304.11c'),
  overdue('reconciliation', policyOf(['ca-pharmacy']), 93, 'ca-1715.65'),
];

export const RULE_CASES: readonly RuleCase[] = [
  ...ROLES,
  ...WITNESSES,
  ...APPROVALS,
  ...ACCESS,
  ...OTHERS,
  ...INTERVALS,
];
