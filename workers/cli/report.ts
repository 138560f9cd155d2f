import { spokenHash, utcText, type Verdict } from '../../shared/verifier/verdict.ts';
import type { PackageAnswer } from '../package/check-file.ts';

/** The verdict as a person reads it in a terminal. */
export function reportText(answer: PackageAnswer): string {
  if (answer.kind === 'refused') return `NOT A PACKAGE (${answer.code})\n${answer.message}\n`;
  const { integrity, conformity, summary } = answer.verdict;
  const lines = [
    ...(summary.demo ? ['DEMO DATA: nothing in this package happened.'] : []),
    integrity.ok ? 'Integrity:  VALID' : `Integrity:  NOT VALID, ${plural(integrity.count, 'failure')}`,
    ...integrity.failures.map((failure) => `  ${placeOf(failure)}${failure.code}: ${failure.message}`),
    ...beyond(integrity.failures.length, integrity.count),
    conformityLine(answer.verdict),
    ...conformity.findings.map(
      (finding) => `  ${placeOf(finding)}${finding.code} (${finding.severity}): ${finding.message}`,
    ),
    ...beyond(conformity.findings.length, conformity.count),
    '',
    ...summaryLines(summary),
  ];
  return `${lines.join('\n')}\n`;
}

function conformityLine({ integrity, conformity }: Verdict): string {
  if (!integrity.ok) return 'Conformity: nothing certain can be said, because the integrity is broken';
  if (conformity.ok) return 'Conformity: CONFORMS to the ledger’s own policy';
  return `Conformity: DOES NOT CONFORM, ${plural(conformity.breaches, 'breach', 'breaches')} of the ledger’s own policy`;
}

function summaryLines(summary: Verdict['summary']): string[] {
  const { facility, ledger, genesis, logs, records, signatures, disclosed, made, build } = summary;
  return [
    ...(facility ? [`Facility    ${facility.name}, DEA ${facility.deaNumber}`] : []),
    `Ledger      ${ledger ?? 'unknown'}`,
    `Genesis     ${genesis ?? 'unknown'}`,
    ...logs.map(
      ({ device, from, to, size, head }) =>
        `Log         ${device}: records ${from} to ${to - 1} of ${size}, head ${spokenHash(head)}`,
    ),
    `Checked     ${plural(records, 'record')}, ${plural(signatures, 'signature')}`,
    ...(disclosed === null ? [] : [`Disclosed   ${plural(disclosed, 'patient')}`]),
    ...(made === null ? [] : [`Made        ${utcText(made)} by ${build} (as the package says)`]),
  ];
}

function placeOf({ seq, file }: { readonly seq?: number; readonly file?: string }): string {
  if (seq !== undefined) return `record ${seq}: `;
  return file === undefined ? '' : `${file}: `;
}

const beyond = (listed: number, count: number) => (count > listed ? [`  and ${count - listed} more`] : []);

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
