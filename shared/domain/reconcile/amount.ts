import { readStrengths } from '../drugs/strength.ts';
import { fromTenThousandths, type Quantity, readTypedQuantity, type Unit } from '../quantity.ts';
import type { Stocked, TreatmentRow } from './types.ts';

/** How much a row says, in the product's own unit, or why that cannot be known. */
export type RowAmount = { known: true; quantity: Quantity; worked?: string } | { known: false; why: string };

const UNIT_WORDS: Record<string, Unit> = {
  ml: 'mL',
  cc: 'mL',
  tab: 'tablet',
  tabs: 'tablet',
  tablet: 'tablet',
  tablets: 'tablet',
  cap: 'capsule',
  caps: 'capsule',
  capsule: 'capsule',
  capsules: 'capsule',
  patch: 'patch',
  patches: 'patch',
  vial: 'vial',
  vials: 'vial',
  ea: 'each',
  each: 'each',
};
const NANOGRAMS: Record<string, bigint> = {
  g: 1_000_000_000n,
  mg: 1_000_000n,
  mcg: 1_000n,
  ug: 1_000n,
  µg: 1_000n,
  μg: 1_000n,
};

/**
 * The amount of a row for a product. A mass is worked out by the product's strength where that comes out exactly. Doses
 * for a weight and ranges are no amount.
 */
export function amountOf({ quantity = '', unit = '' }: TreatmentRow, product: Stocked): RowAmount {
  const text = (/[a-zµμ]/i.test(quantity) ? quantity : `${quantity} ${unit}`).trim();
  return text === '' ? { known: false, why: 'The page states no amount.' } : readAmount(text, product);
}

function readAmount(text: string, product: Stocked): RowAmount {
  const found = /^([\d.,]+)\s*([a-zµμ]*)(?![\d.,])(?!\s*(?:\/|-|–|to\b|per\b))/i.exec(text);
  const number = readTypedQuantity(found?.[1] ?? '');
  const word = (found?.[2] ?? '').toLowerCase();
  if (!found || !number.ok) return { known: false, why: `“${text}” is no amount that can be compared.` };
  if (word === '')
    return { known: true, quantity: number.quantity, worked: `no unit on the page, read as ${product.unit}` };
  const unit = UNIT_WORDS[word];
  if (unit === product.unit) return { known: true, quantity: number.quantity };
  const mass = NANOGRAMS[word];
  if (mass !== undefined) return byStrength(text, number.quantity, mass, product);
  return { known: false, why: `“${text}” is not in ${product.unit}, as the ledger has it.` };
}

function byStrength(text: string, quantity: Quantity, scale: bigint, product: Stocked): RowAmount {
  const unknown: RowAmount = { known: false, why: `“${text}” cannot be worked out in ${product.unit}.` };
  const [strength, ...others] = [...readStrengths(`${product.name} ${product.strength ?? ''}`).stated];
  const per = /^(\d+) ng(?:\/mL| each)$/.exec(strength ?? '')?.[1];
  if (per === undefined || others.length > 0 || BigInt(per) === 0n) return unknown;
  if ((product.unit === 'mL') !== strength?.endsWith('/mL')) return unknown;
  const [whole = '0', fraction = ''] = quantity.split('.');
  // In ten-thousandths on both sides: the quantity's own, and those of what comes out.
  const mass = BigInt(`${whole}${fraction.padEnd(4, '0')}`) * scale;
  if (mass % BigInt(per) !== 0n || mass / BigInt(per) > 9_999_999_999n) return unknown;
  const worked = fromTenThousandths(Number(mass / BigInt(per)));
  return {
    known: true,
    quantity: worked,
    worked: `${text} at ${product.strength ?? ''} is ${worked} ${product.unit}`,
  };
}
