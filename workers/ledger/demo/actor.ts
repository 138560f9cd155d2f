import { type Body, type EntryType, parseEntry } from '../../../shared/domain/entries.ts';
import type { SignedAs, State } from '../../../shared/domain/state.ts';
import { newId } from '../../../shared/ledger/ids.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { Receipt, SignedStatement } from '../../../shared/protocol/ledger.ts';
import type { Context } from '../context.ts';
import { random } from '../context.ts';
import { type SigningKey, signEntry } from '../keys/sign.ts';

export type Clock = { now: number };
export type ActOptions = {
  /** A second person who signs in the same record. */
  witness?: string;
  /** Somebody who approves it in the same record. */
  approver?: string;
  /** How long before the append it happened, in milliseconds. */
  ago?: number;
};

/** Does what people do at the screens: builds the entry on the head, has it signed, hands it to the gate. */
export class Actor {
  readonly #context: Context;
  readonly #clock: Clock;
  readonly #keys = new Map<string, SigningKey>();

  constructor(context: Context, clock: Clock) {
    this.#context = context;
    this.#clock = clock;
  }

  hold(keys: SigningKey): void {
    this.#keys.set(keys.staff, keys);
  }

  id(): string {
    return newId(this.#clock.now, random(10));
  }

  async state(): Promise<State> {
    return (await this.#context.projection.catchUp()).state;
  }

  /** Rejects where the gate refuses: the script would be wrong. */
  async act<T extends EntryType>(
    by: string,
    type: T,
    body: Body<T>,
    { witness, approver, ago = 0 }: ActOptions = {},
  ): Promise<Receipt> {
    const { effects, gate } = this.#context;
    const head = await effects.store.head();
    const at = formatTime(this.#clock.now - ago);
    const parsed = parseEntry({ id: this.id(), type, at, after: head?.hash, by, body });
    if (!parsed.ok) throw new Error(`${type}: ${parsed.where} ${parsed.message}`);
    const { entry } = parsed;
    const sign = (person: string, as: SignedAs): Promise<SignedStatement> => {
      const key = this.#keys.get(person);
      if (!key) throw new Error(`No key for ${person}.`);
      const when = formatTime(this.#clock.now);
      return signEntry(this.#context.sha, entry, { key, as, at: when, ledger: head?.ledger ?? '' });
    };
    const signatures = [await sign(by, 'performer')];
    for (const [person, as] of [[witness, 'witness'] as const, [approver, 'approver'] as const]) {
      if (person === undefined) continue;
      this.#clock.now += 20_000;
      signatures.push(await sign(person, as));
    }
    this.#clock.now += 5_000;
    const outcome = await gate.appendHeld({ entry, signatures });
    if (!outcome.ok) throw new Error(`${type}: ${outcome.refusal.message}`);
    return outcome.value;
  }
}
