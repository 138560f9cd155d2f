import { parseDeaNumber } from '../../../shared/codes/dea-number.ts';
import type { Body, Product, ReceivedContainer } from '../../../shared/domain/entries.ts';
import { readTypedQuantity } from '../../../shared/domain/quantity.ts';
import type { ContainerView } from '../../../shared/protocol/views.ts';
import { cleanLine } from '../../../shared/ui/format.ts';

/** A container on the list, as typed. `id` is the container's own from the start. */
export type Line = {
  id: string;
  product: string;
  number: string;
  lot: string;
  expires: string;
  quantity: string;
  serial?: string;
  gtin?: string;
};
export type LineErrors = { number?: string; lot?: string; expires?: string; quantity?: string };

/**
 * The next clinic number: the last one of the same product, else the last of all, with its trailing digits one
 * higher and their width kept, until it is free. What is on the list already comes after what is in the house.
 */
export function nextNumber(
  containers: readonly ContainerView[],
  lines: readonly Pick<Line, 'number' | 'product'>[],
  product: string,
): string {
  const used = new Set([...containers, ...lines].map((c) => c.number));
  const held = [...containers].sort((a, b) => a.receivedAt.localeCompare(b.receivedAt) || byNumber(a, b));
  const same = [
    ...held.filter((c) => c.productId === product),
    ...lines.filter((l) => l.product === product),
  ];
  let number = (same.at(-1) ?? lines.at(-1) ?? held.at(-1))?.number ?? '0000';
  do {
    number = oneUp(number);
  } while (used.has(number));
  return number;
}

const byNumber = (a: ContainerView, b: ContainerView) =>
  a.number.localeCompare(b.number, 'en', { numeric: true });

function oneUp(number: string): string {
  const [, front = '', digits = ''] = /^(.*?)(\d*)$/.exec(number) ?? [];
  return `${front}${String(BigInt(digits || '0') + 1n).padStart(digits.length || 1, '0')}`;
}

/** What is wrong with one line, by field. `today` is YYYY-MM-DD. */
export function lineFaults(line: Line, others: readonly string[], today: string): LineErrors {
  const errors: LineErrors = {};
  const number = cleanLine(line.number);
  if (number === '') errors.number = 'Give it a number.';
  else if (others.includes(number)) errors.number = `Number ${number} is in use. Give this one another.`;
  if (cleanLine(line.lot) === '') errors.lot = 'Type the lot from the label.';
  if (!/^\d{4}-\d\d-\d\d$/.test(line.expires)) errors.expires = 'Type the expiry date from the label.';
  else if (line.expires < today)
    errors.expires = 'This date is past. Check the label; send expired stock back.';
  const quantity = readTypedQuantity(line.quantity);
  if (!quantity.ok) errors.quantity = quantity.message;
  return errors;
}

/** A line as the entry has it. Call it only without faults. */
export function toContainer(line: Line, product: Product): ReceivedContainer {
  const quantity = readTypedQuantity(line.quantity);
  return {
    id: line.id,
    number: cleanLine(line.number),
    product: line.product,
    lot: cleanLine(line.lot),
    expires: line.expires,
    quantity: quantity.ok ? quantity.quantity : '0',
    unit: product.unit,
    ...(line.serial === undefined ? {} : { serial: line.serial }),
    ...(line.gtin === undefined ? {} : { gtin: line.gtin }),
  };
}

export type SupplierValues = { name: string; address: string; dea: string; invoice: string };
export type SupplierErrors = { name?: string; dea?: string };
type Supplier = NonNullable<Body<'container.received'>['supplier']>;

/** The supplier, when one is named; its DEA number is checked as strictly as the clinic's own. */
export function readSupplier(
  values: SupplierValues,
): { ok: true; supplier?: Supplier; invoice?: string } | { ok: false; errors: SupplierErrors } {
  const [name, address, invoice] = [values.name, values.address, values.invoice].map(cleanLine);
  const dea = values.dea.trim() === '' ? null : parseDeaNumber(values.dea, name ?? '');
  if (dea && !dea.ok) return { ok: false, errors: { dea: dea.error.message } };
  if (!name && (dea || address)) return { ok: false, errors: { name: 'Type the name of the supplier.' } };
  return {
    ok: true,
    ...(name
      ? { supplier: { name, ...(address ? { address } : {}), ...(dea ? { deaNumber: dea.value } : {}) } }
      : {}),
    ...(invoice ? { invoice } : {}),
  };
}

export type ProductValues = {
  name: string;
  strength: string;
  form: Product['form'] | '';
  schedule: Product['schedule'] | '';
  unit: Product['unit'] | '';
  holds: string;
  ndc: string;
  gtin: string;
};
export type ProductErrors = { [K in keyof ProductValues]?: string };
