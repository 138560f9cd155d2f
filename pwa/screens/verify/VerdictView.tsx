import './verify.css';
import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { timeText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import type { ConformityFinding, Failure, Verdict } from '../../../shared/verifier/verdict.ts';
import { conformityHeadline, type Headline, integrityHeadline, placeOf, rangeInWords } from './words.ts';

type Found = Failure | ConformityFinding;
/** The address of a record of this verdict, where it can be looked at. */
export type RecordLink = (seq: number) => string;

/** The two answers of a check, apart, each with everything that it names. */
export function VerdictView({ verdict, linkTo }: { verdict: Verdict; linkTo?: RecordLink }) {
  const { integrity, conformity } = verdict;
  const breaches = conformity.findings.filter((finding) => finding.severity === 'breach');
  const notes = conformity.findings.filter((finding) => finding.severity === 'note');
  const link = linkTo ? { linkTo } : {};
  return (
    <div class="stack verdict">
      <section class="stack tight" aria-label="Integrity">
        <Answer {...integrityHeadline(verdict)} />
        <Findings found={integrity.failures} of={integrity.count} {...link} />
      </section>
      <section class="stack tight" aria-label="Conformity">
        <Answer {...conformityHeadline(verdict)} />
        {integrity.ok ? (
          <>
            <Findings found={breaches} of={conformity.breaches} {...link} />
            {notes.length > 0 ? (
              <details>
                <summary>
                  Worth a look, and within the policy ({conformity.count - conformity.breaches})
                </summary>
                <Findings found={notes} of={conformity.count - conformity.breaches} {...link} />
              </details>
            ) : null}
          </>
        ) : null}
      </section>
      <WhatWasChecked verdict={verdict} />
    </div>
  );
}

const Answer = ({ kind, title, text }: Headline) => (
  <Notice kind={kind} title={`${kind === 'ok' ? '✓' : kind === 'danger' ? '✗' : '!'} ${title}`}>
    {text === '' ? null : <p>{text}</p>}
  </Notice>
);

const SHOWN = 50;

function Findings({ found, of, linkTo }: { found: readonly Found[]; of: number; linkTo?: RecordLink }) {
  const [all, setAll] = useState(false);
  if (found.length === 0) return null;
  const shown = all ? found : found.slice(0, SHOWN);
  return (
    <div class="panel">
      <ul class="list">
        {shown.map((finding, index) => (
          <li key={`${index}-${finding.code}`} class="finding">
            {linkTo && finding.seq !== undefined ? (
              <a href={linkTo(finding.seq)}>{placeOf(finding)}</a>
            ) : (
              <strong>{placeOf(finding)}</strong>
            )}
            <span class="badge">{finding.code}</span>
            <span>{finding.message}</span>
          </li>
        ))}
      </ul>
      {found.length > shown.length ? (
        <Button onClick={() => setAll(true)}>Show all {found.length.toLocaleString('en')}</Button>
      ) : null}
      {of > found.length ? (
        <p class="muted small">
          {(of - found.length).toLocaleString('en')} more are not listed. Mend or explain the first ones, then
          check again.
        </p>
      ) : null}
    </div>
  );
}

function WhatWasChecked({ verdict: { summary } }: { verdict: Verdict }) {
  const { facility, ledger, genesis, logs, made, build, disclosed, demo, signatures, factors } = summary;
  return (
    <section class="panel stack tight" aria-labelledby="verdict-what">
      <h2 id="verdict-what">What was checked</h2>
      <dl class="facts">
        <dt>Clinic</dt>
        <dd>
          {facility ? `${facility.name}, DEA ${facility.deaNumber}` : 'not named'}{' '}
          {demo ? <span class="badge warn">demo, made-up data</span> : null}
        </dd>
        <dt>First record</dt>
        <dd>
          <strong class="hash">{genesis ?? 'not in this part'}</strong>
          <span class="muted small"> Compare it with what the clinic reads out.</span>
        </dd>
        {logs.map((log) => (
          <Log key={log.log} log={log} only={logs.length === 1} />
        ))}
        <dt>Signatures</dt>
        <dd>
          {signatures.toLocaleString('en')}
          {factors === 0 ? '' : `, ${factors.toLocaleString('en')} of them with a passkey or security key`}
        </dd>
        <dt>Patients</dt>
        <dd>
          {disclosed === null
            ? 'not named'
            : `${disclosed.toLocaleString('en')} named, each checked against its record`}
        </dd>
        {made === null ? null : (
          <>
            <dt>Package made</dt>
            <dd>
              {timeText(made)} <span class="muted small amount">{made}</span>
              {build === null ? '' : `, by ${build}`}{' '}
              <span class="muted small">(this line is not signed)</span>
            </dd>
          </>
        )}
        {ledger === null ? null : (
          <>
            <dt>Ledger id</dt>
            <dd class="hash">{ledger}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function Log({ log, only }: { log: Verdict['summary']['logs'][number]; only: boolean }) {
  return (
    <>
      <dt>{only ? 'Records' : `Device ${log.device.slice(0, 8)}`}</dt>
      <dd>
        {rangeInWords(log)},{' '}
        {log.checkpointSigned ? 'under a checkpoint signed by the device' : 'with no good checkpoint'}
      </dd>
      <dt>Last record</dt>
      <dd class="hash">{log.head}</dd>
      <dt>Root</dt>
      <dd class="hash">{log.root}</dd>
    </>
  );
}
