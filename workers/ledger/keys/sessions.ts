import { toBase64Url } from '../../../shared/ledger/bytes.ts';
import type { OpenKeys } from './person.ts';
import { TypedPins } from './typed-pins.ts';

/** How long a session lasts: so many milliseconds without a use, and never past `end` (ms since 1970). */
export type Limits = { idleMs: number; end: number };
type Held = { keys: OpenKeys; expires: number; limits: Limits; timer: ReturnType<typeof setTimeout> };

/** Who is signed in, in this worker's memory only. Keys are dropped when their person has been idle for too long. */
export class Sessions {
  readonly #held = new Map<string, Held>();
  readonly #now: () => number;
  /** What ends a session ends this too. */
  readonly typed = new TypedPins();
  /** Told of each session that is over without `end` or `endAll`: it ran out, or its person may not sign any more. */
  onExpired: (session: string) => void = () => {};

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Starts a session; `expires` in milliseconds since 1970, put off by every use. */
  start(keys: OpenKeys, limits: Limits): { session: string; expires: number } {
    const session = toBase64Url(crypto.getRandomValues(new Uint8Array(24)));
    return { session, expires: this.#hold(session, keys, limits) };
  }

  /** The keys of a session that is not over, which this use keeps open. */
  use(session: string): OpenKeys | null {
    const held = this.#held.get(session);
    if (!held) return null;
    if (held.expires <= this.#now()) {
      this.#expire(session);
      return null;
    }
    clearTimeout(held.timer);
    this.#hold(session, held.keys, held.limits);
    return held.keys;
  }

  end(session: string): void {
    clearTimeout(this.#held.get(session)?.timer);
    this.#held.delete(session);
  }

  /** Ends whatever is open of a person, or of one of their keys. */
  endOf(staff: string, keyId?: string): void {
    this.typed.forget(staff, keyId);
    for (const [session, { keys }] of [...this.#held]) {
      if (keys.staff === staff && (keyId ?? keys.keyId) === keys.keyId) this.#expire(session);
    }
  }

  endAll(): void {
    this.typed.forget();
    for (const session of [...this.#held.keys()]) this.end(session);
  }

  #hold(session: string, keys: OpenKeys, limits: Limits): number {
    const expires = Math.min(this.#now() + limits.idleMs, limits.end);
    const timer = setTimeout(() => this.#expire(session), expires - this.#now());
    this.#held.set(session, { keys, expires, limits, timer });
    return expires;
  }

  #expire(session: string): void {
    this.end(session);
    this.onExpired(session);
  }
}
