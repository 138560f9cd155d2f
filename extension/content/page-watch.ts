import type { PageReading } from '../../shared/protocol/overlay.ts';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { siteAt } from '../sites/choose.ts';
import { attempt } from '../sites/reach.ts';
import { readSite } from '../sites/reader.ts';
import { sameReading } from '../sites/same.ts';

/** After a change of route the page draws itself in its own time: when to look, in milliseconds after the change. */
const LOOKS = [0, 100, 300, 700, 1500, 3000];
/** While a form is open: how long between looks, in milliseconds, and how many times a look's own cost at the least. */
const EVERY = 1000;
const REST = 50;
/** A page that never rests is looked at all the same, after so many milliseconds. */
const IDLE_WITHIN = 300;

/** Hears every reading that differs from the one before, and the one after which the page has settled. */
type Tell = (page: PageReading | null, settled: boolean) => void;

/**
 * Reads one document when there is reason to: it has come, its route has changed, a form is open over it. Between
 * those nothing runs; nothing observes the page.
 */
export class PageWatch {
  reading: PageReading | null = null;
  /** The one of several patients that a person has chosen. */
  chosen: string | undefined;
  readonly #sites: readonly SiteDefinition[];
  readonly #tell: Tell;
  readonly #stop: AbortSignal;
  #turn = 0;
  #open = false;
  #looks: ReturnType<typeof setTimeout>[] = [];
  #every: ReturnType<typeof setTimeout> | undefined;

  constructor(sites: readonly SiteDefinition[], tell: Tell, stop: AbortSignal) {
    this.#sites = sites;
    this.#tell = tell;
    this.#stop = stop;
    stop.addEventListener('abort', () => {
      this.#forget();
      clearTimeout(this.#every);
    });
  }

  /** The site that reads this document. For a frame the background has chosen it, by the page around it. */
  get site(): SiteDefinition | null {
    if (window !== window.top) return this.#sites[0] ?? null;
    return siteAt(this.#sites, new URL(location.href));
  }

  /** The route has changed, or the document is new. */
  begin(): void {
    this.#forget();
    if (this.#stop.aborted) return;
    this.reading = null;
    this.chosen = undefined;
    const turn = this.#turn;
    const look = (index: number) => turn === this.#turn && this.#look(index === LOOKS.length - 1);
    this.#looks = LOOKS.map((after, index) => setTimeout(() => this.#rest(() => look(index)), after));
  }

  /**
   * When the page has just been drawn: at any other time, asking what is seen makes the browser lay out whatever has
   * changed there and then, which takes long on a large page.
   */
  #rest(act: () => void): void {
    requestIdleCallback(() => this.#stop.aborted || act(), { timeout: IDLE_WITHIN });
  }

  /** Looks again and again while a form is open: pages move on to another patient without changing their address. */
  often(on: boolean): void {
    this.#open = on;
    clearTimeout(this.#every);
    if (!on || this.#stop.aborted) return;
    const started = performance.now();
    this.#look(false);
    const cost = performance.now() - started;
    const again = () => this.#rest(() => this.#open && this.often(true));
    this.#every = setTimeout(again, Math.max(EVERY, cost * REST));
  }

  /** Reads now, and of the patients that stand here this one from now on, where one is named. */
  read(chosen = this.chosen): PageReading | null {
    this.chosen = chosen;
    // A frame that nobody sees holds another patient's tab.
    const hidden = window !== window.top && (innerWidth === 0 || innerHeight === 0);
    const site = hidden ? null : this.site;
    this.reading = site ? (attempt(() => readSite(site, document, undefined, this.chosen)) ?? null) : null;
    return this.reading;
  }

  #look(settled: boolean): void {
    const before = this.reading;
    const now = this.read();
    if (settled || !sameReading(before, now)) this.#tell(now, settled);
  }

  #forget(): void {
    this.#turn += 1;
    this.#looks.forEach(clearTimeout);
  }
}
