/** How often the keyboard is taken back from a page that takes it from the frame; then the page has its way. */
const AT_MOST = 3;
/** A press in the page counts as the reason of a change of focus for this long, in milliseconds. */
const PRESS_LASTS = 1_000;

export type Keyboard = {
  /** True for a page that takes the keyboard again and again: nobody should type a PIN there. */
  contested: () => boolean;
};

/**
 * A page can move the keyboard from the frame into a field of its own while somebody types a PIN. Where the focus leaves
 * the frame and nobody has pressed anything in the page, it is put back in the same turn, before a key can go astray.
 * Tab leads out over an edge of ours, so that it is told apart.
 */
export function holdKeyboard(
  { root, frame }: { root: ShadowRoot; frame: HTMLIFrameElement },
  signal: AbortSignal,
): Keyboard {
  let pressed = Number.NEGATIVE_INFINITY;
  let inside = false;
  let taken = 0;
  const edges = [makeEdge(), makeEdge()] as const;
  root.prepend(edges[0]);
  root.append(edges[1]);

  const noteInside = () => {
    inside = root.activeElement === frame;
  };
  const outside = () => {
    if (!inside || (root.activeElement === frame && !document.hasFocus())) return;
    inside = false;
    if (edges.some((edge) => root.activeElement === edge)) return;
    if (performance.now() - pressed < PRESS_LASTS || taken >= AT_MOST) return;
    taken += 1;
    frame.focus({ preventScroll: true });
    if (taken < AT_MOST) noteInside();
  };
  const options = { capture: true, passive: true, signal };
  for (const type of ['pointerdown', 'keydown'])
    window.addEventListener(
      type,
      (event) => {
        if (event.isTrusted) pressed = performance.now();
      },
      options,
    );
  window.addEventListener('blur', noteInside, options);
  window.addEventListener('focus', outside, options);
  window.addEventListener('focusin', outside, options);
  window.addEventListener('focusout', outside, options);
  return { contested: () => taken >= AT_MOST };
}

/** Where Tab goes from the form's last field, and Shift+Tab from its first. */
function makeEdge(): HTMLElement {
  const edge = document.createElement('span');
  edge.tabIndex = 0;
  edge.setAttribute('role', 'note');
  edge.setAttribute('aria-label', 'Edge of the Countersign form');
  return edge;
}
