import { describe, expect, it } from 'vitest';
import {
  conformityHeadline,
  integrityHeadline,
  placeOf,
  rangeInWords,
} from '../../../pwa/screens/verify/words.ts';
import type { Verdict } from '../../../shared/verifier/verdict.ts';

const verdict = (failures: number, breaches: number, findings = breaches): Verdict => ({
  integrity: { ok: failures === 0, failures: [], count: failures },
  conformity: { ok: breaches === 0, findings: [], count: findings, breaches },
  summary: {
    ...{ ledger: null, facility: null, demo: false, genesis: null, logs: [], records: 812, signatures: 900 },
    ...{ disclosed: null, made: null, build: null, heads: [], unjudged: [], factors: 0, onHand: [] },
  },
});

describe('the two answers', () => {
  it('are never mixed: breaches leave the integrity whole', () => {
    expect(integrityHeadline(verdict(0, 2)).kind).toBe('ok');
    expect(conformityHeadline(verdict(0, 2))).toMatchObject({
      kind: 'warn',
      title: expect.stringContaining('2 breaches'),
    });
  });

  it('say of a part what it cannot show', () => {
    const { summary, ...answers } = verdict(0, 0);
    const log = { log: 'l/d', device: 'd', to: 9, size: 9, head: '', root: '', checkpointSigned: true };
    const text = (from: number) =>
      integrityHeadline({ ...answers, summary: { ...summary, logs: [{ ...log, from }] } }).text;
    expect(text(3)).toContain('revocation');
    expect(text(0)).not.toContain('revocation');
  });

  it('say nothing of conformity where the integrity is broken', () => {
    expect(integrityHeadline(verdict(1, 0))).toMatchObject({
      kind: 'danger',
      title: expect.stringContaining('1 place'),
    });
    expect(conformityHeadline(verdict(1, 0)).title).toContain('cannot be said');
  });

  it('mention what is within the policy and worth a look', () => {
    expect(conformityHeadline(verdict(0, 0, 1))).toMatchObject({
      kind: 'ok',
      text: expect.stringContaining('1 more is'),
    });
    expect(conformityHeadline(verdict(0, 0)).text).toBe('');
  });
});

it('does not call what a later version wrote broken', () => {
  const made = verdict(1, 0);
  const failures = [{ code: 'version', message: 'Later.' }] as const;
  expect(integrityHeadline({ ...made, integrity: { ...made.integrity, failures } })).toMatchObject({
    kind: 'warn',
    text: expect.stringContaining('later version'),
  });
});

it('names the place of a failure', () => {
  expect(placeOf({ code: 'signature', message: '', seq: 7 })).toBe('Record 7');
  expect(placeOf({ code: 'manifest', message: '', file: 'log.csv' })).toBe('log.csv');
  expect(placeOf({ code: 'truncated', message: '' })).toBe('The whole log');
});

it('says which part of a log was looked at', () => {
  expect(rangeInWords({ from: 0, to: 812, size: 812 })).toBe('812 records, the whole log');
  expect(rangeInWords({ from: 10, to: 20, size: 1812 })).toBe('records 10 to 19 of 1,812');
});
