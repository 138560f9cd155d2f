import { describe, expect, it } from 'vitest';
import { ASKS, asksFor, NEW_RULE, readRule, readTerms, termForm } from '../../../pwa/screens/policy/model.ts';
import { copyOf, policyFrom } from '../../../shared/domain/policy/facility.ts';
import { faultsOf } from '../../../shared/domain/policy/faults.ts';
import { POLICY_ACTS, SCHEDULES } from '../../../shared/domain/policy/schema.ts';

const EMPTY = termForm({ profiles: [], rules: [], terms: [], variance: [] });

describe('a rule of the clinic’s own', () => {
  it('can be used, whatever the form offers', () => {
    for (const act of POLICY_ACTS) {
      for (const { value: ask } of asksFor(act)) {
        const read = readRule({ ...NEW_RULE, act, ask, roles: ['registrant', 'compliance-officer'] });
        if (!read.ok) throw new Error(`${act} ${ask}`);
        const copy = { profiles: ['strict' as const], rules: [read.rule], terms: [], variance: [] };
        expect(faultsOf(policyFrom(copy))).toEqual([]);
      }
    }
  });

  it('is of all schedules alike, or of those that are chosen', () => {
    const all = readRule(NEW_RULE);
    expect(all.ok && all.rule.schedules).toEqual([]);
    const two = readRule({ ...NEW_RULE, schedules: ['II'] });
    expect(two.ok && two.rule.schedules).toEqual(['II']);
  });

  it('says what is missing, a sentence a field', () => {
    expect(readRule({ ...NEW_RULE, schedules: [] })).toMatchObject({
      ...{ ok: false, errors: { schedules: 'Choose at least one schedule.' } },
    });
    expect(readRule({ ...NEW_RULE, ask: 'witness-late', hours: 'soon' })).toMatchObject({ ok: false });
    expect(readRule({ ...NEW_RULE, ask: 'perform' })).toMatchObject({ ok: false });
  });

  it('offers what the screens can collect', () => {
    expect(asksFor('exported').map(({ value }) => value)).toEqual(['second-factor', 'perform']);
    expect(asksFor('count').map(({ value }) => value)).toEqual([
      'witness-late',
      'exact-count',
      'second-factor',
      'perform',
    ]);
    expect(new Set(POLICY_ACTS.flatMap((act) => asksFor(act).map(({ value }) => value)))).toEqual(
      new Set(ASKS),
    );
    expect(SCHEDULES).toHaveLength(4);
  });
});

describe('the clinic’s own intervals', () => {
  it('are none while the fields are empty', () => {
    expect(readTerms(EMPTY)).toEqual({ ok: true, terms: [], variance: [] });
  });

  it('are read and written back', () => {
    const form = { ...EMPTY, countEveryDays: '7', variance: '0.5' };
    const read = readTerms(form);
    if (!read.ok) throw new Error('refused');
    const policy = policyFrom({ profiles: [], rules: [], ...read });
    expect(termForm(copyOf(policy))).toEqual(form);
  });

  it('are refused with a sentence each', () => {
    const read = readTerms({ ...EMPTY, retentionYears: '1', idleSeconds: 'x', variance: '-1' });
    expect(read.ok).toBe(false);
    expect(!read.ok && Object.keys(read.errors)).toEqual(['retentionYears', 'idleSeconds', 'variance']);
  });
});
