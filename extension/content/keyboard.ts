import { homeOf } from './tamper.ts';

/** So often within so many milliseconds is the keyboard taken back from a page; then the page has its way. */
const AT_MOST = 4;
const WITHIN = 10_000;
/** A press in the page counts as the reason of a change of focus for this long, in milliseconds. */
const PRESS_LASTS = 1_000;
/** While the frame comes up the browser moves the focus about by itself, for this long after it loaded, in milliseconds. */
const COMING_UP = 500;

export type Keyboard = {
  /** True for a page that takes the keyboard again and again: nobody should type a PIN there. */
  contested: () => boolean;
};

/**
 * A page can move the keyboard from the frame into a field of its own while somebody types a PIN. Where the focus leaves
 * the frame and nobody has pressed anything in the page, it is put back at once, before a key can go astray.
 * Tab leads out over an edge of ours, so that it is told apart.
 */
export function holdKeyboard(
  { root, frame }: { root: ShadowRoot; frame: HTMLIFrameElement },
  signal: AbortSignal,
): Keyboard {
  let pressed = Number.NEGATIVE_INFINITY;
  let up = Number.POSITIVE_INFINITY;
  let inside = false;
  let ours = false;
  let contested = false;
  let taken: number[] = [];
  const edges = [makeEdge(), makeEdge()] as const;
  root.prepend(edges[0]);
  root.append(edges[1]);

  /** Whether the page may have the keyboard: by a person's doing, or because it fights for it. */
  const given = (now: number): boolean => {
    if (edges.some((edge) => root.activeElement === edge)) return true;
    if (now - pressed < PRESS_LASTS || now - up < COMING_UP) return true;
    taken = [...taken.filter((at) => now - at < WITHIN), now];
    contested ||= taken.length > AT_MOST;
    return contested;
  };
  const takeBack = () => {
    if (signal.aborted) return;
    ours = true;
    // An element that has the focus already would not be focused again.
    frame.blur();
    frame.focus({ preventScroll: true });
    ours = false;
    inside = root.activeElement === frame;
    // A page that holds on to it at that very moment, as a trap in a dialog does, has won.
    // Outside a modal dialog nothing can have it, until the form is in there too.
    const holder = root.host.parentNode === homeOf() ? document.activeElement : null;
    contested ||= !inside && holder !== null && holder !== document.body && holder !== root.host;
  };
  const moved = (event: Event) => {
    const held = root.activeElement === frame;
    // The frame's element has the focus, and the window got it all the same: the page has called it back.
    if (ours || !inside || (held && event.target !== window)) return;
    inside = false;
    // Once the browser is through with the move, and before any key can follow it.
    if (!given(performance.now())) queueMicrotask(takeBack);
  };
  const options = { capture: true, passive: true, signal };
  const note = (event: Event) => {
    if (event.isTrusted) pressed = performance.now();
  };
  for (const type of ['pointerdown', 'keydown']) window.addEventListener(type, note, options);
  for (const type of ['focus', 'focusin', 'focusout']) window.addEventListener(type, moved, options);
  // Only a move to somewhere else ends it: between two of the browser's steps nothing has the focus.
  const left = () => {
    inside ||= root.activeElement === frame;
  };
  window.addEventListener('blur', left, options);
  frame.addEventListener('load', () => (up = performance.now()), { signal });
  return { contested: () => contested };
}

/** Where Tab goes from the form's last field, and Shift+Tab from its first. */
function makeEdge(): HTMLElement {
  const edge = document.createElement('span');
  edge.tabIndex = 0;
  edge.setAttribute('role', 'note');
  edge.setAttribute('aria-label', 'Edge of the Countersign form');
  return edge;
}
