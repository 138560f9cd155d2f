import { useEffect, useRef, useState } from 'preact/hooks';
import type { ScanResult } from '../../../shared/codes/scan-result.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import type { ScanAnswer } from '../../../shared/ui/scan/ScannerView.tsx';
import { CountCard } from './CountCard.tsx';
import { CountRows } from './CountRows.tsx';
import { counting } from './counting.ts';
import { FindBar } from './FindBar.tsx';
import {
  bodyOf,
  type CountTaking,
  changeRow,
  findRow,
  hasTyped,
  leaveOut,
  nextEmpty,
  progressOf,
} from './model.ts';
import { SealPanel } from './SealPanel.tsx';

/** Scan or pick a container, type what is there, go on to the next. */
export function CountStep({ taking }: { taking: CountTaking }) {
  const [current, setCurrent] = useState(() => nextEmpty(taking, undefined));
  const [sealing, setSealing] = useState(false);
  const [refused, setRefused] = useState<{ message: string; empty: readonly string[] } | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const keep = (next: CountTaking) => {
    counting.value = { phase: 'counting', taking: next };
  };
  const pick = (container: string | undefined) => {
    setCurrent(container);
    setRefused(null);
    requestAnimationFrame(() => input.current?.select());
  };
  const onScan = (result: ScanResult): ScanAnswer => {
    const found = findRow(taking, result);
    if (found.kind !== 'one') return { taken: false, message: found.message };
    if (found.container !== current) pick(found.container);
    const number = taking.rows.find((row) => row.line.id === found.container)?.line.number ?? '';
    return { taken: true, note: `Number ${number}: type what is there.` };
  };
  const seal = () => {
    const body = bodyOf(taking);
    setRefused(body.ok ? null : { message: body.message, empty: body.empty.map((row) => row.line.id) });
    setSealing(body.ok);
    const first = body.ok ? undefined : (body.wrong[0] ?? body.empty[0]);
    if (first) setCurrent(first.line.id);
  };
  const row = taking.rows.find((r) => r.line.id === current);
  const progress = progressOf(taking);
  return (
    <div class="stack">
      {taking.recounts ? (
        <Notice kind="info" quiet>
          Count these again, as if for the first time. What the book says is still not shown.
        </Notice>
      ) : null}
      <div class="count-progress" role="status">
        <progress max={progress.of} value={progress.done} aria-label="Counted" />
        <span class="amount">
          {progress.done} of {progress.of} counted
        </span>
      </div>
      <div class="count-desk">
        <div class="stack">
          <FindBar onScan={onScan} />
          <CountCard
            row={row}
            inputRef={input}
            onChange={(change) => row && keep(changeRow(taking, row.line.id, change))}
            onNext={() => {
              const next = nextEmpty(taking, current);
              if (next !== undefined) pick(next);
              else seal();
            }}
          />
        </div>
        <CountRows taking={taking} current={current} onPick={pick} />
      </div>
      {refused ? (
        <Notice kind="danger" title="Not sealed yet.">
          <p>{refused.message}</p>
          {refused.empty.length > 0 && refused.empty.length < taking.rows.length ? (
            <div>
              <Button
                onClick={() => {
                  keep(leaveOut(taking, refused.empty));
                  setRefused(null);
                }}
              >
                Leave {refused.empty.length === 1 ? 'it' : `these ${refused.empty.length}`} out of this count
              </Button>
            </div>
          ) : null}
        </Notice>
      ) : null}
      {sealing ? (
        <SealPanel taking={taking} onBack={() => setSealing(false)} />
      ) : (
        <Leave taking={taking} onSeal={seal} />
      )}
    </div>
  );
}

/** Seal, or give the count up: in two presses, with what that means said in between. */
function Leave({ taking, onSeal }: { taking: CountTaking; onSeal: () => void }) {
  const [asking, setAsking] = useState(false);
  const cancel = () => {
    counting.value = { phase: 'choose' };
  };
  if (asking) {
    return (
      <Notice kind="warn" title="Give this count up?">
        <p>Nothing of it has been recorded, and what was typed is forgotten.</p>
        <div class="row">
          <Button kind="danger" onClick={cancel}>
            Give it up
          </Button>
          <Button onClick={() => setAsking(false)}>Go on counting</Button>
        </div>
      </Notice>
    );
  }
  return (
    <div class="row">
      <Button kind="primary" onClick={onSeal}>
        Seal the count
      </Button>
      <Button onClick={() => (hasTyped(taking) ? setAsking(true) : cancel())}>Cancel</Button>
    </div>
  );
}
