import type { Tamper } from '../../shared/protocol/overlay.ts';
import { holdKeyboard } from './keyboard.ts';
import { whenLaidOut } from './laid-out.ts';
import { type Watched, watchHost } from './place.ts';
import { important, makeShell } from './shell.ts';
import { expectedRect } from './tamper.ts';

export type OverlayHost = {
  close: () => void;
  /** Looks how the frame stands in the page. */
  look: () => Promise<Tamper>;
};
export type HostEvents = {
  onTamper: (tamper: Tamper) => void;
  /** The page has taken the frame out, and what was in it is gone. */
  onLost: () => void;
};

/**
 * Puts the frame over the page, in the top layer. What protects it is that the frame is of the extension's own origin,
 * and that its place is watched: it never fights the page for longer than a few rounds.
 */
export function openHost(src: string, events: HostEvents, signal: AbortSignal): OverlayHost {
  const { host, root, dress } = makeShell();
  const frame = makeFrame(src);
  root.append(frame);
  const stop = new AbortController();
  const close = () => stop.abort();
  let look = async (): Promise<Tamper> => 'disturbed';
  if (signal.aborted) return { close, look };
  signal.addEventListener('abort', close, { signal: stop.signal });

  const stand = () => dress(styleOf(expectedRect()));
  const callOff = whenLaidOut(() => {
    const before = document.activeElement;
    const parts: Watched = { host, root, frame, stand };
    const keyboard = holdKeyboard(parts, stop.signal);
    look = watchHost(parts, keyboard, events, stop.signal);
    stop.signal.addEventListener('abort', () => leave(host, root.activeElement === frame ? before : null));
  });
  stop.signal.addEventListener('abort', callOff);
  return { close, look: () => look() };
}

/** Takes the host out; the keyboard goes back to where it was. */
function leave(host: HTMLElement, before: Element | null): void {
  host.remove();
  if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
}

function makeFrame(src: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  // A page that embeds only what has agreed to it takes in no other frame. This one keeps nothing of its own.
  frame.setAttribute('credentialless', '');
  frame.src = src;
  frame.title = 'Countersign';
  return frame;
}

function styleOf(rect: ReturnType<typeof expectedRect>): string {
  const host = {
    position: 'fixed',
    inset: 'auto',
    left: `${rect.left}px`,
    top: `${rect.top}px`,
    width: `${rect.width}px`,
    height: `${rect.height}px`,
    overflow: 'hidden',
    'background-color': 'transparent',
    'border-radius': '12px',
    'box-shadow': '0 8px 32px rgb(0 0 0 / 35%), 0 0 0 1px rgb(128 128 128 / 55%)',
    'z-index': '2147483647',
  };
  const frame = {
    all: 'initial',
    display: 'block',
    width: '100%',
    height: '100%',
    border: '0',
    background: 'transparent',
    'color-scheme': 'normal',
  };
  // Out of the frame's own ground, or they would count as something that lies over it.
  const edge = { all: 'initial', position: 'absolute', top: '-4px', width: '1px', height: '1px' };
  return `:host { ${important(host)} } iframe { ${important(frame)} } span { ${important(edge)} }`;
}
