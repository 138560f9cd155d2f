/** One package for each rule of each state, and the federal term, that a record can break: made from the table itself, so that none is left out. */
import { PROFILES, policyOf } from '../../shared/domain/policy/profiles.ts';
import { PROFILE_IDS, type ProfileId, type Rule, type TermRule } from '../../shared/domain/policy/schema.ts';
import { STATE_PROFILES } from '../../shared/domain/policy/states.ts';
import { addPeopleAndStock, changePolicy, count, type Draft, draw, startLedger, waste } from './builder.ts';
import { packageOf, zipOf } from './package-files.ts';
import { broken, DAY, named, type RuleCase } from './rule-break.ts';
import { DRAFTS } from './rule-drafts.ts';

const INTERVALS = ['inventoryEveryDays', 'reconcileEveryDays', 'countEveryDays'];

const states = PROFILE_IDS.filter(
  (id): id is Exclude<ProfileId, 'federal-minimum' | 'strict'> => id !== 'federal-minimum' && id !== 'strict',
);

const overdue = (id: ProfileId, { term, value, schedules, source }: TermRule): RuleCase => ({
  ...{ name: named('count-overdue', [id, term, ...schedules].join('-'), 9), rule: source },
  make: async () => {
    const ledger = await startLedger();
    await addPeopleAndStock(ledger);
    await ledger.append(changePolicy(ledger, policyOf([id])));
    const found = { 'K-001': '10', 'K-002': '10', 'H-001': '10' };
    await ledger.append({ ...count(ledger, found), by: ledger.who.ana, minutes: (value + 1) * DAY });
    return zipOf(await packageOf(ledger));
  },
});

/** Erased a day before the term is over. */
const tooEarly = (id: ProfileId, { value, source }: TermRule): RuleCase =>
  broken({
    ...{ code: 'retention', what: `${id}-${value}-years`, seq: 13, rule: source, policy: policyOf([id]) },
    write: async (ledger) => {
      const draft = DRAFTS['patients.erased'].make(ledger, ledger.who.ana);
      const before = new Date(Date.parse(ledger.now) - (value * 365 - 2) * DAY * 60_000).toISOString();
      await ledger.append({ ...draft, body: { ...draft.body, before } });
    },
  });

function ofRule(id: ProfileId, { acts, witness, needs = [], perform, source }: Rule): RuleCase[] {
  const breaking = (code: string, what: string, draft: (ledger: Parameters<typeof draw>[0]) => Draft) =>
    broken({
      ...{ code, what: `${id}-${what}`, seq: 13, rule: source, policy: policyOf([id]) },
      write: (ledger) => ledger.append(draft(ledger)),
    });
  return [
    ...(witness && acts.includes('waste')
      ? [
          breaking('witness-missing', 'waste', (ledger) => {
            const { witness: _, ...alone } = waste(ledger, 'K-002', '0.5');
            return alone;
          }),
        ]
      : []),
    ...(needs.includes('exact-count')
      ? [
          breaking('estimate', 'count', (ledger) => {
            const draft = count(ledger, {});
            const line = { container: ledger.idOf('K-002'), counted: '10', unit: 'mL', method: 'estimated' };
            return { ...draft, body: { ...draft.body, lines: [line] } };
          }),
        ]
      : []),
    ...(perform ? [breaking('role', 'draw', (ledger) => draw(ledger, 'H-001', '0.5', '0.5', '0'))] : []),
  ];
}

const federal = PROFILES['federal-minimum'].policy.terms.filter(({ term }) => term === 'retentionYears');

export const STATES: readonly RuleCase[] = [
  ...federal.map((term) => tooEarly('federal-minimum', term)),
  ...states.flatMap(ofState),
];

function ofState(id: (typeof states)[number]): RuleCase[] {
  const { terms, rules } = STATE_PROFILES[id].policy;
  return [
    ...terms.filter(({ term }) => INTERVALS.includes(term)).map((term) => overdue(id, term)),
    ...terms.filter(({ term }) => term === 'retentionYears').map((term) => tooEarly(id, term)),
    ...rules.flatMap((rule) => ofRule(id, rule)),
  ];
}
