import { toHex, utf8 } from '../../../shared/ledger/bytes.ts';
import type { KeyRow } from '../store/rows.ts';
import type { OpenKeys } from './person.ts';

type Typed = { proof: string; keys: OpenKeys; timer: ReturnType<typeof setTimeout> };

/**
 * The keys of people who have just typed the right PIN, so that the same PIN again, for the waste after the draw,
 * is not stretched again. In this worker's memory only, as sessions are, for the idle time after each use; what is
 * held of the PIN is an HMAC under a key that cannot be read. A wrong PIN never finds anything here: it is stretched
 * and counted as ever, and ends what is held.
 */
export class TypedPins {
  readonly #held = new Map<string, Typed>();
  #mark: Promise<CryptoKey> | undefined;

  /** The keys that this PIN has opened before, of this very wrap. */
  async recall(row: KeyRow, pin: string, idleMs: number): Promise<OpenKeys | null> {
    const held = this.#held.get(row.keyId);
    if (!held) return null;
    // Asked again after the wait: it may have been ended meanwhile.
    const same = (await this.#proof(row, pin)) === held.proof && this.#held.get(row.keyId) === held;
    if (!same) {
      this.#drop(row.keyId);
      return null;
    }
    this.#hold(row.keyId, held, idleMs);
    return held.keys;
  }

  async keep(row: KeyRow, pin: string, keys: OpenKeys, idleMs: number): Promise<void> {
    this.#hold(row.keyId, { proof: await this.#proof(row, pin), keys }, idleMs);
  }

  /** Of a person, or of one of their keys; of everybody where nobody is named. */
  forget(staff?: string, keyId?: string): void {
    for (const [id, { keys }] of [...this.#held]) {
      if ((staff ?? keys.staff) === keys.staff && (keyId ?? id) === id) this.#drop(id);
    }
  }

  #hold(keyId: string, { proof, keys }: Omit<Typed, 'timer'>, idleMs: number): void {
    this.#drop(keyId);
    this.#held.set(keyId, { proof, keys, timer: setTimeout(() => this.#drop(keyId), idleMs) });
  }

  #drop(keyId: string): void {
    clearTimeout(this.#held.get(keyId)?.timer);
    this.#held.delete(keyId);
  }

  /** Of the PIN and of what it opens: another wrap of the same key is another PIN's. */
  async #proof({ keyId, salt }: KeyRow, pin: string): Promise<string> {
    this.#mark ??= crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const said = utf8(JSON.stringify([keyId, toHex(salt), pin.normalize('NFKC')]));
    return toHex(new Uint8Array(await crypto.subtle.sign('HMAC', await this.#mark, said)));
  }
}
