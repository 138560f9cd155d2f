import { shown } from '../../shared/verifier/shown.ts';
import { spokenHash, utcText, type Verdict } from '../../shared/verifier/verdict.ts';
import type { PackageAnswer } from '../package/check-file.ts';

/** The verdict as a person reads it in a terminal, which nothing in a package can move or turn around. */
export function reportText(answer: PackageAnswer): string {
  const lines = answer.kind === 'refused' ? refusalLines(answer) : verdictLines(answer.verdict);
  return `${lines.map(shown).join('\n')}\n`;
}

/** The verdict as JSON in ASCII: also a terminal that shows it shows only what is there. */
export function reportJson(answer: PackageAnswer): string {
  const escaped = (letter: string) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `${JSON.stringify(answer, null, 2).replace(/[\u007f-\uffff]/g, escaped)}\n`;
}

const refusalLines = ({ code, message }: Extract<PackageAnswer, { kind: 'refused' }>) => [
  `NOT A PACKAGE (${code})`,
  message,
];

function verdictLines(verdict: Verdict): string[] {
  const { integrity, conformity, summary } = verdict;
  return [
    ...(summary.demo ? ['DEMO DATA: nothing in this package happened.'] : []),
    integrity.ok
      ? `Integrity:  VALID${isPart(summary) ? ', as far as a part of a log can show' : ''}`
      : `Integrity:  NOT VALID, ${plural(integrity.count, 'failure')}`,
    ...integrity.failures.map((failure) => `  ${placeOf(failure)}${failure.code}: ${failure.message}`),
    ...beyond(integrity.failures.length, integrity.count),
    conformityLine(verdict),
    ...conformity.findings.map(
      (finding) => `  ${placeOf(finding)}${finding.code} (${finding.severity}): ${finding.message}`,
    ),
    ...beyond(conformity.findings.length, conformity.count),
    ...(isPart(summary) ? PART_CAUTION : []),
    '',
    ...summaryLines(summary),
  ];
}

const isPart = ({ logs }: Verdict['summary']) => logs.some(({ from }) => from > 0);

const PART_CAUTION = [
  'A part:     what was left out of it cannot be judged: an earlier revocation of a key, an entry that was signed',
  '            before under the same id, an act of which nobody here is told. Only the whole log shows these.',
];

function conformityLine({ integrity, conformity, summary }: Verdict): string {
  if (!integrity.ok) return 'Conformity: nothing certain can be said, because the integrity is broken';
  if (conformity.ok) {
    return isPart(summary)
      ? 'Conformity: nothing in this part is seen to be against the ledger’s own policy'
      : 'Conformity: CONFORMS to the ledger’s own policy';
  }
  return `Conformity: DOES NOT CONFORM, ${plural(conformity.breaches, 'breach', 'breaches')} of the ledger’s own policy`;
}

function summaryLines(summary: Verdict['summary']): string[] {
  const { facility, ledger, genesis, logs, records, signatures, factors } = summary;
  const { disclosed, made, build, unjudged, heads } = summary;
  return [
    ...(facility ? [`Facility    ${facility.name}, DEA ${facility.deaNumber}`] : []),
    `Ledger      ${ledger ?? 'unknown'}`,
    `Genesis     ${genesis ?? 'unknown'}`,
    ...logs.map(
      ({ device, from, to, size, head }) =>
        `Log         ${device}: records ${from} to ${to - 1} of ${size}, head ${spokenHash(head)}`,
    ),
    `Checked     ${plural(records, 'record')}, ${plural(signatures, 'signature')}${factors === 0 ? '' : `, ${plural(factors, 'second factor')}`}`,
    ...(disclosed === null ? [] : [`Disclosed   ${plural(disclosed, 'patient')}`]),
    ...(made === null ? [] : [`Made        ${utcText(made)} by ${build} (as the package says)`]),
    ...(unjudged.length === 0 ? [] : [`Not judged  ${unjudged.join(', ')} (whatever the sender put there)`]),
    ...heads.map((head) => `Head kept   ${headText(head)}: ${HEAD_ANSWERS[head.answer]}`),
  ];
}

const headText = ({ ledger, device, size, hash }: Verdict['summary']['heads'][number]) =>
  `${device === undefined ? ledger : `${ledger}/${device}`}:${size}:${hash.slice(0, 16)}`;

const HEAD_ANSWERS = {
  agrees: 'agrees',
  contradicted: 'CONTRADICTED, see above',
  'not-comparable': 'NOT COMPARED, nothing in this package says which record stands there',
} as const;

function placeOf({ seq, file }: { readonly seq?: number; readonly file?: string }): string {
  if (seq !== undefined) return `record ${seq}: `;
  return file === undefined ? '' : `${file}: `;
}

const beyond = (listed: number, count: number) => (count > listed ? [`  and ${count - listed} more`] : []);

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
