import type { AppendInput, CaptureDraft, Receipt } from '../../shared/protocol/ledger.ts';
import { done, type Outcome, type Refusal, refused } from '../../shared/protocol/outcome.ts';
import type { Waiting } from '../../shared/protocol/overlay.ts';
import { oneAtATime } from './shelf.ts';

/**
 * What the extension holds until the ledger has it. One row a capture, under its entry id:
 *
 *   draft    typed, nobody has signed            → queued when signed, gone when dropped
 *   queued   signed, to be sent                  → sent
 *   sent     sent at least once, no receipt yet  → gone with the receipt, refused when the gate says no
 *   refused  the gate said no                    → queued when signed again, gone when dropped
 *
 * A signed row leaves only with its receipt or the gate's no. The service worker may die at any line: a row is written
 * before what it stands for is done, and sending twice is the same receipt.
 */
export type OutboxRow = {
  entryId: string;
  state: Waiting['state'];
  since: string;
  attempts: number;
  refusal: string | null;
  /** The ledger's own list of drafts has this draft as it is now. */
  told: boolean;
  held: Uint8Array<ArrayBuffer>;
};
export type Held = { draft: CaptureDraft | null; input: AppendInput | null };

export interface OutboxStore {
  all(): Promise<OutboxRow[]>;
  get(entryId: string): Promise<OutboxRow | undefined>;
  put(row: OutboxRow): Promise<void>;
  delete(entryId: string): Promise<void>;
}

/** Encrypts what a row holds, bound to its entry id; `open` gives `null` for what cannot be read. */
export interface Sealer {
  seal(entryId: string, held: Held): Promise<Uint8Array<ArrayBuffer>>;
  open(entryId: string, sealed: Uint8Array<ArrayBuffer>): Promise<Held | null>;
}

export class Outbox {
  readonly #store: OutboxStore;
  readonly #sealer: Sealer;
  readonly #now: () => string;
  readonly #changed: () => void;
  readonly #inTurn = oneAtATime();

  constructor(store: OutboxStore, sealer: Sealer, now: () => string, changed: () => void) {
    this.#store = store;
    this.#sealer = sealer;
    this.#now = now;
    this.#changed = changed;
  }

  /** Keeps what was typed. A row that is signed already is left as it is. */
  saveDraft(draft: CaptureDraft): Promise<void> {
    return this.#change(draft.entryId, async (row) => {
      if (row && (row.state === 'queued' || row.state === 'sent')) return row;
      return this.#row(row, draft.entryId, 'draft', { draft, input: null });
    });
  }

  /**
   * Keeps a signed entry before it is sent, and gives the one to send: that of an earlier press when the same act waits
   * under this id already. Refused when another act does.
   */
  async queue(input: AppendInput): Promise<Outcome<AppendInput>> {
    let outcome: Outcome<AppendInput> = done(input);
    const { id } = input.entry;
    await this.#change(id, async (row) => {
      const held = row ? await this.#sealer.open(id, row.held) : null;
      if (held?.input && (row?.state === 'queued' || row?.state === 'sent')) {
        outcome = sameAct(held.input, input)
          ? done(held.input)
          : refused(
              'duplicate-id',
              'An earlier version of this entry is signed and waits to be sent. Let it go through, then correct it with a reversal.',
            );
        return row;
      }
      return this.#row(row, id, 'queued', { draft: held?.draft ?? null, input });
    });
    return outcome;
  }

  /** Marks a row as sent once more, before it is. */
  sending(entryId: string): Promise<void> {
    return this.#change(entryId, async (row) => row && { ...row, state: 'sent', attempts: row.attempts + 1 });
  }

  /** The only way out for a signed row: its own receipt. */
  settle(entryId: string, receipt: Receipt): Promise<boolean> {
    return this.#inTurn(async () => {
      if (receipt.entryId !== entryId) return false;
      await this.#store.delete(entryId);
      this.#changed();
      return true;
    });
  }

  /** The gate said no: what was typed is kept, the signatures are not used again. */
  refuse(entryId: string, because: Refusal): Promise<void> {
    return this.#change(
      entryId,
      async (row) => row && { ...row, state: 'refused', refusal: because.message },
    );
  }

  /** Drops a draft on the person's word. A signed entry that has no receipt yet stays. */
  drop(entryId: string): Promise<void> {
    return this.#change(entryId, async (row) =>
      row && (row.state === 'queued' || row.state === 'sent') ? row : null,
    );
  }

  /** The ledger's own list has the draft, unless it was changed meanwhile. */
  told(entryId: string, draft: CaptureDraft): Promise<void> {
    return this.#change(entryId, async (row) => {
      const held = row ? await this.#sealer.open(entryId, row.held) : null;
      return row && JSON.stringify(held?.draft) === JSON.stringify(draft) ? { ...row, told: true } : row;
    });
  }

  /** Signed entries without a receipt, oldest first. */
  async toSend(): Promise<AppendInput[]> {
    const rows = (await this.#rows()).filter(({ state }) => state === 'queued' || state === 'sent');
    const held = await Promise.all(rows.map((row) => this.#sealer.open(row.entryId, row.held)));
    return held.flatMap((one) => (one?.input ? [one.input] : []));
  }

  /** Drafts that the ledger's own list does not have yet. */
  async toTell(): Promise<CaptureDraft[]> {
    return this.#drafts((await this.#rows()).filter(({ state, told }) => state === 'draft' && !told));
  }

  /** Drafts that the ledger's own list has: somebody may have signed them in the app. */
  async toldDrafts(): Promise<string[]> {
    const rows = await this.#rows();
    return rows.filter(({ state, told }) => state === 'draft' && told).map(({ entryId }) => entryId);
  }

  /** What was typed and is not signed, for going on with it. */
  async drafts(): Promise<CaptureDraft[]> {
    return this.#drafts((await this.#rows()).filter(({ state }) => state === 'draft' || state === 'refused'));
  }

  /** Everything that waits, without what is in it. */
  async waiting(): Promise<Waiting[]> {
    return (await this.#rows()).map(({ entryId, state, since, attempts, refusal }) => ({
      entryId,
      state,
      since,
      attempts,
      refusal,
    }));
  }

  async #drafts(rows: readonly OutboxRow[]): Promise<CaptureDraft[]> {
    const held = await Promise.all(rows.map((row) => this.#sealer.open(row.entryId, row.held)));
    return held.flatMap((one) => (one?.draft ? [one.draft] : []));
  }

  async #rows(): Promise<OutboxRow[]> {
    const rows = await this.#inTurn(() => this.#store.all());
    return rows.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  }

  async #row(
    before: OutboxRow | undefined,
    entryId: string,
    state: OutboxRow['state'],
    held: Held,
  ): Promise<OutboxRow> {
    return {
      entryId,
      state,
      since: before?.since ?? this.#now(),
      attempts: before?.attempts ?? 0,
      refusal: null,
      told: false,
      held: await this.#sealer.seal(entryId, held),
    };
  }

  #change(
    entryId: string,
    change: (row: OutboxRow | undefined) => Promise<OutboxRow | null | undefined>,
  ): Promise<void> {
    return this.#inTurn(async () => {
      const before = await this.#store.get(entryId);
      const after = await change(before);
      if (after === before) return;
      if (after) await this.#store.put(after);
      else await this.#store.delete(entryId);
      this.#changed();
    });
  }
}

/** The same person doing the same; a second press signs at a later time and on a later head. */
const sameAct = (a: AppendInput, b: AppendInput): boolean =>
  a.entry.type === b.entry.type &&
  a.entry.by === b.entry.by &&
  JSON.stringify(a.entry.body) === JSON.stringify(b.entry.body);
