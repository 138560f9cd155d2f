import { useEffect, useRef } from 'preact/hooks';
import type { PackageContent } from '../../shared/verifier/read-rows.ts';
import type { Verdict } from '../../shared/verifier/verdict.ts';
import { partCaution } from '../screens/verify/words.ts';
import type { Checked } from './check.ts';
import { Facts } from './Facts.tsx';
import { Findings } from './Findings.tsx';
import { Logs } from './Logs.tsx';
import { Patients } from './Patients.tsx';

/** What the check found, the answer first and in large letters. */
export function Result({ name, checked }: { name: string; checked: Checked }) {
  const answer = useRef<HTMLDivElement>(null);
  useEffect(() => answer.current?.focus(), [checked]);
  return (
    <div class="result" ref={answer} tabIndex={-1}>
      <Answer name={name} checked={checked} />
    </div>
  );
}

function Answer({ name, checked }: { name: string; checked: Checked }) {
  switch (checked.kind) {
    case 'unsupported':
      return (
        <Banner tone="danger" title="Not checked" about={name}>
          This browser cannot check Ed25519 signatures, so nothing can be said about this package. Open this
          page in a current Chrome, Edge, Firefox or Safari. If it was opened over the network, it has to be
          over https.
        </Banner>
      );
    case 'cancelled':
      return (
        <Banner tone="warn" title="Not checked" about={name}>
          The check was cancelled before it ended.
        </Banner>
      );
    case 'broken':
      return (
        <Banner tone="danger" title="Not checked" about={name}>
          {checked.message}
        </Banner>
      );
    default:
      return checked.answer.kind === 'refused' ? (
        <Banner tone="danger" title="Not a package" about={name}>
          {checked.answer.message}
        </Banner>
      ) : (
        <VerdictView verdict={checked.answer.verdict} content={checked.content} />
      );
  }
}

function VerdictView({ verdict, content }: { verdict: Verdict; content: PackageContent }) {
  const { integrity, conformity, summary } = verdict;
  return (
    <>
      {summary.demo && <p class="demo">Demo data: nothing in this package happened.</p>}
      <div class="answers">
        <Banner
          tone={integrity.ok ? 'ok' : 'danger'}
          title={integrity.ok ? 'Valid' : 'Not valid'}
          about="Integrity"
        >
          {integrity.ok
            ? `Every record is as it was written, signed by whom it says, and ${isWhole(summary) ? 'the log is whole.' : `stands where it says in the log.${partCaution(summary)}`}`
            : `${integrity.count} ${integrity.count === 1 ? 'failure' : 'failures'}. The first broken record is named first.`}
        </Banner>
        <ConformityBanner verdict={verdict} />
      </div>
      <Facts summary={summary} />
      <Findings title="Failures of integrity" items={integrity.failures} count={integrity.count} />
      <Findings title="Findings about the policy" items={conformity.findings} count={conformity.count} />
      <Logs summary={summary} rows={content.rows} />
      <Patients patients={content.patients} />
      <details>
        <summary>The verdict as data (JSON)</summary>
        <pre id="verdict">{JSON.stringify({ kind: 'verdict', verdict }, null, 2)}</pre>
      </details>
    </>
  );
}

function ConformityBanner({ verdict: { integrity, conformity, summary } }: { verdict: Verdict }) {
  if (!integrity.ok) {
    return (
      <Banner tone="warn" title="Cannot be said" about="Conformity">
        Whether the policy was kept is certain only where the integrity holds.
      </Banner>
    );
  }
  return conformity.ok ? (
    <Banner tone="ok" title="Valid" about="Conformity">
      {summary.logs.some(({ from }) => from > 0)
        ? 'Nothing in this part is seen to be against the ledger’s own policy. What was left out of it cannot be judged.'
        : 'What was recorded obeys the ledger’s own policy.'}
    </Banner>
  ) : (
    <Banner tone="danger" title="Not valid" about="Conformity">
      {`${conformity.breaches} ${conformity.breaches === 1 ? 'act is' : 'acts are'} against the ledger’s own policy.`}
    </Banner>
  );
}

const isWhole = ({ logs }: Verdict['summary']) =>
  logs.every(({ from, to, size }) => from === 0 && to === size);

type BannerProps = {
  readonly tone: 'ok' | 'warn' | 'danger';
  readonly title: string;
  readonly about: string;
  readonly children: string | readonly string[];
};

function Banner({ tone, title, about, children }: BannerProps) {
  return (
    <section class={`banner ${tone}`} aria-label={about}>
      <h2>
        <span class="about">{about}</span> <strong>{title}</strong>
      </h2>
      <p>{children}</p>
    </section>
  );
}
