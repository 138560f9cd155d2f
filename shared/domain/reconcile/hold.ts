import type { Quantity } from '../quantity.ts';
import { amountOf, type RowAmount } from './amount.ts';
import { matchProduct, type ProductMatch } from './product.ts';
import type { RecordedDraw, Stocked, TreatmentRow } from './types.ts';
import { type LocalClock, readWhen, type Span } from './when.ts';

/** What the ledger has to say about a row. */
export type Verdict =
  | { kind: 'matched'; draw: RecordedDraw }
  /** Recorded for this patient, with another quantity. */
  | { kind: 'differs'; draw: RecordedDraw; page: Quantity }
  | { kind: 'missing' }
  | { kind: 'unsure'; why: string; draw?: RecordedDraw }
  /** Nothing that this ledger keeps a record of. */
  | { kind: 'aside' };

export type JudgedRow<P extends Stocked = Stocked> = {
  index: number;
  row: TreatmentRow;
  span: Span | null;
  product: ProductMatch<P>;
  amount: RowAmount;
  verdict: Verdict;
};

/** The clinic's own day with its late ends: a record this far from what the page says is another treatment. */
const NEAR_MS = 12 * 3_600_000;

/**
 * Holds the rows of a page against the draws of the ledger. Each draw answers for one row at most, the nearest in time
 * that it fits best: the same patient and amount first, then the same patient, then the same amount where nothing can be
 * said about the patient, which settles nothing by itself. `day` is that of rows with a time alone, YYYY-MM-DD.
 */
export function holdRows<P extends Stocked>(
  rows: readonly TreatmentRow[],
  ledger: { products: readonly P[]; draws: readonly RecordedDraw[] },
  day: string,
  clock?: LocalClock,
): JudgedRow<P>[] {
  const read = rows.map((row, index) => readRow({ row, index }, ledger.products, day, clock));
  const answers = assign(read, ledger.draws);
  return read.map((one) => ({ ...one, verdict: verdictOf(one, answers.get(one.index)) }));
}

type ReadRow<P extends Stocked = Stocked> = Omit<JudgedRow<P>, 'verdict'>;

function readRow<P extends Stocked>(
  { row, index }: { row: TreatmentRow; index: number },
  products: readonly P[],
  day: string,
  clock: LocalClock | undefined,
): ReadRow<P> {
  const product = matchProduct(row, products);
  const [first] = product.sure === 'aside' ? [] : product.products;
  const amount: RowAmount = first ? amountOf(row, first) : { known: false, why: '' };
  // A date that cannot be read is the page's own day.
  const span = readWhen(row.date, day, clock) ?? readWhen(undefined, day, clock);
  return { index, row, span, product, amount };
}

/** How well a draw answers for a row: a smaller tier is better. */
type Pair = { index: number; draw: RecordedDraw; tier: 0 | 1 | 2 | 3 | 4; apart: number };

function assign(rows: readonly ReadRow[], draws: readonly RecordedDraw[]): Map<number, Pair> {
  const byProduct = new Map<string, RecordedDraw[]>();
  for (const draw of draws) byProduct.set(draw.product, [...(byProduct.get(draw.product) ?? []), draw]);
  const pairs = rows.flatMap((row) => {
    if (row.product.sure === 'aside' || row.product.sure === 'unsure') return [];
    const candidates = row.product.products.flatMap(({ id }) => byProduct.get(id) ?? []);
    return candidates.flatMap((draw) => pairOf(row, draw) ?? []);
  });
  pairs.sort((a, b) => a.tier - b.tier || a.apart - b.apart || a.index - b.index || a.draw.seq - b.draw.seq);
  const taken = new Set<string>();
  const answers = new Map<number, Pair>();
  for (const pair of pairs) {
    if (answers.has(pair.index) || taken.has(pair.draw.entryId)) continue;
    answers.set(pair.index, pair);
    taken.add(pair.draw.entryId);
  }
  return answers;
}

function pairOf({ index, row, span, amount }: ReadRow, draw: RecordedDraw): Pair | null {
  const at = Date.parse(draw.at);
  const apart = span === null ? 0 : at < span.from ? span.from - at : Math.max(0, at - span.to);
  if (apart > NEAR_MS) return null;
  const same = amount.known && amount.quantity === draw.given;
  const patient = draw.patients.find((one) => one.index === index)?.by;
  if (patient)
    return { index, draw, apart, tier: same ? (patient === 'number' ? 0 : 1) : patient === 'number' ? 2 : 3 };
  const comparable = draw.patient === 'comparable' && (row.patient ?? row.recordNumber) !== undefined;
  return same && !comparable ? { index, draw, apart, tier: 4 } : null;
}

function verdictOf({ product, amount }: ReadRow, pair: Pair | undefined): Verdict {
  if (product.sure === 'aside') return { kind: 'aside' };
  if (product.sure === 'unsure')
    return { kind: 'unsure', why: product.why.map(({ text }) => text).join(' ') };
  if (!pair) return { kind: 'missing' };
  const { draw, tier } = pair;
  if (tier < 2) return { kind: 'matched', draw };
  if (tier === 4) {
    const why =
      draw.patient === 'comparable'
        ? 'The page does not say for whom. A record has the same drug and amount.'
        : 'A record has the same drug and amount, and its patient cannot be compared.';
    return { kind: 'unsure', why, draw };
  }
  if (amount.known) return { kind: 'differs', draw, page: amount.quantity };
  return {
    kind: 'unsure',
    why: `${amount.why} The ledger has ${draw.given} ${draw.unit} for this patient.`,
    draw,
  };
}
