/** What a rule case is made of: a rule in force, a record that breaks it, and the name that says so. */
import { policyFrom } from '../../shared/domain/policy/facility.ts';
import type { Policy, PolicyAct, Rule } from '../../shared/domain/policy/schema.ts';
import type { SourceId } from '../../shared/domain/policy/source-ids.ts';
import { changePolicy, type Draft, type Ledger, shortStory } from './builder.ts';
import type { Case } from './integrity-cases.ts';
import { packageOf, zipOf } from './package-files.ts';
import { DRAFTS } from './rule-drafts.ts';

export type RuleCase = Case & { readonly rule?: SourceId };

export const DAY = 24 * 60;
const nameOf = (act: string) => act.replaceAll('.', '-');
export const named = (code: string, what: string, seq: number) =>
  `package.conformity.${code}.${nameOf(what)}.seq-${seq}.zip`;

/** The strict profile and one rule more. */
export const strictAnd = (rule: Omit<Rule, 'schedules' | 'source'>): Policy =>
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
export const broken = ({ code, what, seq, rule, policy, write }: Break): RuleCase => ({
  name: named(code, what, seq),
  ...(rule === undefined ? {} : { rule }),
  make: async () => {
    const ledger = await shortStory();
    if (policy) await ledger.append(changePolicy(ledger, policy));
    await write(ledger);
    return zipOf(await packageOf(ledger));
  },
});

export type Step = (ledger: Ledger) => Draft;

/** The act as one of the clinic does it. */
export const made =
  (act: PolicyAct, by: 'ana' | 'cal' | 'dee'): Step =>
  (ledger) => ({ ...DRAFTS[act].make(ledger, ledger.who[by]), by: ledger.who[by] });

/** Without a word. */
export const wordless = ({ body: { note: _, ...body }, ...draft }: Draft): Draft => ({ ...draft, body });

/** Closes a container that has no more in it than the book has to lose. */
export const closing = (ledger: Ledger, number: string, adjustment: string): Draft => ({
  ...{ type: 'container.closed', by: ledger.who.dee, witness: ledger.who.ben, approver: ledger.who.ana },
  body: {
    ...{ container: ledger.idOf(number), reason: 'hub-loss', adjustment, unit: 'mL' },
    note: 'Stayed in needles and syringes.',
  },
});
