import { effectsOf } from './effects.ts';
import type { DomainEntry, EntryOf } from './entries.ts';
import { type Finding, flag, refusal } from './findings.ts';
import type { Act } from './judge.ts';
import { add, fromTenThousandths, toTenThousandths } from './quantity.ts';
import type { Container, State } from './state.ts';

/** Rules about products, containers and balances. */
export function judgeContainer(state: State, act: Act): Finding[] {
  const { entry } = act;
  switch (entry.type) {
    case 'product.added':
      return judgeProduct(state, entry);
    case 'container.received':
      return judgeReceipt(state, entry);
    case 'count':
      return entry.body.lines.flatMap((line) => judgeHeld(state, line.container, line.unit, entry));
    case 'container.opened':
      return judgeHeld(state, entry.body.container, undefined, entry);
    case 'container.closed':
      return [
        ...judgeHeld(state, entry.body.container, entry.body.unit, entry),
        ...judgeClosing(state, entry),
      ];
    case 'draw':
      return [...judgeHeld(state, entry.body.container, entry.body.unit, entry), ...judgeDraw(state, entry)];
    case 'waste':
      return [
        ...judgeHeld(state, entry.body.container, entry.body.unit, entry),
        ...judgeBalance(state, entry),
      ];
    case 'return':
    case 'discrepancy.opened':
      return judgeHeld(state, entry.body.container, entry.body.unit, entry);
    default:
      return [];
  }
}

function judgeProduct(state: State, entry: EntryOf<'product.added'>): Finding[] {
  const { product } = entry.body;
  if (state.products[product.id]) return [refusal('product-exists', 'This product is in the list already.')];
  const claimed = Object.values(state.products).find((other) =>
    other.gtins.some((g) => product.gtins.includes(g)),
  );
  return claimed
    ? [
        refusal(
          'product-exists',
          `The barcode belongs to ${claimed.name} already. Use that product, or check the label.`,
        ),
      ]
    : [];
}

function judgeReceipt(state: State, entry: EntryOf<'container.received'>): Finding[] {
  const findings: Finding[] = [];
  const numbers = new Set<string>();
  const ids = new Set<string>();
  for (const container of entry.body.containers) {
    const product = state.products[container.product];
    if (!product) findings.push(refusal('unknown-product', 'Add the product first, then receive it.'));
    else if (product.unit !== container.unit) {
      findings.push(refusal('unit', `${product.name} is counted in ${product.unit}, not ${container.unit}.`));
    }
    if (state.containers[container.id] || ids.has(container.id))
      findings.push(refusal('container-exists', 'This container was received already.'));
    if (state.numbers[container.number] !== undefined || numbers.has(container.number)) {
      findings.push(
        refusal('number-taken', `Number ${container.number} is in use. Give this container another one.`),
      );
    }
    numbers.add(container.number);
    ids.add(container.id);
  }
  return findings;
}

/** The container is known, is open for use, and is counted in this unit. */
function judgeHeld(state: State, id: string, unit: string | undefined, entry: DomainEntry): Finding[] {
  const container = state.containers[id];
  if (!container)
    return [refusal('unknown-container', 'This container is not in the ledger. Receive it first.')];
  // Work that was begun before a container was closed may still be finished: its leftover wasted, a count taken up.
  const finishing =
    entry.type === 'discrepancy.opened' || (entry.type === 'waste' && entry.body.draw !== undefined);
  if (container.closedAt !== undefined && !finishing) {
    return [refusal('closed-container', `Container ${container.number} was closed. Pick another one.`)];
  }
  return unit !== undefined && unit !== container.unit
    ? [refusal('unit', `Container ${container.number} is counted in ${container.unit}, not ${unit}.`)]
    : [];
}

function judgeDraw(state: State, entry: EntryOf<'draw'>): Finding[] {
  const { container: id, drawn, given, leftover, acknowledged } = entry.body;
  const findings = judgeBalance(state, entry);
  if (add(given, leftover) !== drawn) {
    findings.push(refusal('sum', 'What was given and what is left over have to add up to what was drawn.'));
  }
  const container = state.containers[id];
  if (
    container &&
    isExpired(container, entry.at, state) &&
    !acknowledged?.some((a) => a.warning === 'expired')
  ) {
    findings.push(
      refusal(
        'expired',
        `Container ${container.number} expired on ${container.expires}. Pick another one, or say why it was used.`,
      ),
    );
  }
  return findings;
}

/** A container may be used through its expiry day, by the clinic's own calendar. */
export function isExpired(container: Container, at: string, state: State): boolean {
  return localDate(at, state.ledger?.facility.timeZone ?? 'UTC') > container.expires;
}

/** The calendar day of a time in a time zone, as YYYY-MM-DD. An unknown zone counts as UTC. */
export function localDate(at: string, timeZone: string): string {
  const day = dayIn(timeZone);
  return day ? day.format(new Date(at)) : at.slice(0, 10);
}

/** Making a formatter takes fifty times as long as using one; a ledger has one zone. */
let lastZone: { readonly timeZone: string; readonly day: Intl.DateTimeFormat | undefined } | undefined;

function dayIn(timeZone: string): Intl.DateTimeFormat | undefined {
  if (lastZone?.timeZone !== timeZone) lastZone = { timeZone, day: makeDay(timeZone) };
  return lastZone.day;
}

function makeDay(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  } catch {
    return undefined;
  }
}

function judgeBalance(state: State, entry: DomainEntry): Finding[] {
  return effectsOf(entry).flatMap((effect) => {
    const container = state.containers[effect.container];
    const after = container ? container.balance + effect.change : 0;
    if (!container || after >= 0) return [];
    const below = `${fromTenThousandths(after)} ${container.unit}`;
    return [
      flag(
        'over-draw',
        `The book balance of container ${container.number} goes to ${below}. Overfill is real; it has to be explained when the container is closed.`,
      ),
    ];
  });
}

function judgeClosing(state: State, entry: EntryOf<'container.closed'>): Finding[] {
  const container = state.containers[entry.body.container];
  if (!container || container.balance + toTenThousandths(entry.body.adjustment) === 0) return [];
  return [
    refusal(
      'adjustment',
      `Closing container ${container.number} has to bring its balance to zero. Reload and close it again.`,
    ),
  ];
}
