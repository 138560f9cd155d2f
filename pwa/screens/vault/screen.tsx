import { ScreenHead } from '../../app/ScreenHead.tsx';
import { ErasePanel } from './ErasePanel.tsx';
import { RotatePanel } from './RotatePanel.tsx';

/** What becomes of patients' names: erased when their time is over, and under another key when somebody has left. */
export function Screen() {
  return (
    <>
      <ScreenHead title="Patient names" />
      <div class="stack">
        <section class="panel stack tight" aria-labelledby="vault-what">
          <h2 id="vault-what">Where they are</h2>
          <p>
            The ledger names no patient. Each record holds a reference and a commitment; the name, the owner
            and the address are encrypted in this browser, under one key that each person opens with their own
            PIN.
          </p>
          <p class="muted small">
            A name that was typed and never recorded is deleted after 30 days. To hand names out, tick “Name
            patients and owners” when exporting: the ledger keeps who did so and why.
          </p>
        </section>
        <ErasePanel />
        <RotatePanel />
      </div>
    </>
  );
}
