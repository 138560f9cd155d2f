import { useEffect } from 'preact/hooks';
import { DEMO_PIN } from '../../shared/protocol/ledger.ts';
import { access } from './access.ts';
import { status } from './ledger.ts';
import { SignIn } from './SignIn.tsx';
import { anythingUnsaved } from './unsaved.ts';

/** Stands in the place of the whole app until somebody types a PIN. What was being typed waits behind it. */
export function LockScreen() {
  const now = access.value;
  const ready = status.value.state === 'ready' ? status.value : null;
  useEffect(() => {
    const before = document.title;
    document.title = 'Locked · Countersign';
    return () => {
      document.title = before;
    };
  }, []);
  return (
    <main class="lock">
      <div class="panel stack">
        <p class="lock-brand">
          Countersign <span class="muted">{ready?.facility}</span>
        </p>
        <h1>Locked</h1>
        <p class="muted">
          {anythingUnsaved.value
            ? 'What was being typed is kept, and is there again once somebody has signed in.'
            : 'Type your PIN to go on where it was left.'}
        </p>
        <SignIn suggested={now.state === 'locked' ? now.by : null} action="Unlock" />
        {ready?.demo ? (
          <p class="small">
            <strong>Demo clinic.</strong> Made-up people; everybody’s PIN is {DEMO_PIN}.
          </p>
        ) : null}
      </div>
    </main>
  );
}
