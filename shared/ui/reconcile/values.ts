import type { JudgedRow } from '../../domain/reconcile/hold.ts';
import { saidDrug } from '../../domain/reconcile/product.ts';
import type { ContainerView, ProductView, StaffView } from '../../protocol/views.ts';
import { matchDrug } from '../capture/drug-match.ts';
import type { CaptureValues } from '../capture/model.ts';

type Around = {
  containers: readonly ContainerView[];
  staff: readonly StaffView[];
  /** Who recorded last in this form; the page's own word goes before it. */
  lastPerformer: string;
  now: number;
};

const HOUR_MS = 3_600_000;

/**
 * The capture form for a row of a page: patient, drug and time as the page has them, the vial where only one is that
 * drug in that strength, and the amount where the page states it in the vial's own unit. What is not known stays empty.
 */
export function valuesOfRow(
  { row, span, product, amount }: JudgedRow<ProductView>,
  around: Around,
): Partial<CaptureValues> {
  const fitting = product.sure === 'aside' || product.sure === 'unsure' ? [] : product.products;
  const vials = around.containers.filter(({ productId }) => fitting.some(({ id }) => id === productId));
  const match = matchDrug(vials, saidDrug(row));
  const stated = amount.known && amount.worked === undefined && fitting.length > 0;
  return {
    ...(match.kind === 'vial' ? { container: match.vial.id } : {}),
    ...(stated ? { drawn: amount.quantity } : {}),
    patient: row.patient ?? '',
    recordNumber: row.recordNumber ?? '',
    performer: around.staff.find(({ name }) => name === row.by)?.id ?? around.lastPerformer,
    at: timeOf(span, around.now),
    saidDrug: row.drug,
    saidDose: [row.quantity, row.unit].filter((part) => part !== undefined).join(' '),
  };
}

/** When it was, for the record; nothing where that is now or not yet. A day without a time is its noon, to be set right. */
function timeOf(span: JudgedRow['span'], now: number): string {
  if (span === null || span.from > now) return '';
  if (span.exact) return new Date(span.from).toISOString();
  return span.to >= now ? '' : new Date(span.from + 12 * HOUR_MS).toISOString();
}
