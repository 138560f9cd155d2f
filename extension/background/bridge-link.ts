import {
  declined,
  isChanged,
  parseReply,
  parseStanding,
  type Reply,
  type Standing,
  UNREACHABLE,
} from '../../shared/protocol/bridge.ts';
import type { CaptureMethod } from '../../shared/protocol/capture-schema.ts';
import type { Refusal } from '../../shared/protocol/outcome.ts';
import { type LinkState, PORTS } from '../../shared/protocol/overlay.ts';
import { openOffscreen } from './offscreen.ts';

/** The slowest honest answer is a PIN on an old tablet; after this the ledger counts as out of reach. Milliseconds. */
const PATIENCE = 30_000;

/**
 * What is not asked again where its answer was lost on the way: a signature, since the person has to know that their PIN
 * went unheard, and an entry, which the courier alone sends again.
 */
const ASKED_ONCE: readonly CaptureMethod[] = ['sign', 'append'];

/** The browser has not been asked for the app's origin, or it was taken back. */
const NOT_ALLOWED: Refusal = {
  code: 'unreachable',
  message: 'The browser does not let this extension at the app yet. Connect it in its settings.',
};
class NotAllowed extends Error {}

type Line = { port: chrome.runtime.Port; standing: Promise<Standing> };

/**
 * The way to the ledger: a port to the offscreen document, which holds the bridge. Made when it is needed, by this
 * side, so that neither keeps the other awake; the worker that comes after a death makes a new one.
 */
export class BridgeLink {
  #line: Promise<Line> | null = null;
  /** How often the document behind the way has gone. */
  #lost = 0;
  readonly #waiting = new Map<string, (reply: Reply) => void>();
  readonly #allowed: () => Promise<boolean>;
  readonly #onState: (state: LinkState) => void;
  readonly #onChange: () => void;

  /**
   * `allowed` says whether the browser lets us at the app's origin; `onChange` is told when something in the ledger has
   * changed while the way to it is open.
   */
  constructor(allowed: () => Promise<boolean>, onState: (state: LinkState) => void, onChange: () => void) {
    this.#allowed = allowed;
    this.#onState = onState;
    this.#onChange = onChange;
  }

  /** Sends a call and waits for its reply. Never rejects: what goes wrong on the way is a refusal. */
  async call(method: CaptureMethod, args: readonly unknown[]): Promise<Reply> {
    const id = crypto.randomUUID();
    try {
      const line = await this.#connected();
      const standing = await line.standing;
      if (standing.state !== 'paired') return declined(id, refusalFor(standing));
      return await this.#ask(line.port, id, { kind: 'call', id, method, args: [...args] });
    } catch (error) {
      if (error instanceof NotAllowed) return declined(id, NOT_ALLOWED);
      this.#line = null;
      this.#lost += 1;
      return declined(id, UNREACHABLE);
    }
  }

  /**
   * As {@link call}; what was asked of a document that went away before it answered is asked of the next one, once, while
   * somebody still wants to know: they should not have to press again for it. Not what is {@link ASKED_ONCE}.
   */
  async callAgain(method: CaptureMethod, args: readonly unknown[], wanted: () => boolean): Promise<Reply> {
    const lost = this.#lost;
    const reply = await this.call(method, args);
    const heard = reply.ok || this.#lost === lost;
    return heard || ASKED_ONCE.includes(method) || !wanted() ? reply : this.call(method, args);
  }

  /** Asks the bridge anew whether it answers us: after the app was started, or a person has approved. */
  async tryAgain(): Promise<void> {
    const line = await this.#connected().catch(() => null);
    line?.port.postMessage({ kind: 'try-again' });
  }

  /** Where things stand, once that is known. */
  async state(): Promise<LinkState> {
    try {
      return linkState(await (await this.#connected()).standing);
    } catch (error) {
      return error instanceof NotAllowed ? { state: 'not-allowed' } : linkState(UNANSWERED);
    }
  }

  #ask(port: chrome.runtime.Port, id: string, message: unknown): Promise<Reply> {
    return new Promise((resolve) => {
      const finish = (reply: Reply) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(reply);
      };
      const timer = setTimeout(() => finish(declined(id, UNREACHABLE)), PATIENCE);
      this.#waiting.set(id, finish);
      port.postMessage(message);
    });
  }

  #connected(): Promise<Line> {
    this.#line ??= this.#connect().catch((error) => {
      this.#line = null;
      throw error;
    });
    return this.#line;
  }

  async #connect(): Promise<Line> {
    if (!(await this.#allowed())) {
      this.#onState({ state: 'not-allowed' });
      throw new NotAllowed();
    }
    this.#onState({ state: 'connecting' });
    await openOffscreen();
    const port = chrome.runtime.connect(undefined, { name: PORTS.bridge });
    let settle: (standing: Standing) => void = () => {};
    const line = { port, standing: new Promise<Standing>((resolve) => (settle = resolve)) };
    port.onMessage.addListener((message: unknown) => {
      const standing = parseStanding(message);
      if (standing) {
        settle(standing);
        line.standing = Promise.resolve(standing);
        this.#onState(linkState(standing));
        return;
      }
      if (isChanged(message)) return this.#onChange();
      const reply = parseReply(message);
      if (reply) this.#waiting.get(reply.id)?.(reply);
    });
    port.onDisconnect.addListener(() => {
      this.#line = null;
      this.#lost += 1;
      settle(UNANSWERED);
      for (const [id, finish] of this.#waiting) finish(declined(id, UNREACHABLE));
      this.#onState({ state: 'unreachable' });
    });
    return line;
  }
}

const UNANSWERED: Standing = { kind: 'standing', state: 'unreachable' };

const linkState = (standing: Standing): LinkState =>
  standing.state === 'not-paired' ? { state: 'not-paired', code: standing.code } : { state: standing.state };

const refusalFor = (standing: Standing) =>
  standing.state === 'not-paired'
    ? {
        code: 'not-paired' as const,
        message: `The ledger does not know this extension yet. Open the Countersign app, Settings, and approve code ${standing.code}.`,
      }
    : UNREACHABLE;
