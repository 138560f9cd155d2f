/**
 * Quantities as the record format has them: canonical decimal text with at most four decimal places.
 * Arithmetic is on whole ten-thousandths, so 0.1 + 0.2 is 0.3 and a balance never drifts.
 */

/** Canonical decimal text: `0`, `0.35`, `12`, `-0.5`. */
export type Quantity = string;

/** A quantity as a whole number of ten-thousandths: `0.35` is 3500. */
export type TenThousandths = number;

export const UNITS = ['mL', 'tablet', 'capsule', 'patch', 'vial', 'g', 'mg', 'each'] as const;
export type Unit = (typeof UNITS)[number];

const PLURALS: Partial<Record<Unit, string>> = {
  tablet: 'tablets',
  capsule: 'capsules',
  patch: 'patches',
  vial: 'vials',
};

/** `47 tablets`, `1 tablet`, `0.35 mL`: the unit as it is said after an amount. */
export const unitText = (unit: Unit, quantity: Quantity): string =>
  quantity === '1' || quantity === '-1' ? unit : (PLURALS[unit] ?? unit);

const SCALE = 10_000;
const CANONICAL = /^-?(0|[1-9]\d{0,8})(\.\d{1,4})?$/;

/** True for text that is a quantity exactly as the ledger stores it (no leading or trailing zeros, no `-0`, no `+`). */
export function isQuantity(text: string): boolean {
  return CANONICAL.test(text) && !/\.\d*0$/.test(text) && text !== '-0';
}

/** The quantity in ten-thousandths. The text has to be canonical already (`isQuantity`). */
export function toTenThousandths(quantity: Quantity): TenThousandths {
  const negative = quantity.startsWith('-');
  const [whole = '0', fraction = ''] = (negative ? quantity.slice(1) : quantity).split('.');
  const size = Number(whole) * SCALE + Number(fraction.padEnd(4, '0'));
  return negative ? -size : size;
}

/** Canonical text of a whole number of ten-thousandths. */
export function fromTenThousandths(amount: TenThousandths): Quantity {
  if (amount === 0) return '0';
  const size = Math.abs(amount);
  const fraction = String(size % SCALE)
    .padStart(4, '0')
    .replace(/0+$/, '');
  const text = `${Math.floor(size / SCALE)}${fraction === '' ? '' : `.${fraction}`}`;
  return amount < 0 ? `-${text}` : text;
}

/** a + b, exactly. */
export const add = (a: Quantity, b: Quantity): Quantity =>
  fromTenThousandths(toTenThousandths(a) + toTenThousandths(b));

/** a - b, exactly. */
export const subtract = (a: Quantity, b: Quantity): Quantity =>
  fromTenThousandths(toTenThousandths(a) - toTenThousandths(b));

/** Negative, zero or positive as a is less than, equal to or more than b. */
export const compare = (a: Quantity, b: Quantity): number => toTenThousandths(a) - toTenThousandths(b);

export type TypedQuantityCode = 'empty' | 'not-a-number' | 'negative' | 'zero' | 'too-precise' | 'too-large';
export type TypedQuantity =
  | { ok: true; quantity: Quantity }
  | { ok: false; code: TypedQuantityCode; message: string };

const refuse = (code: TypedQuantityCode, message: string): TypedQuantity => ({ ok: false, code, message });

/**
 * Reads what a person typed. `.5`, `0.50` and `1,` are not errors of substance: `.5` and `0.50` become `0.5`;
 * a comma is refused, since it is a decimal point to some and a separator to others.
 * `allowZero` is for counts and for "nothing given".
 */
export function readTypedQuantity(typed: string, options: { allowZero?: boolean } = {}): TypedQuantity {
  const text = typed.trim();
  if (text === '') return refuse('empty', 'Type an amount.');
  if (/^-/.test(text))
    return refuse('negative', 'An amount cannot be negative. Type it without the minus sign.');
  if (!/^(\d+\.?\d*|\.\d+)$/.test(text)) {
    return refuse('not-a-number', `"${text}" is not an amount. Use digits and a point, like 0.35.`);
  }
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const places = fraction.replace(/0+$/, '');
  if (places.length > 4) {
    return refuse(
      'too-precise',
      'At most four decimal places. Round it to what the syringe or scale can show.',
    );
  }
  if (digits.length > 6)
    return refuse('too-large', 'That is more than any container holds. Check the decimal point.');
  const quantity = places === '' ? digits : `${digits}.${places}`;
  if (quantity === '0' && !options.allowZero)
    return refuse('zero', 'The amount is zero. Type how much it was.');
  return { ok: true, quantity };
}
