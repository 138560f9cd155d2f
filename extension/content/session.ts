import type { PageReading } from '../../shared/protocol/overlay.ts';
import type { Adapter } from '../sites/adapter.ts';
import { adapterFor, readPage, sameReading } from '../sites/index.ts';
import { type OverlayHost, openHost } from './host.ts';
import { alive, onAsked, readNonce, readWelcome, say } from './messages.ts';
import { putNote } from './note.ts';
import { showPill } from './pill.ts';

/** After a change of route the page draws itself in its own time: when to look, in milliseconds after the change. */
const LOOKS = [0, 100, 300, 700, 1500, 3000];

/**
 * One page for as long as it is the same extension: one signal ends every listener, timer and element.
 * A route change inside the page ends and starts what belongs to the route.
 */
export class PageSession {
  readonly #stop = new AbortController();
  #route = new AbortController();
  /** The route that has its pill already. */
  #pillOn: AbortSignal | null = null;
  #reading: PageReading | null = null;
  #overlay: OverlayHost | null = null;
  #off: string[] = [];

  /** Starts on this page, when the clinic has this site switched on. */
  async start(): Promise<void> {
    const welcome = readWelcome(await say({ kind: 'page-here' }));
    if (!welcome) return this.end();
    this.#off = welcome.off;
    const { signal } = this.#stop;
    onAsked((message) => {
      switch (message.kind) {
        case 'toggle':
          this.toggle();
          return true;
        case 'close':
          this.#close();
          return true;
        case 'leave':
          this.end();
          return true;
        case 'read':
          return this.#read();
        case 'put-note':
          return putNote(adapterFor(document, this.#off), message.text);
      }
    }, signal);
    const still = () => alive() || this.end();
    document.addEventListener('visibilitychange', still, { signal });
    window.addEventListener('focus', still, { signal });
    window.navigation?.addEventListener('currententrychange', () => this.#routeChanged(), { signal });
    this.#routeChanged();
  }

  /** Takes everything off the page again. */
  end(): void {
    this.#stop.abort();
    this.#route.abort();
    this.#overlay?.close();
  }

  /** Opens the form, or closes it: pill, toolbar and shortcut all come here. */
  toggle(): void {
    if (!alive()) return this.end();
    if (this.#overlay) return this.#close();
    void this.#open();
  }

  async #open(): Promise<void> {
    this.#read();
    const page = this.#reading ?? { reader: { id: 'none', label: 'This page' }, suggestions: {} };
    const nonce = readNonce(await say({ kind: 'open-overlay', page }));
    if (!nonce) return alive() ? undefined : this.end();
    if (this.#overlay || this.#stop.signal.aborted) return;
    const src = `${chrome.runtime.getURL('extension/overlay/index.html')}#${nonce}`;
    this.#overlay = openHost(src, (tamper) => void say({ kind: 'tamper', tamper }), this.#stop.signal);
  }

  #close(): void {
    this.#overlay?.close();
    this.#overlay = null;
    void say({ kind: 'overlay-closed' });
  }

  #routeChanged(): void {
    if (!alive()) return this.end();
    this.#route.abort();
    this.#route = new AbortController();
    const { signal } = this.#route;
    const timers = LOOKS.map((after, index) =>
      setTimeout(() => this.#look(signal, index === LOOKS.length - 1), after),
    );
    const forget = () => timers.forEach(clearTimeout);
    signal.addEventListener('abort', forget);
  }

  #look(route: AbortSignal, last: boolean): void {
    if (route.aborted) return;
    const adapter = adapterFor(document, this.#off);
    if (adapter && this.#pillOn !== route) {
      this.#pillOn = route;
      showPill(adapter.pillAnchor(document), () => this.toggle(), route);
    }
    if (adapter || last) this.#tell(adapter);
  }

  #read(): PageReading | null {
    const adapter = adapterFor(document, this.#off);
    this.#reading = adapter ? readPage(adapter, document) : null;
    return this.#reading;
  }

  #tell(adapter: Adapter | null): void {
    const now = adapter ? readPage(adapter, document) : null;
    const changed = !sameReading(now, this.#reading);
    this.#reading = now;
    if (changed && this.#overlay) void say({ kind: 'page-changed', page: now });
  }
}
