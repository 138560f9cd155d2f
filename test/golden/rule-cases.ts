import { OWN_KEY, WITNESSED_NOW } from '../../shared/domain/policy/faults.ts';
import { policyOf } from '../../shared/domain/policy/profiles.ts';
import { POLICY_ACTS, type Policy, type PolicyAct } from '../../shared/domain/policy/schema.ts';
import type { SourceId } from '../../shared/domain/policy/source-ids.ts';
import { ACCESS } from './access-cases.ts';
import { APPROVALS } from './approval-cases.ts';
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
  startLedger,
  waste,
} from './builder.ts';
import { packageOf, zipOf } from './package-files.ts';
import { broken, closing, DAY, made, named, type RuleCase, strictAnd, wordless } from './rule-break.ts';
import { DRAFTS, type Recipe } from './rule-drafts.ts';
import { STATES } from './state-cases.ts';

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
      policy: strictAnd({ acts: [act], perform: ['pharmacist'] }),
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

/** What is left of it is within the band, so that a reason is all that is missing. */
const nearlyEmpty: Recipe = {
  before: [(ledger) => draw(ledger, 'K-002', '9.9', '9.9', '0')],
  make: (ledger) => wordless(closing(ledger, 'K-002', '-0.1')),
};
const reasonless = (act: 'draw' | 'container.closed' | 'discrepancy.opened'): RuleCase => {
  const { before, make } = act === 'container.closed' ? nearlyEmpty : DRAFTS[act];
  return broken({
    ...{ code: 'reason-missing', what: act, seq: 13 + before.length, rule: 'facility' },
    policy: strictAnd({ acts: [act], needs: ['reason'] }),
    write: async (ledger) => {
      for (const draft of before) await ledger.append(draft(ledger));
      await ledger.append(make(ledger, ledger.who.dee));
    },
  });
};

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
    ...{ code: 'variance', what: 'schedule-iii-without-a-word', seq: 13, rule: 'strict' },
    write: async (ledger) => {
      await ledger.append(draw(ledger, 'K-002', '9.4', '9.4', '0'));
      await ledger.append(wordless(closing(ledger, 'K-002', '-0.6')));
    },
  }),
  broken({
    ...{ code: 'on-hold', what: 'wasted', seq: 14, rule: 'strict' },
    write: async (ledger) => {
      for (const draft of DRAFTS['discrepancy.noted'].before) await ledger.append(draft(ledger));
      await ledger.append(waste(ledger, 'K-002', '0.5'));
    },
  }),
  broken({
    ...{ code: 'on-hold', what: 'closed-away', seq: 14, rule: 'strict' },
    write: async (ledger) => {
      for (const draft of DRAFTS['discrepancy.noted'].before) await ledger.append(draft(ledger));
      await ledger.append(made('container.closed', 'dee')(ledger));
    },
  }),
  broken({
    ...{ code: 'variance', what: 'without-a-word', seq: 13, rule: 'strict' },
    write: async (ledger) => {
      await ledger.append(draw(ledger, 'H-001', '9.9', '9.9', '0'));
      await ledger.append(wordless(closing(ledger, 'H-001', '-0.1')));
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
  ...STATES,
];
