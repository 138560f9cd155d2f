import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  actRows,
  bandSentences,
  changesBetween,
  schedulesText,
  termRows,
} from '../../../pwa/screens/policy/words.ts';
import { FEDERAL_MINIMUM_POLICY, policyOf, STRICT_POLICY } from '../../../shared/domain/policy/profiles.ts';
import { POLICY_ACTS, PROFILE_IDS } from '../../../shared/domain/policy/schema.ts';

const waste = (policy = STRICT_POLICY) => actRows(policy).find(({ act }) => act === 'waste');

describe('the table in words', () => {
  it('has a row for every act, and a source behind every sentence', () => {
    fc.assert(
      fc.property(fc.subarray([...PROFILE_IDS]), (profiles) => {
        const policy = policyOf(profiles);
        const rows = actRows(policy);
        expect(rows.map(({ act }) => act)).toEqual(POLICY_ACTS);
        const groups = [...rows, ...termRows(policy)].flatMap((row) => row.groups);
        for (const { sentences } of [...groups, ...bandSentences(policy)]) {
          for (const { text, sources } of sentences) {
            expect(text).not.toBe('');
            expect(sources.length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('says who witnesses what, and by when', () => {
    const [group, ...more] = waste()?.groups ?? [];
    expect(more).toEqual([]);
    expect(group?.sentences.map(({ text }) => text)).toContain(
      'A witness signs, at the latest 24 hours after the record',
    );
  });

  it('says that no witness is asked for, and where that is written', () => {
    const sentences = waste(FEDERAL_MINIMUM_POLICY)?.groups[0]?.sentences ?? [];
    expect(sentences.find(({ text }) => text === 'No witness is asked for')?.sources).toEqual([
      'cfr-1304.21e',
    ]);
  });

  it('keeps schedules apart where they are treated apart', () => {
    const receipt = actRows(STRICT_POLICY).find(({ act }) => act === 'container.received');
    expect(receipt?.groups.map(({ schedules }) => schedulesText(schedules))).toEqual([
      'Schedule II',
      'Schedule III, IV, V',
    ]);
  });

  it('writes days, seconds and minutes as people do', () => {
    const of = (term: string) =>
      termRows(STRICT_POLICY).find((row) => row.term === term)?.groups[0]?.sentences[0]?.text;
    expect(of('countEveryDays')).toBe('every 30 days');
    expect(of('idleSeconds')).toBe('after 2 minutes without an act');
    expect(of('retentionYears')).toBe('5 years');
  });
});

describe('what a change would change', () => {
  it('is nothing where nothing changes', () => {
    expect(changesBetween(STRICT_POLICY, STRICT_POLICY)).toEqual([]);
  });

  it('is what goes and what comes, with the schedules together', () => {
    const changes = changesBetween(FEDERAL_MINIMUM_POLICY, STRICT_POLICY);
    expect(changes).toContainEqual({ kind: 'removed', where: 'Waste', text: 'No witness is asked for' });
    expect(changes).toContainEqual({ kind: 'removed', where: 'Records are kept', text: '2 years' });
    expect(changes).toContainEqual({ kind: 'added', where: 'Records are kept', text: '5 years' });
    expect(changes).toContainEqual({
      ...{ kind: 'added', where: 'Close a container' },
      text: 'A witness signs, at the latest 24 hours after the record',
    });
  });
});
