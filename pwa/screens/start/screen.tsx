import { status } from '../../app/ledger.ts';
import { Alarm } from './Alarm.tsx';
import { FirstRun } from './FirstRun.tsx';

/** What stands in front of a ledger that is not open: the first run, or an alarm. Never one for the other. */
export function Screen() {
  const now = status.value;
  return (
    <main class="start">
      <p class="start-brand">Countersign</p>
      {now.state === 'empty' ? <FirstRun /> : <Alarm status={now} />}
    </main>
  );
}
