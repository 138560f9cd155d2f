import * as v from 'valibot';
import { parseAnswer, type Reply } from '../../shared/protocol/bridge.ts';
import type { CaptureMethod } from '../../shared/protocol/capture-schema.ts';
import { type OpenWork, openWork } from '../../shared/protocol/recorded.ts';
import { type Shelf, shelfAt, storagePlace } from './shelf.ts';

/** What was open in the ledger when it was last asked, and when that was, in milliseconds since 1970. */
type Counted = { at: number; work: OpenWork };
const NOTHING: Counted = { at: 0, work: { drafts: [], witnessPending: 0, overdue: 0 } };
const counted = v.object({ at: v.number(), work: openWork });

/** A page that is opened is a reason to count anew where the last count is older than this, in milliseconds. */
const GOOD_FOR = 5 * 60_000;

type Ask = (method: CaptureMethod, args: readonly unknown[]) => Promise<Reply>;

/** Keeps count of what waits in the ledger for somebody. Several reasons to count while one count runs are one more. */
export class WorkCount {
  readonly #ask: Ask;
  readonly #changed: () => void;
  readonly #last: Shelf<Counted> = shelfAt(storagePlace('session', 'work'), (stored) =>
    v.is(counted, stored) ? stored : NOTHING,
  );
  #running: Promise<void> | null = null;
  #again = false;

  constructor(ask: Ask, changed: () => void) {
    this.#ask = ask;
    this.#changed = changed;
  }

  async last(): Promise<OpenWork> {
    return (await this.#last.read()).work;
  }

  /** Counts now. */
  count(): Promise<void> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#count().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** True where the last count is so old that it is worth waking the ledger for. */
  async isOld(now: number): Promise<boolean> {
    return now - (await this.#last.read()).at > GOOD_FOR;
  }

  async #count(): Promise<void> {
    do {
      this.#again = false;
      const reply = await this.#ask('openWork', []);
      const answer = reply.ok ? parseAnswer('openWork', reply.value) : null;
      // A ledger that does not answer is asked again in as long as an answer would have been good for.
      await this.#last.change(({ work }) => ({
        next: { at: Date.now(), work: answer?.ok ? answer.value : work },
        result: undefined,
      }));
    } while (this.#again);
    this.#changed();
  }
}
