import type { ChangeNotice } from '../../shared/protocol/ledger.ts';
import { done, type Outcome } from '../../shared/protocol/outcome.ts';
import type { Access, SignedIn } from '../../shared/protocol/vault.ts';
import type { Context } from './context.ts';
import type { OpenKeys } from './keys/person.ts';
import { unlock } from './people.ts';

/**
 * Who is signed in on this page. A session lives in the memory of one worker; what is stored is only that somebody
 * has signed in on this device and not signed out. So a page that was reloaded, or another tab, finds a lock and not
 * the session, and the lock outlives the browser.
 */
export class AccessDesk {
  readonly #context: Context;
  #who: SignedIn | null = null;
  /** Called whenever nobody is signed in here any more: what was decrypted has to go. */
  onLeft: () => void = () => {};

  constructor(context: Context) {
    this.#context = context;
    context.sessions.onExpired = (session) => {
      if (session === this.#who?.session) void this.lock();
    };
    context.onNotice((notice) => this.#hear(notice));
  }

  async access(): Promise<Access> {
    if (this.keys()) return { state: 'signed-in', who: this.#signedIn() };
    const row = await this.#context.db.meta.get('access');
    if (row?.key !== 'access' || !row.guarded) return { state: 'open' };
    return { state: 'locked', ...(row.by === undefined ? {} : { by: row.by }) };
  }

  /** The keys of whoever is signed in on this page; asking keeps them signed in. */
  keys(): OpenKeys | null {
    return this.#who && this.#context.sessions.use(this.#who.session);
  }

  async signIn(staff: string, pin: string): Promise<Outcome<SignedIn>> {
    const { db, now, projection } = this.#context;
    const opened = await unlock(this.#context, staff, pin);
    if (!opened.ok) return opened;
    // Guarded before anybody is in: a page that dies here leaves a lock, never an open screen.
    await db.meta.put({ key: 'access', guarded: true, by: staff });
    this.#leave();
    const { state } = await projection.catchUp();
    const idleSeconds = Math.round((Date.parse(opened.value.expires) - now()) / 1000);
    this.#who = { ...opened.value, name: state.staff[staff]?.name ?? '', idleSeconds };
    return done(this.#who);
  }

  /** Covers the screen in every tab until somebody types a PIN. */
  async lock(): Promise<void> {
    await this.#end(true);
  }

  async signOut(): Promise<void> {
    await this.#end(false);
  }

  stayAwake(): boolean {
    const here = this.keys() !== null;
    if (here) this.#context.announce({ kind: 'awake' });
    return here;
  }

  async #end(guarded: boolean): Promise<void> {
    const { db, sessions, announce } = this.#context;
    const by = this.#who?.staff;
    this.#leave();
    sessions.endAll();
    announce({ kind: 'access', state: guarded ? 'locked' : 'open' });
    await db.transaction('rw', db.meta, async () => {
      const before = await db.meta.get('access');
      const last = by ?? (before?.key === 'access' ? before.by : undefined);
      await db.meta.put({ key: 'access', guarded, ...(last === undefined ? {} : { by: last }) });
    });
  }

  /** What is done in one tab is done in all of them. */
  #hear(notice: ChangeNotice): void {
    if (notice.kind === 'awake') this.keys();
    if (notice.kind !== 'access') return;
    this.#leave();
    this.#context.sessions.endAll();
  }

  #leave(): void {
    if (this.#who) this.#context.sessions.end(this.#who.session);
    this.#who = null;
    this.onLeft();
  }

  #signedIn(): SignedIn {
    if (!this.#who) throw new Error('Nobody is signed in.');
    return this.#who;
  }
}
