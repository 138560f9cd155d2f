import { containersOf, referencesOf } from '../domain/effects.ts';
import { type DomainEntry, parseEntry } from '../domain/entries.ts';
import { fold } from '../domain/fold.ts';
import type { Target } from '../domain/judge.ts';
import { fromTenThousandths } from '../domain/quantity.ts';
import { emptyState, type FoldRecord, productOf, type State } from '../domain/state.ts';
import { parseCanonical } from '../ledger/canonical.ts';
import type { Hash } from '../ledger/hash.ts';
import type { Id } from '../ledger/ids.ts';
import type { ParsedRecord, Signature } from '../ledger/record.ts';
import type { OnHand } from './verdict.ts';

/** A record in the domain's terms, with the entry that it takes up. */
export type Step = {
  readonly record: FoldRecord;
  readonly target?: Target;
};

export type Opened =
  | { readonly ok: true; readonly step: Step }
  | { readonly ok: false; readonly message: string };

export type ContainerBalance = {
  readonly number: string;
  readonly drug: string;
  readonly lot: string;
  readonly expires: string;
  readonly unit: string;
  readonly size: string;
  readonly balance: string;
  /** When it was closed; `null` while it is open. */
  readonly closed: string | null;
};

/** Most entries that are taken up again are taken up soon: a draw by the waste of its leftover. */
const RECENT = 256;
/** Most records have one signature. */
const NOBODY: readonly Id[] = [];

type Kept = {
  readonly hash: Hash;
  /** The entry's own text: an eighth of what the parsed entry would take. */
  readonly text: string;
  /** Let go once the entry is no longer recent. */
  parsed: DomainEntry | undefined;
  /** Who signed it beside its performer. */
  readonly beside: readonly Id[];
  referrers: Id[];
  reversed: boolean;
};

/** Folds a log record by record, and finds the earlier entries that the rules ask for. */
export class Replay {
  readonly state: State = emptyState();
  /** Whether balances are: a part that does not begin the log lacks the acts before it. */
  readonly knowsBalances: boolean;
  readonly #entries = new Map<Id, Kept>();
  readonly #recent: Kept[] = [];
  #turn = 0;

  /** @param from position in the log of the first record at hand, earlier ones that a proof carries apart */
  constructor(from: number) {
    this.knowsBalances = from === 0;
  }

  /** Reads the record in the domain's terms, before it is folded. */
  open(parsed: ParsedRecord, hash: Hash): Opened {
    const { seq, recorded, entry, signatures } = parsed.record;
    const read = parseEntry(entry);
    if (!read.ok) return { ok: false, message: `${read.where}: ${read.message}` };
    const record: FoldRecord = { seq, hash, recorded, entry: read.entry, signatures: signedOf(signatures) };
    const target = this.#target(read.entry);
    return { ok: true, step: target ? { record, target } : { record } };
  }

  /** Takes the record into the state. */
  fold({ record, target }: Step, parsed: ParsedRecord): void {
    const { entry, hash, signatures } = record;
    fold(this.state, record, target?.entry);
    for (const id of referencesOf(entry)) {
      const kept = this.#entries.get(id);
      if (!kept) continue;
      kept.referrers.push(entry.id);
      if (entry.type === 'reversal') kept.reversed = true;
    }
    if (this.#entries.has(entry.id)) return;
    const beside = signatures.length === 1 ? NOBODY : signatures.slice(1).map(({ by }) => by);
    const text = parsed.entryText;
    const kept: Kept = { hash, text, parsed: entry, beside, referrers: [], reversed: false };
    this.#entries.set(entry.id, kept);
    const old = this.#recent[this.#turn];
    if (old) old.parsed = undefined;
    this.#recent[this.#turn] = kept;
    this.#turn = (this.#turn + 1) % RECENT;
  }

  /** On hand by product, in the order of their names; nothing where balances are not known. */
  onHand(): OnHand[] {
    if (!this.knowsBalances) return [];
    const totals = new Map<string, { total: number; containers: number }>();
    for (const container of Object.values(this.state.containers)) {
      if (container.closedAt !== undefined || !productOf(this.state, container)) continue;
      const sum = totals.get(container.product) ?? { total: 0, containers: 0 };
      sum.total += container.balance;
      sum.containers += 1;
      totals.set(container.product, sum);
    }
    return Object.values(this.state.products)
      .map(({ id, name, strength, schedule, unit }) => {
        const { total = 0, containers = 0 } = totals.get(id) ?? {};
        const named = strength === undefined ? { name } : { name, strength };
        return { product: id, ...named, schedule, unit, total: fromTenThousandths(total), containers };
      })
      .sort((a, b) => compareText(a.name, b.name) || compareText(a.product, b.product));
  }

  /** Every container, by its number; none where balances are not known. */
  containers(): ContainerBalance[] {
    if (!this.knowsBalances) return [];
    return Object.values(this.state.containers)
      .map((container) => ({
        number: container.number,
        drug: productOf(this.state, container)?.name ?? '',
        ...{ lot: container.lot, expires: container.expires, unit: container.unit },
        ...{ size: fromTenThousandths(container.size), balance: fromTenThousandths(container.balance) },
        closed: container.closedAt ?? null,
      }))
      .sort((a, b) => compareText(a.number, b.number));
  }

  #target(entry: DomainEntry): Target | undefined {
    const [id] = referencesOf(entry);
    const kept = id === undefined ? undefined : this.#entries.get(id);
    const named = kept && this.#parse(kept);
    if (!kept || !named) return undefined;
    const referrers: DomainEntry[] = [];
    for (const referrer of kept.referrers) {
      const later = this.#entries.get(referrer);
      const parsed = later && !later.reversed ? this.#parse(later) : undefined;
      if (parsed) referrers.push(parsed);
    }
    return { entry: named, hash: kept.hash, beside: kept.beside, referrers };
  }

  #parse({ text, parsed }: Kept): DomainEntry | undefined {
    if (parsed) return parsed;
    const read = parseEntry(parseCanonical(text));
    return read.ok ? read.entry : undefined;
  }
}

/** The signatures as the domain sees them: whether a second factor stands beside one, and not what it is. */
function signedOf(signatures: readonly Signature[]): FoldRecord['signatures'] {
  if (!signatures.some(({ assertion }) => assertion)) return signatures;
  return signatures.map(({ as, by, at, assertion }) =>
    assertion ? { as, by, at, factor: true } : { as, by, at },
  );
}

/** The containers that a step is about, through the entry that it takes up where it names none itself. */
export function containersOfStep({ record, target }: Step): string[] {
  if (record.entry.type === 'cosign') return target ? containersOf(target.entry) : [];
  return containersOf(record.entry);
}

/** By code units: the same order on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
