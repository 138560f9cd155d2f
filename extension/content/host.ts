import type { Tamper } from '../../shared/protocol/overlay.ts';
import { judgePlace, opacityOf, PROBES } from './tamper.ts';

/** How often the frame's place is measured while it is open, in milliseconds. Never while it is closed. */
const CHECK_EVERY = 200;
const MARGIN = 12;
const WIDTH = 400;
/** A page that takes the host out again and again is left alone: the side panel does the same job. */
const MAX_RETURNS = 3;

export type OverlayHost = { close: () => void };

/**
 * Puts the frame over the page: an element whose name is new each time, nothing inherited, in the top layer, the frame
 * itself in a closed shadow root. That is camouflage and not a wall; what protects is that the frame is of the
 * extension's own origin, and that its place is watched.
 */
export function openHost(src: string, onTamper: (tamper: Tamper) => void, signal: AbortSignal): OverlayHost {
  const host = makeElement();
  const frame = document.createElement('iframe');
  // A page that embeds only what has agreed to it takes in no other frame. This one keeps nothing of its own.
  frame.setAttribute('credentialless', '');
  frame.src = src;
  frame.title = 'Countersign';
  setStyle(frame, {
    all: 'initial',
    display: 'block',
    width: '100%',
    height: '100%',
    border: '0',
    background: 'transparent',
    'color-scheme': 'normal',
  });
  host.attachShadow({ mode: 'closed' }).append(frame);

  const stop = new AbortController();
  const close = () => stop.abort();
  if (signal.aborted) return { close };
  signal.addEventListener('abort', close, { signal: stop.signal });
  const put = () => {
    place(host);
    parentFor().append(host);
    host.showPopover();
  };
  put();
  watch(host, put, onTamper, stop.signal);
  stop.signal.addEventListener('abort', () => host.remove());
  return { close };
}

/** A new, meaningless name: a page cannot write a style rule for it beforehand. */
export function makeElement(): HTMLElement {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return document.createElement(`x-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);
}

export function setStyle(element: HTMLElement, style: Record<string, string>): void {
  element.removeAttribute('style');
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value, 'important');
}

/** Everything outside a modal dialog is inert, the top layer too: there the host goes inside the dialog. */
const parentFor = (): Element => document.querySelector('dialog:modal') ?? document.documentElement;

function expectedRect() {
  const { innerWidth, innerHeight } = window;
  const viewport = document.documentElement.clientWidth || innerWidth;
  const width = Math.min(WIDTH, viewport - 2 * MARGIN);
  const height = Math.min(860, innerHeight - 2 * MARGIN);
  return { left: viewport - width - MARGIN, top: MARGIN, width, height };
}

function place(host: HTMLElement): void {
  const rect = expectedRect();
  for (const { name } of [...host.attributes]) if (name !== 'popover') host.removeAttribute(name);
  host.popover = 'manual';
  setStyle(host, {
    all: 'initial',
    display: 'block',
    position: 'fixed',
    inset: 'auto',
    left: `${rect.left}px`,
    top: `${rect.top}px`,
    width: `${rect.width}px`,
    height: `${rect.height}px`,
    margin: '0',
    padding: '0',
    border: '0',
    overflow: 'hidden',
    'background-color': 'transparent',
    'border-radius': '12px',
    'box-shadow': '0 8px 32px rgb(0 0 0 / 35%), 0 0 0 1px rgb(128 128 128 / 55%)',
    'z-index': '2147483647',
  });
}

function watch(
  host: HTMLElement,
  put: () => void,
  report: (tamper: Tamper) => void,
  signal: AbortSignal,
): void {
  let foreignChanges = 0;
  let returns = 0;
  let said: Tamper = 'none';
  // The host's own attributes and nothing else: watching more is what has frozen pages for others.
  const observer = new MutationObserver(() => {
    foreignChanges += 1;
    observer.disconnect();
    place(host);
    if (foreignChanges <= 20) observe();
  });
  const observe = () => observer.observe(host, { attributes: true });
  const check = () => {
    if (!host.isConnected && returns < MAX_RETURNS) {
      returns += 1;
      put();
    }
    const now = judgePlace(measure(host, foreignChanges));
    if (now === said) return;
    said = now;
    report(now);
  };
  const again = () => {
    observer.disconnect();
    place(host);
    observe();
  };
  observe();
  const timer = setInterval(check, CHECK_EVERY);
  window.addEventListener('resize', again, { signal });
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    observer.disconnect();
  });
}

function measure(host: HTMLElement, foreignChanges: number) {
  const rect = host.getBoundingClientRect();
  const style = getComputedStyle(host);
  return {
    connected: host.isConnected,
    rect,
    expected: expectedRect(),
    opacity: opacityOf(host),
    visible: style.visibility === 'visible' && style.display !== 'none' && style.filter === 'none',
    probes: PROBES.map(
      ([x, y]) => document.elementFromPoint(rect.left + rect.width * x, rect.top + rect.height * y) === host,
    ),
    foreignChanges,
  };
}
