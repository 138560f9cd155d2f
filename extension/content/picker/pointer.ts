import { isControl, oneLine, textOf } from '../../sites/text.ts';
import { important, makeShell } from '../shell.ts';

export type PointerEvents = {
  /** Another element is under the pointer, or was gone to with the keys. */
  onAt: (element: Element) => void;
  onTake: (element: Element) => void;
  onLeave: () => void;
  /** A key that is not about where to point. True when it meant something. */
  onKey: (key: string) => boolean;
  /** Our own elements, which are pressed and not pointed at. */
  isOurs: (path: readonly EventTarget[]) => boolean;
};

/** Elements gone through to find the next one that says something. */
const MOST = 3000;
const HELD_BACK = [
  'pointerdown',
  'mousedown',
  'mouseup',
  'click',
  'dblclick',
  'auxclick',
  'contextmenu',
  'touchstart',
  'touchend',
  'dragstart',
] as const;

/**
 * Follows pointer and keys over one document, marks what they are at, and keeps presses from the page. With Alt held
 * the page is used as ever. The page's own elements are not touched.
 */
export class Pointer {
  readonly #events: PointerEvents;
  readonly #stop: AbortSignal;
  readonly #shell = makeShell();
  readonly #path: Element[] = [];
  #at: Element | null = null;

  constructor(events: PointerEvents, stop: AbortSignal) {
    this.#events = events;
    this.#stop = stop;
    const options = { capture: true, signal: stop };
    window.addEventListener('pointermove', (event) => this.#moved(event), options);
    window.addEventListener('pointerup', (event) => this.#pressed(event), options);
    for (const type of HELD_BACK) window.addEventListener(type, (event) => this.#hold(event), options);
    window.addEventListener('keydown', (event) => this.#key(event), options);
    for (const type of ['scroll', 'resize']) window.addEventListener(type, () => this.#mark(), options);
    const { host, root } = this.#shell;
    host.popover = 'manual';
    root.append(document.createElement('div'));
    document.documentElement.append(host);
    host.showPopover();
    this.#mark();
    stop.addEventListener('abort', () => host.remove());
  }

  /** Marks nothing any more, until something else is pointed at. */
  rest(): void {
    this.#at = null;
    this.#mark();
  }

  #ours(event: Event): boolean {
    return !event.isTrusted || this.#events.isOurs(event.composedPath());
  }

  #moved(event: PointerEvent): void {
    const [target] = event.composedPath();
    if (this.#ours(event) || !(target instanceof Element)) return;
    this.#path.length = 0;
    this.#go(target);
  }

  #pressed(event: PointerEvent): void {
    if (this.#ours(event) || event.altKey) return;
    this.#hold(event);
    const [target] = event.composedPath();
    if (event.button !== 0 || !(target instanceof Element)) return;
    this.#go(target);
    this.#events.onTake(target);
  }

  #hold(event: Event): void {
    if (this.#ours(event) || ('altKey' in event && event.altKey === true)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #key(event: KeyboardEvent): void {
    if (!event.isTrusted || event.ctrlKey || event.metaKey || event.altKey) return;
    const path = event.composedPath();
    if (this.#events.isOurs(path) && /^(Tab|Shift)$/.test(event.key)) return;
    if (!this.#turn(event.key) && !this.#events.onKey(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #turn(key: string): boolean {
    const at = this.#at?.isConnected ? this.#at : null;
    switch (key) {
      case 'Escape':
        this.#events.onLeave();
        return true;
      case 'ArrowRight':
        this.#go(nextText(at, 1));
        return true;
      case 'ArrowLeft':
        this.#go(nextText(at, -1));
        return true;
      case 'ArrowUp':
        this.#up(at);
        return true;
      case 'ArrowDown':
        this.#down(at);
        return true;
      default:
        return false;
    }
  }

  #up(at: Element | null): void {
    const root = at?.getRootNode();
    const parent = at?.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
    if (!at || !parent || parent === document.documentElement) return window.parent.focus();
    this.#path.push(at);
    this.#go(parent);
  }

  #down(at: Element | null): void {
    if (at instanceof HTMLIFrameElement) return at.contentWindow?.focus();
    this.#go(this.#path.pop() ?? at?.shadowRoot?.firstElementChild ?? at?.firstElementChild ?? at);
  }

  /** What keys or pointer are at. */
  get at(): Element | null {
    return this.#at?.isConnected ? this.#at : null;
  }

  #go(element: Element | null): void {
    if (!element || element === this.#at || this.#stop.aborted) return;
    this.#at = element;
    this.#mark();
    this.#events.onAt(element);
  }

  #mark(): void {
    const rect = this.at?.getBoundingClientRect();
    const box = rect && {
      left: `${rect.left - 3}px`,
      top: `${rect.top - 3}px`,
      width: `${rect.width + 6}px`,
      height: `${rect.height + 6}px`,
    };
    const look = {
      position: 'fixed',
      'box-sizing': 'border-box',
      border: '3px solid #0b6170',
      outline: '2px solid #fff',
      'border-radius': '4px',
      'background-color': 'rgb(108 203 217 / 18%)',
      ...(box ?? { display: 'none' }),
    };
    const host = { position: 'fixed', inset: '0', width: '0', height: '0', 'pointer-events': 'none' };
    this.#shell.dress(`:host { ${important({ ...host, overflow: 'visible' })} } div { ${important(look)} }`);
  }
}

/** The next element, before or after, that says something by itself: a text, a field, a frame. */
function nextText(from: Element | null, way: 1 | -1): Element | null {
  const root = from?.getRootNode() ?? document;
  const walker = document.createTreeWalker(
    root instanceof ShadowRoot ? root : document.body,
    NodeFilter.SHOW_ELEMENT,
  );
  if (from) walker.currentNode = from;
  for (let step = 0; step < MOST; step += 1) {
    const node = way > 0 ? walker.nextNode() : walker.previousNode();
    if (!(node instanceof Element)) return from;
    if (says(node) && node.checkVisibility({ visibilityProperty: true })) return node;
  }
  return from;
}

const says = (element: Element): boolean =>
  isControl(element) ||
  element instanceof HTMLIFrameElement ||
  (element.shadowRoot !== null && oneLine(textOf(element)) === '') ||
  element.matches('[contenteditable]:not([contenteditable="false"])') ||
  [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');
