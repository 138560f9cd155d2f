import { parseAnswer, type Reply, UNREACHABLE } from '../../shared/protocol/bridge.ts';
import type { CaptureMethod } from '../../shared/protocol/capture-schema.ts';
import type { AppendInput, Receipt } from '../../shared/protocol/ledger.ts';
import { type Outcome, type RefusalCode, refused } from '../../shared/protocol/outcome.ts';
import type { Outbox } from './outbox.ts';
import { oneAtATime } from './shelf.ts';

type Send = (method: CaptureMethod, args: readonly unknown[]) => Promise<Reply>;

/** Refusals that say nothing about the entry: it is sent again. */
const PASSING: readonly RefusalCode[] = [
  'busy',
  'quota',
  'not-written',
  'read-back',
  'closed',
  'vanished',
  'newer-format',
  'not-paired',
  'unreachable',
  'malformed',
  'cancelled',
];

/** Carries what the outbox holds to the ledger, one at a time, as often as it takes. */
export class Courier {
  readonly #outbox: Outbox;
  readonly #send: Send;
  readonly #delivered: (receipt: Receipt) => void;
  readonly #inTurn = oneAtATime();

  constructor(outbox: Outbox, send: Send, delivered: (receipt: Receipt) => void) {
    this.#outbox = outbox;
    this.#send = send;
    this.#delivered = delivered;
  }

  /**
   * Keeps a signed entry, then sends it. Answers with the receipt as soon as it is there, the gate's no, or that it waits
   * here; what is tidied up after a receipt is done again should the worker die over it.
   */
  async append(input: AppendInput): Promise<Outcome<Receipt>> {
    const kept = await this.#outbox.queue(input);
    if (!kept.ok) return kept;
    return new Promise((resolve, reject) => {
      this.#inTurn(() => this.#deliver(kept.value, resolve)).then(resolve, reject);
    });
  }

  /** Sends everything that waits. Stops at the first sign that the ledger is out of reach. */
  async drain(): Promise<void> {
    await this.#inTurn(async () => {
      for (const input of await this.#outbox.toSend()) {
        const outcome = await this.#deliver(input);
        if (!outcome.ok && PASSING.includes(outcome.refusal.code)) return;
      }
    });
    await this.tellDrafts();
  }

  /** Gives the ledger's own list the drafts that it does not have, so that they are seen ageing in the app too. */
  async tellDrafts(): Promise<void> {
    await this.#inTurn(async () => {
      for (const draft of await this.#outbox.toTell()) {
        const reply = await this.#send('saveDraft', [draft]);
        const answer = reply.ok ? parseAnswer('saveDraft', reply.value) : null;
        if (!answer?.ok || !answer.value.ok) return;
        await this.#outbox.told(draft.entryId, draft);
      }
    });
  }

  /**
   * Lets go of drafts that somebody has finished in the app: their receipts are there. Out of turn, so that no entry that
   * a person has just signed waits for it; a draft that is signed here meanwhile has the same receipt.
   */
  async settleSigned(): Promise<void> {
    for (const entryId of await this.#outbox.toldDrafts()) {
      const reply = await this.#send('receipt', [entryId]);
      const answer = reply.ok ? parseAnswer('receipt', reply.value) : null;
      if (!answer?.ok) return;
      if (answer.value) await this.#outbox.settle(entryId, answer.value);
    }
  }

  async #deliver(
    input: AppendInput,
    received: (outcome: Outcome<Receipt>) => void = () => {},
  ): Promise<Outcome<Receipt>> {
    const { id } = input.entry;
    await this.#outbox.sending(id);
    const outcome = readAppend(await this.#send('append', [input]));
    if (outcome.ok) {
      if (outcome.value.entryId !== id) return refused('malformed', WAITS);
      received(outcome);
      // The draft goes first: should the worker die in between, the row is still here and all of this happens again.
      await this.#send('dropDraft', [id]);
      await this.#outbox.settle(id, outcome.value);
      this.#delivered(outcome.value);
      return outcome;
    }
    if (PASSING.includes(outcome.refusal.code)) return refused(outcome.refusal.code, WAITS);
    await this.#outbox.refuse(id, outcome.refusal);
    return outcome;
  }
}

const WAITS =
  'The entry is signed and kept safe here, but the ledger could not take it yet. It is sent again by itself; you need not do it twice.';

function readAppend(reply: Reply): Outcome<Receipt> {
  if (!reply.ok) return { ok: false, refusal: reply.refusal };
  const answer = parseAnswer('append', reply.value);
  return answer.ok ? answer.value : { ok: false, refusal: UNREACHABLE };
}
