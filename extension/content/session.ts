import type { Treatments } from '../../shared/domain/reconcile/types.ts';
import type { NoteResult, PageReading, PillState, Tamper, ToPage } from '../../shared/protocol/overlay.ts';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { attempt } from '../sites/reach.ts';
import { pillAnchor } from '../sites/reader.ts';
import type { OverlayHost } from './host.ts';
import { alive, onAsked, readNonce, readPill, readWelcome, say } from './messages.ts';
import { PageWatch } from './page-watch.ts';
import { pieces } from './pieces.ts';
import { type Pill, showPill } from './pill.ts';

/**
 * An update leaves the version before in the page, in a world of its own that nobody can reach but over the page's
 * events: it gives its pill up when the next one starts, and its form, which says what has happened, when the next one
 * opens its own. One that is alive does not listen, so it is nothing to a page that sends the same.
 */
const NEXT = { starts: 'x-starts', opens: 'x-opens' } as const;

/** How often the form is opened again in a page that takes it out; then the toolbar opens the side panel. */
const MAX_RETURNS = 3;

/**
 * One document for as long as it is the same extension: one signal ends every listener, timer and element. The page
 * itself has the pill and the form; a frame in it reads what stands there, and takes a note.
 */
export class PageSession {
  readonly #stop = new AbortController();
  readonly #top = window === window.top;
  #watch: PageWatch | null = null;
  #pill: Pill | null = null;
  #overlay: OverlayHost | null = null;
  #lost = 0;
  #address = location.href;

  /** Starts on this page. It can be asked at once: the toolbar puts the script in and asks in one go. */
  async start(): Promise<void> {
    const { signal } = this.#stop;
    this.#listen(signal);
    document.dispatchEvent(new Event(NEXT.starts));
    const sites = readWelcome(await say({ kind: 'page-here' }));
    if (!sites || signal.aborted) return this.end();
    this.#watch = new PageWatch(
      sites,
      (page, settled) =>
        void say({ kind: 'page-read', page, settled }).then((said) => this.#show(readPill(said))),
      signal,
    );
    this.#watch.begin();
  }

  #listen(signal: AbortSignal): void {
    onAsked((message) => this.#answer(message), signal);
    const still = () => alive() || this.end();
    document.addEventListener('visibilitychange', still, { signal });
    window.addEventListener('focus', still, { signal });
    document.addEventListener(NEXT.opens, still, { signal });
    document.addEventListener(NEXT.starts, () => alive() || this.#pill?.remove(), { signal });
    window.navigation?.addEventListener('currententrychange', () => this.#routeChanged(), { signal });
  }

  async #answer(message: ToPage): Promise<PageReading | Treatments | NoteResult | Tamper | boolean | null> {
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
        return this.#watch?.read(message.patient) ?? null;
      case 'look':
        return this.#overlay?.look() ?? 'disturbed';
      case 'watch':
        this.#watch?.often(message.on);
        return true;
      case 'pill':
        this.#show(message.pill);
        return true;
      case 'read-rows':
        return (
          attempt(() =>
            pieces.countersignReadTreatments?.(this.#watch?.site ?? null, document, this.#watch?.chosen),
          ) ?? null
        );
      case 'put-note':
        return (
          pieces.countersignPutNote?.(this.#watch?.site ?? null, message.text, message.patient) ?? 'no-field'
        );
    }
  }

  /** Takes everything off the page again. */
  end(): void {
    this.#stop.abort();
    this.#pill?.remove();
    this.#overlay?.close();
  }

  /** Opens the form, or closes it: pill, toolbar and shortcut all come here. */
  toggle(): void {
    if (!alive()) return this.end();
    if (this.#overlay) return this.#close();
    void this.#open();
  }

  async #open(): Promise<void> {
    const nonce = readNonce(await say({ kind: 'open-overlay' }));
    if (!nonce) return alive() ? undefined : this.end();
    const openHost = pieces.countersignOpenHost;
    if (!openHost || this.#overlay || this.#stop.signal.aborted) return;
    document.dispatchEvent(new Event(NEXT.opens));
    const src = `${chrome.runtime.getURL('extension/overlay/index.html')}#${nonce}`;
    const onTamper = (tamper: Tamper) => void say({ kind: 'tamper', tamper });
    this.#overlay = openHost(src, { onTamper, onLost: () => this.#reopen() }, this.#stop.signal);
  }

  /** The page took the frame out, and its number is burned: what was typed waits as a draft in the next one. */
  #reopen(): void {
    this.#close();
    this.#lost += 1;
    if (this.#lost <= MAX_RETURNS) return void this.#open();
    void say({ kind: 'tamper', tamper: 'disturbed' });
  }

  #close(): void {
    this.#overlay?.close();
    this.#overlay = null;
    // Whose it was is said anew with the next form.
    if (this.#watch) this.#watch.chosen = undefined;
    void say({ kind: 'overlay-closed' });
  }

  #routeChanged(): void {
    if (!alive()) return this.end();
    // Some pages note the same address again and again.
    if (location.href === this.#address) return;
    this.#address = location.href;
    this.#show('none');
    this.#watch?.begin();
  }

  /** The pill stands as long as there is something to press it for; a page that redraws itself keeps it. */
  #show(state: PillState | null): void {
    if (!this.#top || state === null || this.#stop.signal.aborted || state === this.#pill?.state) return;
    this.#pill?.remove();
    this.#pill =
      state === 'none' ? null : showPill(state, this.#anchor(this.#watch?.site), () => this.toggle());
  }

  #anchor(site: SiteDefinition | null | undefined): Element | null {
    return site ? pillAnchor(site, document) : null;
  }
}
