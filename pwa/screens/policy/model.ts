import { APPROVERS, WITNESSES } from '../../../shared/domain/policy/base.ts';
import type { FacilityCopy } from '../../../shared/domain/policy/facility.ts';
import {
  APPROVED,
  COUNTED_BEFORE,
  FACTORED,
  HOLDING,
  PROPOSABLE,
  REASONED,
  WITNESSED_LATE,
  WITNESSED_NOW,
} from '../../../shared/domain/policy/faults.ts';
import {
  type PolicyAct,
  type Rule,
  SCHEDULES,
  TERMS,
  type Term,
} from '../../../shared/domain/policy/schema.ts';
import { isQuantity } from '../../../shared/domain/quantity.ts';
import type { Role } from '../../../shared/domain/roles.ts';
import type { Schedule } from '../../../shared/domain/schema.ts';
import { isAboutDrugs } from './words.ts';

/** What a clinic's own rule may ask for, as choices of a form. */
export const ASKS = [
  'witness-now',
  'witness-late',
  'reason',
  'count',
  'exact-count',
  'second-factor',
  'approver',
  'three-people',
  'hold',
  'notify',
  'perform',
] as const;
export type Ask = (typeof ASKS)[number];

const ASK_NAMES: Readonly<Record<Ask, string>> = {
  'witness-now': 'A witness in the same record',
  'witness-late': 'A witness, who may sign later',
  reason: 'A reason, written down',
  count: 'A count after the last use',
  'exact-count': 'No estimates',
  'second-factor': 'A passkey or security key with every signature',
  approver: 'A second person approves',
  'three-people': 'One proposes, one approves, a third carries it out',
  hold: 'Set the container aside',
  notify: 'Tell somebody',
  perform: 'Only these roles may do it',
};

const ASKED_AT: Readonly<Record<Exclude<Ask, 'perform'>, readonly PolicyAct[]>> = {
  'witness-now': WITNESSED_NOW,
  'witness-late': WITNESSED_LATE,
  reason: REASONED,
  count: COUNTED_BEFORE,
  'exact-count': ['count'],
  'second-factor': FACTORED,
  approver: APPROVED,
  'three-people': PROPOSABLE,
  hold: HOLDING,
  notify: HOLDING,
};

/** What can be asked for at an act, as options of a field. */
export const asksFor = (act: PolicyAct): { value: Ask; label: string }[] =>
  ASKS.filter((ask) => ask === 'perform' || ASKED_AT[ask].includes(act)).map((value) => ({
    ...{ value, label: ASK_NAMES[value] },
  }));

export type RuleForm = {
  readonly act: PolicyAct;
  readonly schedules: readonly Schedule[];
  readonly ask: Ask;
  readonly hours: string;
  readonly roles: readonly Role[];
};
export const NEW_RULE: RuleForm = {
  act: 'waste',
  schedules: SCHEDULES,
  ask: 'witness-now',
  hours: '24',
  roles: [],
};

export type RuleErrors = { schedules?: string; hours?: string; roles?: string };
export type ReadRule = { ok: true; rule: Rule } | { ok: false; errors: RuleErrors };

/** The rule that a form says, or what is missing, a sentence a field. */
export function readRule({ act, schedules, ask, hours, roles }: RuleForm): ReadRule {
  const typed = readWhole(hours, 1, 8784);
  const errors: RuleErrors = {
    ...(isAboutDrugs(act) && schedules.length === 0 ? { schedules: 'Choose at least one schedule.' } : {}),
    ...(ask === 'witness-late' && typed === null ? { hours: 'Type whole hours, from 1 to 8784.' } : {}),
    ...((ask === 'perform' || ask === 'notify') && roles.length === 0
      ? { roles: 'Choose at least one role.' }
      : {}),
  };
  if (Object.keys(errors).length > 0) return { ok: false, errors };
  const all = schedules.length === SCHEDULES.length || !isAboutDrugs(act);
  const about = { acts: [act], schedules: all ? [] : [...schedules], source: 'facility' as const };
  return { ok: true, rule: { ...about, ...askedFor(ask, typed ?? 0, [...roles]) } };
}

function askedFor(ask: Ask, lateHours: number, roles: Role[]): Partial<Rule> {
  switch (ask) {
    case 'witness-now':
      return { witness: { due: 'now', lateHours: 0, by: [...WITNESSES] } };
    case 'witness-late':
      return { witness: { due: 'late', lateHours, by: [...WITNESSES] } };
    case 'approver':
    case 'three-people':
      return {
        approver: { by: [...APPROVERS], when: [], unlessAlone: false, threePeople: ask === 'three-people' },
      };
    case 'hold':
      return { hold: true };
    case 'notify':
      return { notify: roles };
    case 'perform':
      return { perform: roles };
    default:
      return { needs: [ask] };
  }
}

type TermField = Term | 'variance';
export type TermForm = Readonly<Record<TermField, string>>;
export type TermErrors = Partial<Record<TermField, string>>;

/** The clinic's own terms as text fields; empty where it goes by the profiles. */
export function termForm({ terms, variance }: FacilityCopy): TermForm {
  const of = (term: Term) => String(terms.find((one) => one.term === term)?.value ?? '');
  return {
    ...{ retentionYears: of('retentionYears'), countEveryDays: of('countEveryDays') },
    ...{ inventoryEveryDays: of('inventoryEveryDays'), reconcileEveryDays: of('reconcileEveryDays') },
    ...{ trainingEveryDays: of('trainingEveryDays'), idleSeconds: of('idleSeconds') },
    ...{ exportEveryEntries: of('exportEveryEntries') },
    variance: variance[0]?.percent ?? '',
  };
}

const LIMITS: Readonly<Record<Term, readonly [number, number]>> = {
  retentionYears: [2, 99],
  countEveryDays: [1, 731],
  inventoryEveryDays: [1, 731],
  reconcileEveryDays: [1, 731],
  trainingEveryDays: [1, 3653],
  idleSeconds: [15, 3600],
  exportEveryEntries: [1, 100_000],
};

export type ReadTerms =
  | { ok: true; terms: FacilityCopy['terms']; variance: FacilityCopy['variance'] }
  | { ok: false; errors: TermErrors };

/** The terms that the fields say. A field that is left empty says nothing. */
export function readTerms(form: TermForm): ReadTerms {
  const errors: TermErrors = {};
  const terms = TERMS.flatMap((term) => {
    const typed = form[term].trim();
    if (typed === '') return [];
    const [min, max] = LIMITS[term];
    const value = readWhole(typed, min, max);
    if (value === null) errors[term] = `Type a whole number from ${min} to ${max}, or leave it empty.`;
    return [{ term, value: value ?? 0, schedules: [], source: 'facility' as const }];
  });
  const percent = form.variance.trim();
  const band = percent === '' ? [] : [{ schedules: [], forms: [], percent, source: 'facility' as const }];
  if (percent !== '' && (!isQuantity(percent) || percent.startsWith('-') || Number(percent) > 100)) {
    errors.variance = 'Type a percentage like 0.1, or leave it empty.';
  }
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, terms, variance: band };
}

function readWhole(typed: string, min: number, max: number): number | null {
  const text = typed.trim();
  if (!/^\d{1,6}$/.test(text)) return null;
  const value = Number(text);
  return value >= min && value <= max ? value : null;
}
