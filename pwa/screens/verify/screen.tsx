import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { agoText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { Progress } from '../../../shared/ui/Progress.tsx';
import type { Verdict } from '../../../shared/verifier/verdict.ts';
import { type VerifyProgress, verifyLedger } from '../../../workers/verify/client.ts';
import { ledger, service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { RecordVerified } from './RecordVerified.tsx';
import { VerdictView } from './VerdictView.tsx';
import { PHASES } from './words.ts';

type Check =
  | { state: 'idle'; said?: string }
  | { state: 'running'; progress: VerifyProgress; cancel: () => void }
  | { state: 'done'; verdict: Verdict; tookMs: number }
  | { state: 'failed'; message: string };

const linkTo = (seq: number) => href('ledger', [String(seq)]);

/** Checks the whole ledger in a worker: every hash, link, signature and rule. */
export function Screen() {
  const { check, start } = useCheck();
  return (
    <>
      <ScreenHead title="Verify" />
      <div class="stack">
        <p>
          Reads every record of this ledger again and checks each hash, its place in the chain, every
          signature, the device’s checkpoint, and whether the acts follow the policy. It changes nothing.
        </p>
        {check.state === 'idle' ? <LastTime /> : null}
        {check.state === 'idle' && check.said ? <Notice>{check.said}</Notice> : null}
        {check.state === 'failed' ? (
          <Notice kind="danger" title="The check did not end.">
            {check.message}
          </Notice>
        ) : null}
        {check.state === 'running' ? (
          <div class="panel">
            <Progress
              label={PHASES[check.progress.phase]}
              done={check.progress.done}
              of={check.progress.of}
              onCancel={check.cancel}
            />
          </div>
        ) : (
          <div class="row">
            <Button kind={check.state === 'done' ? 'plain' : 'primary'} onClick={() => void start()}>
              {check.state === 'done' ? 'Verify again' : 'Verify the ledger'}
            </Button>
            <a class="button" href={href('export', [], { open: '1' })}>
              Verify a package file
            </a>
          </div>
        )}
        {check.state === 'done' ? (
          <>
            <VerdictView verdict={check.verdict} linkTo={linkTo} />
            <RecordVerified verdict={check.verdict} />
            <p class="muted small">
              Took {(check.tookMs / 1000).toFixed(1)} s. This check runs in the same browser that keeps the
              ledger. Somebody who does not trust this computer checks a package on their own: see{' '}
              <a href={href('export')}>Export</a>.
            </p>
          </>
        ) : null}
      </div>
    </>
  );
}

function useCheck() {
  const [check, setCheck] = useState<Check>({ state: 'idle' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const start = async () => {
    const control = new AbortController();
    running.current = control;
    const cancel = () => control.abort();
    setCheck({ state: 'running', progress: { phase: 'files', done: 0, of: 0 }, cancel });
    const began = performance.now();
    try {
      const verdict = await verifyLedger(ledger.source(), new Date().toISOString(), {
        signal: control.signal,
        onProgress: (progress) => {
          if (!control.signal.aborted) setCheck({ state: 'running', progress, cancel });
        },
      });
      setCheck({ state: 'done', verdict, tookMs: performance.now() - began });
    } catch (error) {
      if (control.signal.aborted)
        setCheck({ state: 'idle', said: 'Cancelled. Nothing was checked to the end.' });
      else setCheck({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  };
  return { check, start };
}

function LastTime() {
  const today = useQuery(() => service.today());
  if (today.state !== 'ready') return null;
  const last = today.value.lastVerified;
  if (!last) return <p class="muted">No check of this ledger has been recorded yet.</p>;
  return (
    <p class="muted">
      Last recorded check: {agoText(last.at, Date.now())},{' '}
      {last.failures === 0 ? 'nothing was broken' : `${last.failures} broken`}.
    </p>
  );
}
