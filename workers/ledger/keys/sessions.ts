import { toBase64Url } from '../../../shared/ledger/bytes.ts';
import type { OpenKeys } from './person.ts';

type Held = { keys: OpenKeys; expires: number; idleMs: number; timer: ReturnType<typeof setTimeout> };

/** Who is signed in, in this worker's memory only. Keys are dropped when their person has been idle for too long. */
export class Sessions {
  readonly #held = new Map<string, Held>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Starts a session; `expires` in milliseconds since 1970, put off by every use. */
  start(keys: OpenKeys, idleMs: number): { session: string; expires: number } {
    const session = toBase64Url(crypto.getRandomValues(new Uint8Array(24)));
    const expires = this.#now() + idleMs;
    this.#held.set(session, { keys, expires, idleMs, timer: this.#timer(session, idleMs) });
    return { session, expires };
  }

  /** The keys of a session that is not over, which this use keeps open. */
  use(session: string): OpenKeys | null {
    const held = this.#held.get(session);
    if (!held) return null;
    clearTimeout(held.timer);
    if (held.expires <= this.#now()) {
      this.#held.delete(session);
      return null;
    }
    held.expires = this.#now() + held.idleMs;
    held.timer = this.#timer(session, held.idleMs);
    return held.keys;
  }

  endAll(): void {
    for (const { timer } of this.#held.values()) clearTimeout(timer);
    this.#held.clear();
  }

  #timer(session: string, idleMs: number) {
    return setTimeout(() => this.#held.delete(session), idleMs);
  }
}
