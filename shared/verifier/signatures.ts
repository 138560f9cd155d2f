import { type SignatureTask, type SignatureVerifiers, verifySignature } from '../ledger/verify-signature.ts';

export type { SignatureTask } from '../ledger/verify-signature.ts';

/** Answers for a batch, in its order. May hand the batch to other cores. */
export type CheckSignatures = (batch: readonly SignatureTask[]) => Promise<readonly boolean[]>;

/** Under way at once in one realm: enough to keep a core busy, and few enough to stay in its cache. */
const AT_ONCE = 64;

/** The signatures of a batch in this realm, some at a time; batches take their turn. */
export function checkWith(verifiers: SignatureVerifiers): CheckSignatures {
  let turn: Promise<unknown> = Promise.resolve();
  const some = async (batch: readonly SignatureTask[]): Promise<boolean[]> => {
    const answers: boolean[] = [];
    for (let i = 0; i < batch.length; i += AT_ONCE) {
      const under = batch.slice(i, i + AT_ONCE).map((task) => verifySignature(verifiers, task));
      answers.push(...(await Promise.all(under)));
    }
    return answers;
  };
  return (batch) => {
    const mine = turn.then(() => some(batch));
    turn = mine.catch(() => undefined);
    return mine;
  };
}

const BATCH = 512;
/** Batches under way before the reader of records waits: keeps the cores busy and the memory small. */
const MAX_UNDER_WAY = 16;

type Waiting = { readonly task: SignatureTask; readonly onBad: () => void };

/** Gathers signatures into batches, so that nobody awaits one signature. */
export class SignatureQueue {
  #check: CheckSignatures;
  #waiting: Waiting[] = [];
  #underWay = new Set<Promise<void>>();
  #checked = 0;
  #error: { readonly cause: unknown } | undefined;

  constructor(check: CheckSignatures) {
    this.#check = check;
  }

  /** Signatures whose answer has come. */
  get checked(): number {
    return this.#checked;
  }

  add(task: SignatureTask, onBad: () => void): void {
    this.#waiting.push({ task, onBad });
    if (this.#waiting.length >= BATCH) this.#send();
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.#underWay.size >= MAX_UNDER_WAY) await Promise.race(this.#underWay);
    this.#throwOn();
  }

  /** Resolves when every answer has come. */
  async settle(): Promise<void> {
    if (this.#waiting.length > 0) this.#send();
    while (this.#underWay.size > 0) await Promise.race(this.#underWay);
    this.#throwOn();
  }

  #send(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    const sent = this.#run(batch).finally(() => this.#underWay.delete(sent));
    this.#underWay.add(sent);
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await this.#check(batch.map(({ task }) => task));
      batch.forEach(({ onBad }, i) => {
        if (answers[i] !== true) onBad();
      });
      this.#checked += batch.length;
    } catch (cause) {
      this.#error ??= { cause };
    }
  }

  #throwOn(): void {
    if (this.#error) throw this.#error.cause;
  }
}
