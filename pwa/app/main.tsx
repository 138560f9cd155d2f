import '../../shared/ui/tokens.css';
import '../../shared/ui/ui.css';
import './app.css';
import { render } from 'preact';
import { lazy, Suspense } from 'preact/compat';
import { applyRememberedTheme } from '../platform/theme.ts';
import { watchForUpdates } from '../platform/update.ts';
import { readAccess } from './access.ts';
import { takeLink } from './arrival.ts';
import { coverWhenLocked } from './cover.ts';
import { openLedger, status } from './ledger.ts';
import { Shell } from './shell.tsx';

const Start = lazy(async () => ({ default: (await import('../screens/start/screen.tsx')).Screen }));

/** A ledger that is ready gets the shell; everything before that is the start screen's to explain. */
function App() {
  const { state } = status.value;
  if (state === 'ready') return <Shell />;
  if (state === 'opening') {
    return (
      <main class="splash">
        <p role="status">Opening the ledger…</p>
      </main>
    );
  }
  return (
    <Suspense fallback={null}>
      <Start />
    </Suspense>
  );
}

/** A page that frames the app could lay its own things over it, and lead a press of somebody who is signed in. */
function Framed() {
  return (
    <main class="splash">
      <p role="alert">Countersign does not open inside another page. Open it in a tab of its own.</p>
    </main>
  );
}

function start(within: HTMLElement): void {
  render(<App />, within);
  coverWhenLocked(within);
  void openLedger(readAccess);
  watchForUpdates();
}

applyRememberedTheme();
takeLink();
const root = document.getElementById('app');
if (root && window.top === window) start(root);
else if (root) render(<Framed />, root);
