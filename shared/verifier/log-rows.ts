import { effectsOf } from '../domain/effects.ts';
import type { DomainEntry, EntryType } from '../domain/entries.ts';
import { fromTenThousandths, type Quantity } from '../domain/quantity.ts';
import { productOf, signerName } from '../domain/state.ts';
import { containersOfStep, type Replay, type Step } from './replay.ts';

/** One act on one container, as a person reads a controlled-substance log: one line of `log.csv`. */
export type LogRow = {
  readonly log: string;
  readonly seq: number;
  readonly hash: string;
  readonly entryId: string;
  /** When the act happened, and when it was recorded. */
  readonly at: string;
  readonly recorded: string;
  readonly act: EntryType;
  readonly container: string;
  readonly number: string;
  readonly drug: string;
  readonly strength: string;
  readonly schedule: string;
  readonly form: string;
  readonly ndc: string;
  readonly lot: string;
  readonly expires: string;
  /** What the act was about (drawn, wasted, counted), and what it did to the book balance. */
  readonly quantity: Quantity | '';
  readonly change: Quantity;
  /** Blank where it is not known: in a part that does not begin the log. */
  readonly balance: Quantity | '';
  readonly unit: string;
  readonly by: string;
  readonly witness: string;
  /** Opaque reference: no name is in the log. */
  readonly patient: string;
  readonly note: string;
};

/** The rows of a record that has just been folded. Acts that are about no container have none. */
export function rowsOf({ state, knowsBalances }: Replay, step: Step, log: string): LogRow[] {
  const { record } = step;
  const { entry, seq, hash, recorded, signatures } = record;
  const person = (id: string) => signerName(state, id) ?? id;
  const witnesses = signatures.filter(({ as }) => as !== 'performer').map(({ by }) => person(by));
  const common = {
    ...{ log, seq, hash, entryId: entry.id, at: entry.at, recorded, act: entry.type },
    ...{
      by: person(entry.by),
      witness: witnesses.join(', '),
      note: noteOf(entry),
      patient: patientOf(entry),
    },
  };
  const changes = new Map<string, number>();
  for (const { container, change } of effectsOf(entry)) {
    changes.set(container, (changes.get(container) ?? 0) + change);
  }
  return [...new Set(containersOfStep(step))].map((id) => {
    const container = state.containers[id];
    const product = container && productOf(state, container);
    return {
      ...common,
      container: id,
      number: container?.number ?? '',
      drug: product?.name ?? '',
      strength: product?.strength ?? '',
      schedule: product?.schedule ?? '',
      form: product?.form ?? '',
      ndc: product?.ndc?.original ?? '',
      lot: container?.lot ?? '',
      expires: container?.expires ?? '',
      quantity: quantityOf(entry, id),
      change: fromTenThousandths(changes.get(id) ?? 0),
      balance: container && knowsBalances ? fromTenThousandths(container.balance) : '',
      unit: container?.unit ?? '',
    };
  });
}

function quantityOf(entry: DomainEntry, container: string): Quantity | '' {
  switch (entry.type) {
    case 'container.received':
      return entry.body.containers.find(({ id }) => id === container)?.quantity ?? '';
    case 'draw':
      return entry.body.drawn;
    case 'waste':
    case 'return':
      return entry.body.quantity;
    case 'count':
      return entry.body.lines.find((line) => line.container === container)?.counted ?? '';
    case 'discrepancy.opened':
      return entry.body.difference;
    case 'discrepancy.resolved':
    case 'container.closed':
      return entry.body.adjustment;
    case 'reversal':
      return entry.body.effect.change;
    default:
      return '';
  }
}

function noteOf(entry: DomainEntry): string {
  switch (entry.type) {
    case 'draw': {
      const { given, leftover, unit, note } = entry.body;
      const parts = [`given ${given} ${unit}, left over ${leftover} ${unit}`, ...(note ? [note] : [])];
      return parts.join('; ');
    }
    case 'waste':
    case 'return':
    case 'reversal':
      return entry.body.reason;
    case 'container.closed':
      return [entry.body.reason, ...(entry.body.note ? [entry.body.note] : [])].join('; ');
    case 'discrepancy.resolved':
      return `${entry.body.cause}; ${entry.body.note}`;
    case 'discrepancy.opened':
      return entry.body.note ?? '';
    default:
      return '';
  }
}

function patientOf(entry: DomainEntry): string {
  return entry.type === 'draw' ? (entry.body.patient?.ref ?? '') : '';
}
