import { signal } from '@preact/signals';
import { render } from 'preact';
import '../../shared/ui/tokens.css';
import '../../shared/ui/ui.css';
import './overlay.css';
import { Overlay } from './app.tsx';
import { Connection } from './connection.ts';
import { followFront } from './front.ts';
import {
  emptyPinsOnLeave,
  ignoreScriptedEvents,
  inSight,
  sightOf,
  watchPresses,
  watchSight,
} from './guard.ts';

/** In a page the address carries a one-use number; side panel and tab have none and need none. */
const alone = window.top === window;
const nonce = alone ? null : location.hash.slice(1) || null;
// The number is of no use a second time, and nobody should find it in the address.
history.replaceState(null, '', location.pathname + location.search);
document.documentElement.classList.toggle('alone', alone);

ignoreScriptedEvents(window);
const root = document.getElementById('app');
if (root) {
  // The keyboard comes in at once, whatever will be shown: a page that sees it go must not learn from when.
  root.tabIndex = -1;
  root.focus({ preventScroll: true });
  const connection = new Connection(nonce);
  const eyes = alone ? null : watchSight(root);
  const sight = eyes ? sightOf(eyes, connection.tamper) : signal('none' as const);
  const clear = alone ? () => true : watchPresses(window, sight);
  const pressed = inSight(clear, async () => {
    await connection.alive();
    await eyes?.look();
  });
  const pinsEmptied = signal(false);
  if (alone) void followFront((tab) => connection.say({ kind: 'beside', tab }));
  else emptyPinsOnLeave(window, () => (pinsEmptied.value = true));
  // Coming back to the form is when to find out whether the background is still there.
  window.addEventListener('focus', () => void connection.alive());
  render(<Overlay {...{ connection, sight, pressed, pinsEmptied, alone }} />, root);
}
