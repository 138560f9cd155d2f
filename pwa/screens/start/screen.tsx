import { lazy, Suspense } from 'preact/compat';
import { status } from '../../app/ledger.ts';
import { href, place } from '../../app/router.ts';
import { Alarm } from './Alarm.tsx';
import { FirstRun } from './FirstRun.tsx';

/** What stands in front of a ledger that is not open: the first run, or an alarm. Never one for the other. */
export function Screen() {
  const now = status.value;
  return (
    <main class="start">
      <p class="start-brand">Countersign</p>
      {now.state === 'empty' ? <Empty /> : <Alarm status={now} />}
    </main>
  );
}

const Witness = lazy(async () => ({ default: (await import('../witness/screen.tsx')).Screen }));

/** A device without a ledger starts one, or is somebody's own and only witnesses. */
function Empty() {
  if (place.value.screen !== 'witness') return <FirstRun />;
  return (
    <Suspense fallback={<p class="muted">Opening…</p>}>
      <Witness />
      <p>
        <a href={href('today')}>Start a ledger on this device instead</a>
      </p>
    </Suspense>
  );
}
