import { parseGtin } from '../../../shared/codes/gtin.ts';
import { parseNdc } from '../../../shared/codes/ndc.ts';
import type { Product } from '../../../shared/domain/entries.ts';
import { readTypedQuantity } from '../../../shared/domain/quantity.ts';
import { cleanLine } from '../../../shared/ui/format.ts';
import type { ProductErrors, ProductValues } from './model.ts';

type Read = { ok: true; product: Omit<Product, 'id'> } | { ok: false; errors: ProductErrors };

/** Reads a new product as typed or scanned. Every fault is a sentence for its own field. */
export function readProduct(values: ProductValues): Read {
  const errors: ProductErrors = {};
  const { form, schedule, unit } = values;
  const name = cleanLine(values.name);
  if (name === '') errors.name = 'Type the name of the drug.';
  if (form === '') errors.form = 'Pick the form.';
  if (schedule === '') errors.schedule = 'Pick the schedule. It stands on the label, like CIII.';
  if (unit === '') errors.unit = 'Pick what it is counted in.';
  const holds = readTypedQuantity(values.holds);
  if (!holds.ok) errors.holds = holds.message;
  const ndc = readNdc(values.ndc);
  if (!ndc.ok) errors.ndc = ndc.message;
  const gtins = readGtin(values.gtin);
  if (!gtins.ok) errors.gtin = gtins.message;
  if (!holds.ok || !ndc.ok || !gtins.ok || name === '' || form === '' || schedule === '' || unit === '') {
    return { ok: false, errors };
  }
  const strength = cleanLine(values.strength);
  return {
    ok: true,
    product: {
      ...{ name, form, schedule, unit, holds: holds.quantity, gtins: gtins.value },
      ...(strength === '' ? {} : { strength }),
      ...(ndc.value === undefined ? {} : { ndc: ndc.value }),
    },
  };
}

type Part<T> = { ok: true; value: T } | { ok: false; message: string };

function readGtin(typed: string): Part<string[]> {
  const digits = typed.replace(/\s/g, '');
  if (digits === '') return { ok: true, value: [] };
  const gtin = parseGtin(digits);
  return gtin.ok ? { ok: true, value: [gtin.gtin] } : { ok: false, message: gtin.error.message };
}

function readNdc(typed: string): Part<Product['ndc'] | undefined> {
  const text = typed.trim();
  if (text === '') return { ok: true, value: undefined };
  const ndc = parseNdc(text);
  if (!ndc.ok) return { ok: false, message: ndc.error.message };
  const [only, ...others] = ndc.candidates;
  const ndc11 = others.length === 0 ? only.ndc11?.replaceAll('-', '') : undefined;
  return { ok: true, value: { original: text, ...(ndc11 === undefined ? {} : { ndc11 }) } };
}
