import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROFILES } from '../../shared/domain/policy/profiles.ts';
import { POLICY_ACTS } from '../../shared/domain/policy/schema.ts';
import { SOURCES } from '../../shared/domain/policy/sources.ts';
import { checkPackageFile } from '../../workers/package/check-file.ts';
import { ports } from './builder.ts';
import { PACKAGES } from './cases.ts';
import { expectedOf } from './expected.ts';
import { RULE_CASES } from './rule-cases.ts';

/** The codes with which the table speaks: what a rule of a policy can be broken as. */
const TABLE_CODES = [
  'role',
  'witness-missing',
  'witness-late',
  'witness-role',
  'self-witness',
  'approver-missing',
  'three-people',
  'unknown-proposal',
  'other-act',
  'factor-missing',
  'admission-over',
  'access-end',
  'last-registrant',
  'retention',
  'reason-missing',
  'count-missing',
  'estimate',
  'on-hold',
  'variance',
  'policy-unusable',
  'count-overdue',
];

/** Terms that no record can break: the app alone holds them. */
const IN_THE_APP: readonly string[] = ['idleSeconds', 'exportEveryEntries', 'trainingEveryDays'];

describe('a gate that skipped a rule', () => {
  test('has a golden package for every code of the table, and for every act that somebody may not do', () => {
    const made = PACKAGES.map(({ name }) => expectedOf(name)).filter(({ kind }) => kind === 'conformity');
    expect(TABLE_CODES.filter((code) => !made.some((one) => one.code === code))).toEqual([]);
    const roles = RULE_CASES.map(({ name }) => name).filter((name) => name.includes('.role.'));
    for (const act of POLICY_ACTS) {
      expect(roles.some((name) => name.includes(`.role.${act.replaceAll('.', '-')}.`))).toBe(true);
    }
  });

  test('has one for every source behind a rule, a term or a band of every profile', () => {
    const named = new Set(RULE_CASES.map(({ rule }) => rule));
    const behind = Object.values(PROFILES).flatMap(({ policy: { rules, terms, variance } }) => [
      ...rules.map(({ source }) => source),
      ...terms.filter(({ term }) => !IN_THE_APP.includes(term)).map(({ source }) => source),
      ...variance.map(({ source }) => source),
    ]);
    expect([...new Set(behind)].filter((source) => !named.has(source))).toEqual([]);
  });

  const cited = RULE_CASES.flatMap(({ name, rule }) => (rule === undefined ? [] : [[name, rule] as const]));
  test.each(cited)('%s: the verifier names the record and the rule', async (name, rule) => {
    const zip = new Uint8Array(readFileSync(join(import.meta.dirname, 'packages', name)));
    const { answer } = await checkPackageFile(zip, ports);
    if (answer.kind === 'refused') throw new Error(answer.code);
    const finding = answer.verdict.conformity.findings.find(({ severity }) => severity === 'breach');
    expect(finding?.seq).toBe(expectedOf(name).seq);
    expect(finding?.message).toContain('Rule: ');
    expect(finding?.message).toContain(SOURCES[rule].citation);
  });
});
