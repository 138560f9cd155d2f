import { signal } from '@preact/signals';
import type { Treatments } from '../../shared/domain/reconcile/types.ts';
import { joinWindows } from '../../shared/domain/reconcile/windows.ts';
import {
  capturePortOver,
  declined,
  parseReply,
  type Reply,
  UNREACHABLE,
} from '../../shared/protocol/bridge.ts';
import type { CapturePort } from '../../shared/protocol/capture.ts';
import type { CaptureMethod } from '../../shared/protocol/capture-schema.ts';
import {
  type FromFrame,
  type HeadAlarm,
  type LinkState,
  type NoteResult,
  PORTS,
  parseToFrame,
  type SiteReading,
  type Tamper,
  type ToFrame,
  type Waiting,
} from '../../shared/protocol/overlay.ts';

/** `none`: the page lists no treatments that could be read. */
export type ReadRows = { state: 'reading' } | { state: 'none' } | ({ state: 'read' } & Treatments);

type Sent = { method: CaptureMethod; message: unknown; settle: (reply: Reply) => void };

/** Reconnecting this often within one call means that nobody is there. */
const RETURNS = 5;
/**
 * A worker that was killed does not always close its ports. While an answer is awaited the background is asked for a
 * sign of life this often, in milliseconds; one that is missing when the next is due means a new port.
 */
const HEARTBEAT = 3_000;
/** How often the form sees whether its extension is still the one that is installed, in milliseconds. */
const WATCH = 500;
/** The browser takes the id away from the pages of a version that it has replaced. */
const isOutdated = (): boolean => chrome.runtime?.id === undefined;

/** What became of a line for the page, or of the press for it. */
export type NoteSaid = NoteResult | 'out-of-sight';

/**
 * The frame's port to the background. The background may die under it: calls that can be made twice are made again on
 * a new port, a signature is not, since the person has to know that their PIN went unheard.
 */
export class Connection {
  /** `outdated`: the extension was updated, and nobody hears this form any more. */
  readonly door = signal<'opening' | 'open' | 'shut' | 'outdated'>('opening');
  readonly tab = signal<number | null>(null);
  readonly site = signal<SiteReading | null>(null);
  readonly tamper = signal<Tamper>('none');
  readonly link = signal<LinkState>({ state: 'connecting' });
  /** The ledger was reached once: from then on the form stays, whatever becomes of the way to it. */
  readonly reached = signal(false);
  readonly alarm = signal<HeadAlarm | null>(null);
  readonly waiting = signal<readonly Waiting[]>([]);
  readonly note = signal<NoteSaid | null>(null);
  /** A drug that was selected in the page, to open the form with. */
  readonly drug = signal<string | null>(null);
  /** Whether the page's words were kept as a draft, when that was last asked for. */
  readonly kept = signal<boolean | null>(null);
  /** The treatments that the page lists, once they were asked for. */
  readonly rows = signal<ReadRows>({ state: 'reading' });
  readonly capture: CapturePort;

  readonly #nonce: string | null;
  readonly #calls = new Map<string, Sent>();
  #port: chrome.runtime.Port | null = null;
  #returns = 0;
  /** What was read of the page's list so far. */
  #listed: Treatments | null = null;
  /** What was said since the last sign of life, to be said again on a new port. */
  #unheard: FromFrame[] = [];
  #pulse: { timer: number; heard: boolean } | null = null;
  #pongs: (() => void)[] = [];
  #beside: FromFrame | null = null;

  /** `nonce` from the frame's address; `null` for a window of its own. */
  constructor(nonce: string | null) {
    this.#nonce = nonce;
    this.capture = capturePortOver((method, args) => this.#call(method, args));
    this.#connect();
    // An update does not close the ports of the version before: a form would take what is typed and keep none of it.
    const watch = setInterval(() => {
      if (!isOutdated()) return;
      clearInterval(watch);
      this.#drop();
    }, WATCH);
  }

  say(message: FromFrame): void {
    // A background that comes after a death is told anew what it stands beside.
    if (message.kind === 'beside') this.#beside = message;
    this.#returns = 0;
    this.#unheard.push(message);
    this.#post(message);
    this.#beat();
  }

  /** Resolves with a sign of life from the background, the page's watch with it; or when nobody is there any more. */
  alive(): Promise<void> {
    this.#returns = 0;
    return new Promise((resolve) => {
      this.#pongs.push(resolve);
      if (this.#pulse) this.#post({ kind: 'ping' } satisfies FromFrame);
      else this.#beat();
    });
  }

  #post(message: unknown): void {
    try {
      this.#port?.postMessage(message);
    } catch {
      this.#lost();
    }
  }

  #beat(): void {
    if (this.#pulse) return;
    this.#post({ kind: 'ping' } satisfies FromFrame);
    const timer = window.setTimeout(() => {
      const heard = this.#pulse?.heard === true;
      this.#pulse = null;
      if (!heard) return this.#drop();
      if (this.#awaiting()) this.#beat();
    }, HEARTBEAT);
    this.#pulse = { timer, heard: false };
  }

  #awaiting(): boolean {
    return this.#calls.size + this.#unheard.length + this.#pongs.length > 0;
  }

  #pong(): void {
    if (this.#pulse) this.#pulse.heard = true;
    this.#unheard = [];
    for (const resolve of this.#pongs.splice(0)) resolve();
  }

  #drop(): void {
    const port = this.#port;
    this.#lost();
    if (!isOutdated()) port?.disconnect();
  }

  #call(method: CaptureMethod, args: readonly unknown[]): Promise<Reply> {
    const id = crypto.randomUUID();
    const message = { kind: 'call', id, method, args };
    this.#returns = 0;
    return new Promise((resolve) => {
      this.#calls.set(id, { method, message, settle: resolve });
      this.#post(message);
      this.#beat();
    });
  }

  #connect(): void {
    const port = chrome.runtime.connect(undefined, { name: PORTS.frame });
    this.#port = port;
    port.onMessage.addListener((message: unknown) => {
      const reply = parseReply(message);
      if (reply) return this.#settle(reply);
      const told = parseToFrame(message);
      if (told) this.#hear(told);
    });
    port.onDisconnect.addListener(() => {
      if (this.#port === port) this.#lost();
    });
    this.#post({ kind: 'enter', nonce: this.#nonce } satisfies FromFrame);
    if (this.#beside) this.#post(this.#beside);
    for (const { message } of this.#calls.values()) this.#post(message);
    for (const message of this.#unheard) this.#post(message);
    if (this.#awaiting()) this.#beat();
  }

  #lost(): void {
    this.#port = null;
    clearTimeout(this.#pulse?.timer);
    this.#pulse = null;
    for (const [id, { method }] of this.#calls) if (method === 'sign') this.#settle(declined(id, UNHEARD));
    this.#returns += 1;
    const gone = isOutdated();
    if (this.door.value !== 'shut' && this.#returns <= RETURNS && !gone) return this.#connect();
    this.door.value = gone ? 'outdated' : 'shut';
    for (const id of this.#calls.keys()) this.#settle(declined(id, UNREACHABLE));
    for (const resolve of this.#pongs.splice(0)) resolve();
  }

  #settle(reply: Reply): void {
    this.#calls.get(reply.id)?.settle(reply);
    this.#calls.delete(reply.id);
  }

  #linked(link: LinkState): void {
    this.link.value = link;
    if (link.state === 'paired') this.reached.value = true;
  }

  #hear(told: ToFrame): void {
    switch (told.kind) {
      case 'welcome':
        this.#returns = 0;
        this.tab.value = told.tab;
        this.site.value = told.site ?? this.site.value;
        this.tamper.value = told.tamper;
        this.#linked(told.link);
        this.alarm.value = told.alarm;
        this.waiting.value = told.waiting;
        this.door.value = 'open';
        return;
      case 'pong':
        this.tamper.value = told.tamper;
        return this.#pong();
      case 'turned-away':
        this.door.value = 'shut';
        return;
      case 'site':
        this.site.value = told.site;
        return;
      case 'tamper':
        this.tamper.value = told.tamper;
        return;
      case 'link':
        this.#linked(told.link);
        return;
      case 'alarm':
        this.alarm.value = told.alarm;
        return;
      case 'waiting':
        this.waiting.value = told.waiting;
        return;
      case 'drug':
        this.drug.value = told.drug ?? null;
        return;
      case 'draft-kept':
        this.kept.value = told.kept;
        return;
      case 'rows':
        this.#listed = told.read && joinWindows(this.#listed, told.read);
        this.rows.value = this.#listed === null ? { state: 'none' } : { state: 'read', ...this.#listed };
        return;
      case 'note':
        this.note.value = told.result;
        return;
    }
  }
}

const UNHEARD = {
  code: 'unreachable' as const,
  message: 'The connection broke before the signature was made. Nothing was recorded; press again.',
};
