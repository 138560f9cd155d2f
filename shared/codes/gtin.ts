/** GTIN, UPC and EAN numbers (GS1 General Specifications, sections 2.1 and 7.9). */

export type GtinCode = 'gtin-length' | 'gtin-not-digits' | 'gtin-check-digit';
export interface GtinError {
  readonly code: GtinCode;
  readonly message: string;
}
export type GtinResult =
  | { readonly ok: true; readonly gtin: string }
  | { readonly ok: false; readonly error: GtinError };

/** The mod-10 check digit for `digits` (without it), weights 3 and 1 from the right (section 7.9.1). */
export function checkDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 3 : 1);
  }
  return String((10 - (sum % 10)) % 10);
}

/** Whether the last digit of `digits` is its right check digit. False for anything but digits. */
export function hasCheckDigit(digits: string): boolean {
  return /^\d{2,}$/.test(digits) && digits.at(-1) === checkDigit(digits.slice(0, -1));
}

const refuse = (code: GtinCode, message: string): GtinResult => ({ ok: false, error: { code, message } });

/**
 * Reads a GTIN-8, -12 (UPC-A), -13 (EAN-13) or -14 and widens it to 14 digits with leading zeros.
 * Codes: `gtin-not-digits`, `gtin-length`, `gtin-check-digit`.
 */
export function parseGtin(text: string): GtinResult {
  if (!/^\d+$/.test(text)) {
    return refuse(
      'gtin-not-digits',
      `“${text}” has something other than digits. Type only the digits under the bar code.`,
    );
  }
  if (![8, 12, 13, 14].includes(text.length)) {
    return refuse(
      'gtin-length',
      `“${text}” has ${text.length} digits; a product number has 8, 12, 13 or 14. Compare it with the digits under the bar code.`,
    );
  }
  const right = checkDigit(text.slice(0, -1));
  if (text.at(-1) !== right) {
    return refuse(
      'gtin-check-digit',
      `The check digit of “${text}” is wrong (it would have to be ${right}), so at least one digit was misread or mistyped. Compare it with the label and try again.`,
    );
  }
  return { ok: true, gtin: text.padStart(14, '0') };
}

/**
 * UPC-E to UPC-A (GS1 General Specifications, section 5.2.2.4.2).
 * @param text 6 digits, or 8 with number system 0 or 1 and check digit
 * @returns 12 digits with check digit, or undefined when it is not UPC-E
 */
export function expandUpcE(text: string): string | undefined {
  if (!/^(\d{6}|[01]\d{7})$/.test(text)) return undefined;
  const system = text.length === 8 ? text.slice(0, 1) : '0';
  const six = text.length === 8 ? text.slice(1, 7) : text;
  const last = six.slice(5);
  const body =
    last <= '2'
      ? `${six.slice(0, 2)}${last}0000${six.slice(2, 5)}`
      : last === '3'
        ? `${six.slice(0, 3)}00000${six.slice(3, 5)}`
        : last === '4'
          ? `${six.slice(0, 4)}00000${six.slice(4, 5)}`
          : `${six.slice(0, 5)}0000${last}`;
  const upc = `${system}${body}`;
  const check = checkDigit(upc);
  return text.length === 6 || text.at(-1) === check ? `${upc}${check}` : undefined;
}

/**
 * The ten digits of the NDC inside a GTIN: indicator, `03`, NDC10, check digit. Its hyphens are not
 * carried. Undefined when the GTIN is not one of the FDA's: vet firms may use another company prefix.
 */
export function gtinToNdc10(gtin14: string): string | undefined {
  return /^\d03\d{11}$/.test(gtin14) && hasCheckDigit(gtin14) ? gtin14.slice(3, 13) : undefined;
}
