import { useEffect, useState } from 'preact/hooks';
import type { CountResult } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { go, href } from '../../app/router.ts';
import { useQuery } from '../../app/use-query.ts';
import { type Counting, counting } from './counting.ts';
import { DiscrepancyPanel } from './DiscrepancyPanel.tsx';
import { startTaking } from './model.ts';
import {
  differenceInWords,
  linesToRecount,
  type ResultLine,
  type SealedCount,
  sealedCount,
  summaryOf,
} from './result.ts';

type Sealed = Extract<Counting, { phase: 'sealed' }>;

/** What a sealed count found, and what follows: nothing, a recount, or a discrepancy. */
export function SealedStep({ sealed }: { sealed: Sealed }) {
  const result = useQuery(() => service.countResult(sealed.entryId), sealed.entryId);
  return (
    <Loading of={result}>
      {(found) =>
        found ? (
          <Found result={found} sealed={sealed} />
        ) : (
          <EmptyState what="This count is not in the ledger.">
            <Button onClick={finish}>Start a count</Button>
          </EmptyState>
        )
      }
    </Loading>
  );
}

function finish(): void {
  counting.value = { phase: 'choose' };
  go('count');
}

function Found({ result, sealed }: { result: CountResult; sealed: Sealed }) {
  const view = sealedCount(result, { reveal: sealed.reveal });
  // The panel that had the focus is gone: what was found is read from the top.
  useEffect(() => {
    document.getElementById('main')?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, []);
  return (
    <div class="stack">
      <Notice
        kind={view.lines.every((line) => line.found === 'agrees') ? 'ok' : 'warn'}
        title={summaryOf(view)}
      >
        <p>
          The count is sealed as <a href={href('ledger', [sealed.entryId])}>a record of the ledger</a>.
        </p>
      </Notice>
      {view.next === 'recount' ? <Recount view={view} sealed={sealed} /> : null}
      {view.next === 'discrepancy' ? <DiscrepancyPanel view={view} /> : null}
      <section class="panel" aria-label="What was counted">
        <ul class="list">
          {[...view.lines].sort(differingFirst).map((line) => (
            <li key={line.container} class="count-found">
              <strong class="amount">{line.number}</strong>
              <span>{line.product}</span>
              <Amount quantity={line.counted} unit={line.unit} />
              <Finding line={line} />
            </li>
          ))}
        </ul>
      </section>
      {view.next === 'done' ? (
        <div class="row">
          <Button kind="primary" onClick={() => go('today')}>
            Done
          </Button>
          <Button onClick={finish}>Count something else</Button>
        </div>
      ) : null}
    </div>
  );
}

const differingFirst = (a: ResultLine, b: ResultLine) =>
  Number(a.found === 'agrees') - Number(b.found === 'agrees');

function Finding({ line }: { line: ResultLine }) {
  switch (line.found) {
    case 'agrees':
      return <span class="badge ok">✓ agrees</span>;
    case 'differs':
      return <span class="badge danger">does not agree</span>;
    case 'shown':
      return (
        <span class="count-difference">
          <strong>{differenceInWords(line.difference, line.unit)}</strong>{' '}
          <span class="muted">
            (book: <Amount quantity={line.expected} unit={line.unit} />)
          </span>{' '}
          {line.discrepancy ? <a href={href('discrepancy', [line.discrepancy])}>discrepancy opened</a> : null}
        </span>
      );
  }
}

/** A mismatch is counted again at once, by the same people, before anybody is told by how much. */
function Recount({ view, sealed }: { view: SealedCount; sealed: Sealed }) {
  const [busy, setBusy] = useState(false);
  const count = view.lines.filter((line) => line.found === 'differs').length;
  const again = async () => {
    setBusy(true);
    const [sheet, entryId] = await Promise.all([service.countSheet(), service.newId()]);
    const { session, kind } = sealed;
    const lines = linesToRecount(sheet, view);
    counting.value = {
      phase: 'counting',
      taking: startTaking(lines, { entryId, session, kind, recounts: sealed.entryId }),
    };
  };
  return (
    <Notice kind="warn" title={count === 1 ? 'Count it again now.' : `Count these ${count} again now.`}>
      <p>
        Most mismatches are a misread graduation or a wrong container. What the book says is shown after the
        recount.
      </p>
      <div class="row">
        <Button kind="primary" busy={busy} onClick={() => void again()}>
          Count again
        </Button>
        <Button
          onClick={() => {
            counting.value = { ...sealed, reveal: true };
          }}
        >
          Show the difference without a recount
        </Button>
      </div>
    </Notice>
  );
}
