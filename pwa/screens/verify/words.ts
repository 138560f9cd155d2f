import type { VerifyProgress } from '../../../shared/verifier/ports.ts';
import type { ConformityFinding, Failure, Verdict } from '../../../shared/verifier/verdict.ts';

/** A verdict in words, for a person who has to act on it. */

export const PHASES: Record<VerifyProgress['phase'], string> = {
  files: 'Checking the files',
  records: 'Checking hashes, chain and rules',
  signatures: 'Checking signatures',
  done: 'Finishing',
};

export type Headline = { kind: 'ok' | 'warn' | 'danger'; title: string; text: string };

const records = (count: number) => `${count.toLocaleString('en')} ${count === 1 ? 'record' : 'records'}`;
const things = (count: number, one: string, many: string) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/** The first of the two answers: are these the bytes that were written, by whom it says? */
export function integrityHeadline({ integrity, summary }: Verdict): Headline {
  if (integrity.failures.length > 0 && integrity.failures.every(({ code }) => code === 'version')) {
    return {
      kind: 'warn',
      title: 'Integrity: cannot be said here',
      text: 'A later version of Countersign wrote this. Update this app, or open the verify.html that is in the package.',
    };
  }
  return integrity.ok
    ? {
        kind: 'ok',
        title: 'Integrity: whole',
        text: `${records(summary.records)} and ${things(summary.signatures, 'signature', 'signatures')} are what was written, by whom it says.${partCaution(summary)}`,
      }
    : {
        kind: 'danger',
        title: `Integrity: broken in ${things(integrity.count, 'place', 'places')}`,
        text: 'Something was changed, added or taken out after it was written. The first broken record stands first.',
      };
}

/** What a part cannot show by itself (format README, "A part of a log"). */
export const partCaution = ({ logs }: Pick<Verdict['summary'], 'logs'>): string =>
  logs.some(({ from }) => from > 0)
    ? ' This is a part of the log: were an earlier revocation of a key left out of it, only the whole log would show that.'
    : '';

/** The second answer: does what was written obey the clinic's own policy? Says nothing where the first is no. */
export function conformityHeadline({ integrity, conformity }: Verdict): Headline {
  if (!integrity.ok) {
    return {
      kind: 'warn',
      title: 'Conformity: cannot be said',
      text: 'Records that are not what was written cannot be held against the policy.',
    };
  }
  const notes = conformity.count - conformity.breaches;
  const besides = notes === 0 ? '' : ` ${things(notes, 'more is', 'more are')} within it and worth a look.`;
  return conformity.ok
    ? { kind: 'ok', title: 'Conformity: nothing against the policy', text: besides.trim() }
    : {
        kind: 'warn',
        title: `Conformity: ${things(conformity.breaches, 'breach', 'breaches')} of the policy`,
        text: `What was done is recorded as it was; these acts did not follow the clinic’s own policy.${besides}`,
      };
}

/** What a failure is about: a record, a file, or the whole. */
export function placeOf(failure: Failure | ConformityFinding): string {
  if (failure.seq !== undefined) return `Record ${failure.seq}`;
  if ('file' in failure && failure.file !== undefined) return failure.file;
  return 'The whole log';
}

/** "812 records, the whole log" or "records 10 to 19 of 812". */
export function rangeInWords({ from, to, size }: { from: number; to: number; size: number }): string {
  if (from === 0 && to === size) return `${records(size)}, the whole log`;
  return `records ${from.toLocaleString('en')} to ${(to - 1).toLocaleString('en')} of ${size.toLocaleString('en')}`;
}
