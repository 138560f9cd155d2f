import type { LedgerStatus, RememberedHead } from '../../shared/protocol/ledger.ts';
import type { Refusal } from '../../shared/protocol/outcome.ts';
import type { Context } from './context.ts';
import { refusalOf } from './gate/refusals.ts';
import { type OpenResult, opener } from './store/database.ts';

/** Opening the store, and what can be said of it before anything is read from it. */
export class Lifecycle {
  readonly #context: Context;
  readonly #open: () => Promise<OpenResult>;
  #remembered: RememberedHead | null = null;
  #last: LedgerStatus | null = null;
  #superseded = false;

  constructor(context: Context) {
    this.#context = context;
    this.#open = opener(context.db, {
      superseded: () => {
        this.#superseded = true;
        context.announce({ kind: 'newer-version' });
      },
    });
  }

  /** Opens the store. Called again, it looks again. */
  async open(remembered: RememberedHead | null): Promise<LedgerStatus> {
    this.#remembered = remembered;
    return this.status();
  }

  /** Looks at the store. Never rejects. */
  async status(): Promise<LedgerStatus> {
    try {
      this.#last = await this.#inspect();
    } catch (error) {
      this.#last = { state: 'closed', reason: refusalOf(error, 'before').message };
    }
    return this.#last;
  }

  /** Why nothing may be written, by the last look; `null` when it may. */
  async refusal(): Promise<Refusal | null> {
    const last = this.#last?.state === 'ready' && !this.#superseded ? this.#last : await this.status();
    return refusalFor(last);
  }

  async #inspect(): Promise<LedgerStatus> {
    if (this.#superseded) {
      return {
        state: 'closed',
        reason: 'A newer version of this page is open in another tab. Reload this one.',
      };
    }
    const result = await this.#open();
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
    // From here on, a log shorter than this one is a log that was lost.
    this.#remembered = { ledger: head.ledger, size: head.size, hash: head.hash };
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

/** What a status means for somebody who wants to write. */
function refusalFor(status: LedgerStatus): Refusal | null {
  switch (status.state) {
    case 'ready':
    case 'empty':
      return null;
    case 'vanished':
      return {
        code: 'vanished',
        message: 'This device has lost records that it had. Write nothing, and open the last export.',
      };
    case 'newer-format':
      return {
        code: 'newer-format',
        message: 'A newer version has written this ledger. Reload to get that version.',
      };
    case 'blocked':
      return {
        code: 'busy',
        message: 'Another tab holds an older version open. Close the other tabs and try again.',
      };
    case 'closed':
      return { code: 'closed', message: status.reason };
  }
}
