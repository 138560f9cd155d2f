import type { Tamper } from '../../shared/protocol/overlay.ts';
import type { HostEvents } from './host.ts';
import type { Keyboard } from './keyboard.ts';
import { whenLaidOut } from './laid-out.ts';
import { expectedRect, FOREIGN_LIMIT, homeOf, judgePlace, opacityOf, PROBES } from './tamper.ts';

/** How often the frame's place is measured while it is open, in milliseconds. Never while it is closed. */
const CHECK_EVERY = 200;

export type Watched = {
  host: HTMLElement;
  root: ShadowRoot;
  frame: HTMLIFrameElement;
  /** Puts the style where it belongs, for the window as it is now. */
  stand: () => void;
};

/**
 * Puts the host into the page and watches it for as long as the signal allows: the host's own attributes and its place,
 * and nothing of the page, since watching more is what has frozen pages for others. Gives what looks when the page is next
 * drawn, and no later than the background waits for it.
 */
export function watchHost(
  parts: Watched,
  keyboard: Keyboard,
  events: HostEvents,
  signal: AbortSignal,
): () => Promise<Tamper> {
  const { host, frame } = parts;
  let home = homeOf();
  let foreignChanges = 0;
  let said: Tamper = 'none';
  let stood = '';
  const stand = () => {
    stood = `${Object.values(expectedRect())}`;
    parts.stand();
  };

  const observer = new MutationObserver(() => restore());
  const restore = () => {
    observer.disconnect();
    foreignChanges += 1;
    if (foreignChanges > FOREIGN_LIMIT) return;
    bare(host);
    raise(host);
    observer.observe(host, { attributes: true });
  };
  const here = () => host.isConnected && host.ownerDocument === document;
  const look = (): Tamper => {
    if (!here()) return 'disturbed';
    // A page that grows a scroll bar makes the window narrower, and says nothing of it.
    if (`${Object.values(expectedRect())}` !== stood) stand();
    const now = homeOf();
    const moved = host.parentNode !== home;
    if (moved || now !== home) {
      foreignChanges += moved ? 1 : 0;
      home = now;
      if (foreignChanges <= FOREIGN_LIMIT) bring(host, home);
    }
    if (!host.matches(':popover-open') && foreignChanges <= FOREIGN_LIMIT) {
      foreignChanges += 1;
      raise(host);
    }
    const atHome = host.parentNode === home && !keyboard.contested();
    return judgePlace({ ...measure(host, frame), atHome, foreignChanges });
  };
  let asked: ((tamper: Tamper) => void)[] = [];
  let waiting = false;
  // Whoever asks in between is told the same as everybody: or it would stand there for good, being no news to us.
  const check = () => {
    waiting = false;
    const tamper = look();
    for (const tell of asked) tell(tamper);
    asked = [];
    if (!here()) return events.onLost();
    if (tamper !== said) events.onTamper(tamper);
    said = tamper;
  };

  let callOff = () => {};
  const ask = () => {
    if (waiting) return;
    waiting = true;
    callOff = whenLaidOut(check);
  };

  let loads = 0;
  const loaded = () => {
    loads += 1;
    // Out and in again: what was typed is gone, and its number is burned.
    if (loads > 1) events.onLost();
  };
  frame.addEventListener('load', loaded, { signal });
  stand();
  bare(host);
  home.append(host);
  raise(host);
  // The keyboard follows at once, whatever the form will show: when a page sees it go says nothing of what is in there.
  frame.focus({ preventScroll: true });
  observer.observe(host, { attributes: true });
  const timer = setInterval(ask, CHECK_EVERY);
  window.addEventListener('resize', stand, { signal });
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    callOff();
    observer.disconnect();
  });
  return () =>
    new Promise((tell) => {
      asked.push(tell);
      ask();
    });
}

/** Takes off what the page has put on it. */
function bare(host: HTMLElement): void {
  for (const { name } of [...host.attributes]) if (name !== 'popover') host.removeAttribute(name);
  if (host.getAttribute('popover') !== 'manual') host.popover = 'manual';
}

/** Into the top layer, over what is there. A page can prevent it; then the host stands below, and is watched there. */
function raise(host: HTMLElement): void {
  try {
    if (host.matches(':popover-open')) host.hidePopover();
    host.showPopover();
  } catch {
    // The page has taken it out in the event that says that it is about to show.
  }
}

/** To its home without loading the frame anew, so that what is typed stays; where the browser cannot, not at all. */
function bring(host: HTMLElement, home: Element): void {
  if (!('moveBefore' in home) || typeof home.moveBefore !== 'function') return;
  try {
    home.moveBefore(host, null);
    raise(host);
  } catch {
    // The page has changed it meanwhile; the next look sees where it stands.
  }
}

function measure(host: HTMLElement, frame: HTMLIFrameElement) {
  const rect = host.getBoundingClientRect();
  const style = getComputedStyle(host);
  const shown = style.visibility === 'visible' && style.display !== 'none' && style.filter === 'none';
  return {
    connected: host.isConnected,
    rect: frame.getBoundingClientRect(),
    expected: expectedRect(),
    // Another extension can reach into the shadow root, so the frame itself counts too.
    opacity: opacityOf(host) * opacityOf(frame),
    visible: shown && frame.checkVisibility({ visibilityProperty: true }),
    probes: PROBES.map(
      ([x, y]) => document.elementFromPoint(rect.left + rect.width * x, rect.top + rect.height * y) === host,
    ),
  };
}
