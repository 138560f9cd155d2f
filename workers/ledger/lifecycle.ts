import type { LedgerStatus, RememberedHead } from '../../shared/protocol/ledger.ts';
import type { Context } from './context.ts';
import { type OpenResult, openDatabase } from './store/database.ts';

/** Opening the store, and what can be said of it before anything is read from it. */
export class Lifecycle {
  readonly #context: Context;
  #opening: Promise<OpenResult> | null = null;
  #remembered: RememberedHead | null = null;
  #superseded = false;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Opens the store. Called again, it looks again. */
  async open(remembered: RememberedHead | null): Promise<LedgerStatus> {
    this.#remembered = remembered;
    return this.status();
  }

  async status(): Promise<LedgerStatus> {
    if (this.#superseded) {
      return {
        state: 'closed',
        reason: 'A newer version of this page is open in another tab. Reload this one.',
      };
    }
    this.#opening ??= openDatabase(this.#context.db, {
      superseded: () => {
        this.#superseded = true;
        this.#context.announce({ kind: 'newer-version' });
      },
    });
    const result = await this.#opening;
    // Whatever kept it from opening may be gone at the next look.
    if (result.state !== 'open' && result.state !== 'newer-format') this.#opening = null;
    return result.state === 'open' ? this.#look() : result;
  }

  async #look(): Promise<LedgerStatus> {
    const { effects, projection } = this.#context;
    const head = await effects.store.head();
    const remembered = this.#remembered;
    if (remembered && !(await this.#holds(remembered))) {
      return { state: 'vanished', remembered, found: head && { size: head.size, hash: head.hash } };
    }
    if (!head) return { state: 'empty' };
    const { state } = await projection.catchUp(head);
    const genesis = (await effects.store.range(0, 1))[0];
    return {
      ...{ state: 'ready', ledger: head.ledger, device: head.device },
      ...{ facility: state.ledger?.facility.name ?? '', demo: state.ledger?.demo ?? false },
      head: { size: head.size, hash: head.hash },
      genesis: genesis?.hash ?? '',
    };
  }

  /** True where the log that was remembered elsewhere is still the beginning of this one. */
  async #holds({ ledger, size, hash }: RememberedHead): Promise<boolean> {
    const { store } = this.#context.effects;
    const head = await store.head();
    if (!head || head.ledger !== ledger || head.size < size) return false;
    const [last] = await store.range(size - 1, size);
    return last?.hash === hash;
  }
}
