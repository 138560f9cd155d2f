import { parseAnswer } from '../../shared/protocol/bridge.ts';
import type { HeadAlarm, LinkState } from '../../shared/protocol/overlay.ts';
import { mayReachApp } from '../app-access.ts';
import { HEALTH_KEY, type Healths, parseHealths } from '../sites/health.ts';
import { sleepOn, wakeEachMinute } from './alarm.ts';
import { badgeOf, showBadge } from './badge.ts';
import { BridgeLink } from './bridge-link.ts';
import { Courier } from './courier.ts';
import { type Frames, parseFrames } from './frames.ts';
import { judgeHead, parseRemembered } from './head-memory.ts';
import { closeOffscreen } from './offscreen.ts';
import { Outbox } from './outbox.ts';
import { outboxDb } from './outbox-db.ts';
import { type Parts, parseParts } from './parts.ts';
import { OpenPorts } from './ports.ts';
import { type Shelf, shelfAt, storagePlace } from './shelf.ts';
import { parseTickets, type Tickets } from './tickets.ts';
import { parseWishes, type Wishes } from './wishes.ts';
import { WorkCount } from './work.ts';

/** So long after something could not be sent it is tried again, in milliseconds; from then on each minute. */
const AGAIN = [1_000, 3_000, 10_000];

/** A bridge that goes again and again is not made anew more often than this, in milliseconds. */
const COME_BACK = 3_000;

const parseTabs = (stored: unknown): number[] =>
  Array.isArray(stored) ? stored.filter((tab) => typeof tab === 'number') : [];

/** What the background has in hand while it lives. All that has to outlive it is in the outbox and on the shelves. */
export class Desk {
  readonly ports = new OpenPorts();
  readonly tickets: Shelf<Tickets> = shelfAt(storagePlace('session', 'tickets'), parseTickets);
  readonly frames: Shelf<Frames> = shelfAt(storagePlace('session', 'frames'), parseFrames);
  /** What the documents of each tab say, by frame. */
  readonly parts: Shelf<Parts> = shelfAt(storagePlace('session', 'parts'), parseParts);
  /** Tabs in which somebody is pointing at fields. */
  readonly picking: Shelf<number[]> = shelfAt(storagePlace('session', 'picking'), parseTabs);
  readonly health: Shelf<Healths> = shelfAt(storagePlace('local', HEALTH_KEY), parseHealths);
  /** What a person wants the form of a tab to open with. */
  readonly wishes: Shelf<Wishes> = shelfAt(storagePlace('session', 'wishes'), parseWishes);
  readonly #head = shelfAt(storagePlace('local', 'head'), parseRemembered);
  readonly outbox: Outbox;
  readonly courier: Courier;
  readonly link: BridgeLink;
  readonly work: WorkCount;
  /** Tabs whose page is in the way of the form. Not kept: after a death the first press only closes the form. */
  readonly hindered = new Set<number>();
  linkState: LinkState = { state: 'connecting' };
  alarm: HeadAlarm | null = null;

  constructor() {
    this.link = new BridgeLink(
      mayReachApp,
      (state) => this.#linkChanged(state),
      () => void this.#ledgerChanged(),
    );
    this.work = new WorkCount(
      (method, args) => this.link.call(method, args),
      () => void this.#badge(),
    );
    const { store, sealer } = outboxDb();
    this.outbox = new Outbox(
      store,
      sealer,
      () => new Date().toISOString(),
      () => void this.outboxChanged(),
    );
    this.courier = new Courier(
      this.outbox,
      (method, args) => this.link.call(method, args),
      () => void this.lookAtHead(),
    );
  }

  /** Shows what waits, and sees to it that somebody looks again while anything does. */
  async outboxChanged(): Promise<void> {
    const waiting = await this.outbox.waiting();
    this.ports.toAll({ kind: 'waiting', waiting });
    await this.#badge();
    if (waiting.length > 0) await wakeEachMinute();
  }

  async #badge(): Promise<void> {
    const waiting = await this.outbox.waiting();
    const held = waiting.map(({ entryId }) => entryId);
    await showBadge(badgeOf(held, await this.work.last(), this.alarm !== null));
  }

  /** Counts what waits in the ledger, where that was not done lately, and sees to it that the bridge is closed again. */
  async countWork(): Promise<void> {
    // A ledger that was never seen is not asked: that is for somebody who opens the form.
    if ((await this.#head.read()) === null || !(await this.work.isOld(Date.now()))) return;
    await wakeEachMinute();
    await this.work.count();
  }

  /** Sends what waits, if anything does: the bridge is not woken for nothing. */
  async drain(): Promise<void> {
    const [signed, drafts] = await Promise.all([this.outbox.toSend(), this.outbox.toTell()]);
    if (signed.length + drafts.length > 0) await this.courier.drain();
  }

  /** Sends what waits as soon as the ledger is back: most of what is in the way is over in seconds. */
  async drainSoon(): Promise<void> {
    if (this.#soon) return;
    this.#soon = true;
    for (const wait of AGAIN) {
      await new Promise((done) => setTimeout(done, wait));
      await this.drain().catch(() => undefined);
      if ((await this.outbox.toSend()).length === 0) break;
    }
    this.#soon = false;
  }
  #soon = false;

  /** Each minute while something is open or waits; afterwards the bridge is closed, and unlocked keys with it. */
  async tick(): Promise<void> {
    // Where the disk has no room nothing can be looked at, and the keys are not left lying open for that.
    const waiting = await this.drain()
      .then(() => this.outbox.waiting())
      .catch(() => null);
    if (this.ports.size > 0) return;
    await closeOffscreen();
    if (waiting?.length === 0) await sleepOn();
  }

  /** Compares the ledger with the head that is remembered here. */
  async lookAtHead(): Promise<void> {
    const reply = await this.link.call('status', []);
    const status = reply.ok ? parseAnswer('status', reply.value) : null;
    if (!status?.ok) return;
    const alarm = await this.#head.change((remembered) => {
      const judged = judgeHead(remembered, status.value);
      return { next: judged.remember, result: judged.alarm };
    });
    const changed = JSON.stringify(alarm) !== JSON.stringify(this.alarm);
    this.alarm = alarm;
    if (!changed) return;
    this.ports.toAll({ kind: 'alarm', alarm });
    await this.outboxChanged();
  }

  /** A person has looked at the alarm and says that this is the ledger now. */
  async acceptLedger(): Promise<void> {
    await this.#head.change(() => ({ next: null, result: undefined }));
    // The bridge has seen the longer ledger too; a new one looks without that memory, and is looked at when it stands.
    await this.link.tryAgain();
  }

  /** What the browser lets the extension at has changed: the way to the ledger opens with the app's origin, and ends. */
  async accessChanged(): Promise<void> {
    if (!(await mayReachApp())) await closeOffscreen();
    if (this.ports.size > 0) await this.link.state();
  }

  async #ledgerChanged(): Promise<void> {
    await this.courier.settleSigned();
    await this.work.count();
  }

  /**
   * The document that holds the bridge may go under an open form or just before one opens: nobody should have to press
   * for a new one. Where a document stands and reaches no ledger, this finds it standing.
   */
  #comeBack(): void {
    const now = Date.now();
    if (this.ports.size === 0 || now - this.#cameBack < COME_BACK) return;
    this.#cameBack = now;
    void this.link.state();
  }
  #cameBack = 0;

  #linkChanged(state: LinkState): void {
    this.linkState = state;
    this.ports.toAll({ kind: 'link', link: state });
    if (state.state === 'unreachable') this.#comeBack();
    if (state.state !== 'paired') return;
    void this.lookAtHead()
      .catch(() => undefined)
      .then(() => this.drain());
    void this.#ledgerChanged();
  }
}
