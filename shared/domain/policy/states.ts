import type { Role } from '../roles.ts';
import type { Schedule } from '../schema.ts';
import { WITNESSES } from './base.ts';
import { type Policy, type ProfileId, type Rule, SCHEDULES, type TermRule } from './schema.ts';
import type { SourceId } from './source-ids.ts';

export type Profile = {
  readonly label: string;
  /** What it does not hold, or holds more widely than its source, in a sentence or two. */
  readonly notes?: string;
  readonly policy: Policy;
};

/** Days of two years, of a year and of a quarter of one, each at its longest. */
export const BIENNIAL_DAYS = 731;
const ANNUAL_DAYS = 366;
const QUARTER_DAYS = 92;
const MONTH_DAYS = 31;

/** Those of whom the role itself says that they hold a licence. */
const LICENSED: Role[] = ['registrant', 'veterinarian', 'pharmacist'];

const keep = (value: number, source: SourceId): TermRule => ({
  ...{ term: 'retentionYears', value, schedules: [], source },
});
const inventory = (value: number, source: SourceId): TermRule => ({
  ...{ term: 'inventoryEveryDays', value, schedules: [], source },
});
const reconcile = (value: number, schedules: Schedule[], source: SourceId): TermRule => ({
  ...{ term: 'reconcileEveryDays', value, schedules, source },
});
const witnessed = (acts: Rule['acts'], by: readonly Role[], source: SourceId): Rule => ({
  ...{ acts, schedules: [...SCHEDULES], source },
  witness: { due: 'now', lateHours: 0, by: [...by] },
});

type StateId = Exclude<ProfileId, 'federal-minimum' | 'strict'>;
type Parts = { notes?: string; terms?: TermRule[]; rules?: Rule[] };

function state(id: StateId, label: string, { notes, terms = [], rules = [] }: Parts): Profile {
  const policy: Policy = { profiles: [id], rules, terms, variance: [] };
  return { label, policy, ...(notes === undefined ? {} : { notes }) };
}

/** Only what a source was found for. That a state has no rule here does not say that it has none. */
export const STATE_PROFILES: Readonly<Record<StateId, Profile>> = {
  ca: state('ca', 'California, veterinary', {
    notes: 'The three years run from the last visit; the software counts them from the record.',
    terms: [keep(3, 'ca-vmb')],
  }),
  'ca-pharmacy': state('ca-pharmacy', 'California, pharmacies and licensed clinics', {
    notes:
      'Only for pharmacies and licensed clinics. The yearly reconciliation of single drugs of other schedules is not held: the policy knows schedules, not drugs.',
    terms: [
      reconcile(QUARTER_DAYS, ['II'], 'ca-1715.65'),
      reconcile(BIENNIAL_DAYS, ['III', 'IV', 'V'], 'ca-1715.65'),
    ],
  }),
  tx: state('tx', 'Texas', {
    notes: 'The veterinary board’s longer retention is not held: we did not find its text.',
    terms: [keep(2, 'tx-481.067')],
  }),
  fl: state('fl', 'Florida', { terms: [inventory(BIENNIAL_DAYS, 'fl-893.07')] }),
  'fl-shelter': state('fl-shelter', 'Florida, animal shelters', {
    notes: 'Only for animal shelters.',
    terms: [keep(4, 'fl-64b16-29')],
  }),
  ny: state('ny', 'New York', { terms: [keep(5, 'ny-80.112'), inventory(BIENNIAL_DAYS, 'ny-80.112')] }),
  oh: state('oh', 'Ohio', {
    notes:
      'Veterinary clinics in Ohio also need positive identification, which a PIN alone is not (OAC 4729:5-20-01): the software does not hold that rule.',
    terms: [keep(3, 'oh-4729-5-3-07'), inventory(395, 'oh-4729-5-3-07')],
  }),
  va: state('va', 'Virginia', {
    notes:
      'The source names dispensed feline buprenorphine and canine butorphanol. The policy knows schedules, not drugs: it is held for all of Schedules III and IV.',
    terms: [reconcile(MONTH_DAYS, ['III', 'IV'], 'va-7666')],
  }),
  mi: state('mi', 'Michigan', {
    notes: 'That the inventory falls between 1 April and 30 June is not held, only that there is one a year.',
    terms: [keep(2, 'mi-333.7321'), inventory(ANNUAL_DAYS, 'mi-333.7321')],
  }),
  or: state('or', 'Oregon', {
    terms: [keep(3, 'or-855-080-0070'), inventory(367, 'or-855-080-0070')],
  }),
  ia: state('ia', 'Iowa', {
    terms: [keep(2, 'ia-481-553.5'), inventory(372, 'ia-481-553.5')],
    rules: [{ acts: ['count'], schedules: [...SCHEDULES], needs: ['exact-count'], source: 'ia-481-553.5' }],
  }),
  sc: state('sc', 'South Carolina', {
    notes: 'That the inventory is on 1 May is not held, only that there is one a year.',
    terms: [keep(2, 'sc-61-4'), inventory(ANNUAL_DAYS, 'sc-61-4')],
  }),
  nc: state('nc', 'North Carolina', {
    notes: 'The witness of a destruction is not held: destruction has no entry of its own yet.',
    terms: [keep(2, 'nc-26e-0407')],
  }),
  'nv-hospital': state('nv-hospital', 'Nevada, hospital pharmacies', {
    notes:
      'Only for hospital pharmacies. Licensed are taken to be the registrant, veterinarians and pharmacists.',
    rules: [witnessed(['waste'], LICENSED, 'nv-639.485')],
  }),
  wi: state('wi', 'Wisconsin', { terms: [keep(5, 'wi-8.02'), inventory(BIENNIAL_DAYS, 'wi-8.02')] }),
  wa: state('wa', 'Washington', {
    terms: [keep(2, 'wa-self-inspection'), inventory(BIENNIAL_DAYS, 'wa-self-inspection')],
  }),
  'wa-shelter': state('wa-shelter', 'Washington, animal shelters', {
    notes: 'Only for animal shelters. The rule about the witness is an older one.',
    terms: [inventory(ANNUAL_DAYS, 'wa-246-945-510')],
    rules: [witnessed(['waste'], WITNESSES, 'wa-246-886-080')],
  }),
  dc: state('dc', 'District of Columbia', {
    notes: 'The registrant is taken to be a veterinarian.',
    terms: [keep(3, 'dc-2814'), inventory(BIENNIAL_DAYS, 'dc-2814')],
    rules: [
      {
        acts: [
          'draw',
          'waste',
          'return',
          'count',
          'container.received',
          'container.opened',
          'container.closed',
        ],
        ...{ schedules: ['II'], perform: ['registrant', 'veterinarian'], source: 'dc-2814' },
      },
    ],
  }),
  mo: state('mo', 'Missouri', { terms: [inventory(ANNUAL_DAYS, 'mo-annual')] }),
  'la-shelter': state('la-shelter', 'Louisiana, animal shelters', {
    notes: 'Only for animal shelters.',
    terms: [inventory(QUARTER_DAYS, 'la-1223')],
    rules: [witnessed(['waste', 'discrepancy.resolved'], WITNESSES, 'la-1223')],
  }),
};
