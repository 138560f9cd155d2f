import type { DomainEntry, TypedBody } from './entries.ts';
import { type TenThousandths, toTenThousandths, type Unit } from './quantity.ts';

/** What an entry does to the balance of a container, in ten-thousandths of `unit`. */
export type Effect = { container: string; change: TenThousandths; unit: Unit };

/**
 * The effect of an entry on balances. A waste of a leftover does not move the balance: the draw that it
 * belongs to took it out already.
 */
export function effectsOf(entry: DomainEntry): Effect[] {
  switch (entry.type) {
    case 'container.received':
      return entry.body.containers.map((c) => ({
        container: c.id,
        change: toTenThousandths(c.quantity),
        unit: c.unit,
      }));
    case 'draw':
      return [
        {
          container: entry.body.container,
          change: -toTenThousandths(entry.body.drawn),
          unit: entry.body.unit,
        },
      ];
    case 'waste':
      return entry.body.draw === undefined
        ? [
            {
              container: entry.body.container,
              change: -toTenThousandths(entry.body.quantity),
              unit: entry.body.unit,
            },
          ]
        : [];
    case 'return':
      return [
        {
          container: entry.body.container,
          change: toTenThousandths(entry.body.quantity),
          unit: entry.body.unit,
        },
      ];
    case 'reversal': {
      const { container, change, unit } = entry.body.effect;
      const amount = toTenThousandths(change);
      return amount === 0 ? [] : [{ container, change: amount, unit }];
    }
    case 'container.closed':
    case 'discrepancy.resolved': {
      const amount = toTenThousandths(entry.body.adjustment);
      return amount === 0 ? [] : [{ container: entry.body.container, change: amount, unit: entry.body.unit }];
    }
    default:
      return [];
  }
}

/** The containers that an entry is about, for look-ups by container. */
export function containersOf(entry: TypedBody): string[] {
  switch (entry.type) {
    case 'container.received':
      return entry.body.containers.map((c) => c.id);
    case 'count':
      return [...new Set(entry.body.lines.map((line) => line.container))];
    case 'reversal':
      return [entry.body.effect.container];
    case 'container.opened':
    case 'container.closed':
    case 'draw':
    case 'waste':
    case 'return':
    case 'discrepancy.opened':
    case 'discrepancy.resolved':
      return [entry.body.container];
    default:
      return [];
  }
}

/** The earlier entries that an entry refers to by id. */
export function referencesOf(entry: DomainEntry): string[] {
  switch (entry.type) {
    case 'waste':
      return entry.body.draw === undefined ? [] : [entry.body.draw];
    case 'return':
      return [entry.body.draw];
    case 'cosign':
    case 'reversal':
      return [entry.body.entry];
    case 'proposal.approved':
    case 'proposal.rejected':
      return [entry.body.proposal];
    case 'count':
      return entry.body.recounts === undefined ? [] : [entry.body.recounts];
    case 'discrepancy.opened':
      return [entry.body.count];
    default:
      return [];
  }
}

/** The person that an entry is about, or `undefined` for one about drugs or the ledger. */
export const subjectOf = ({ body }: TypedBody): string | undefined =>
  'staff' in body && typeof body.staff === 'object' ? body.staff.id : undefined;
