/** DEA registration numbers: two letters and seven digits, the last of them a check digit. */

export type DeaNumberCode = 'dea-format' | 'dea-checksum';
export type DeaWarningCode = 'dea-registrant-type' | 'dea-name-letter';
export interface DeaWarning {
  readonly code: DeaWarningCode;
  readonly message: string;
}
export type DeaNumberResult =
  | { readonly ok: true; readonly value: string; readonly warnings: readonly DeaWarning[] }
  | { readonly ok: false; readonly error: { readonly code: DeaNumberCode; readonly message: string } };

/** First letters in use: practitioners and institutions, mid-level, distributors and the other registrants. */
const REGISTRANT_TYPES = 'ABCDEFGHJKLMNPRSTUX';

/** The check digit of a DEA number from its first six digits: (d1+d3+d5) + 2(d2+d4+d6), last digit. */
export function deaCheckDigit(six: string): string {
  const d = [...six].map(Number);
  const sum = (d[0] ?? 0) + (d[2] ?? 0) + (d[4] ?? 0) + 2 * ((d[1] ?? 0) + (d[3] ?? 0) + (d[5] ?? 0));
  return String(sum % 10);
}

function warningsFor(value: string, name: string | undefined): DeaWarning[] {
  const [type = '', letter = ''] = value;
  const warnings: DeaWarning[] = [];
  if (!REGISTRANT_TYPES.includes(type)) {
    warnings.push({
      code: 'dea-registrant-type',
      message: `DEA numbers seldom begin with ${type}. Compare the first letter with the certificate.`,
    });
  }
  const initials: readonly string[] = (name ?? '').toUpperCase().match(/\b[A-Z0-9]/g) ?? [];
  if (initials.length > 0 && letter !== '9' && !initials.includes(letter)) {
    warnings.push({
      code: 'dea-name-letter',
      message: `The second letter is ${letter}, which usually is the first letter of the registrant's surname or business name. Compare it with the certificate.`,
    });
  }
  return warnings;
}

/**
 * Reads a DEA registration number. Spaces and small letters are forgiven; letters that look odd are
 * warnings, since the DEA publishes no closed list of them.
 * @param name registrant or business, to compare the second letter with
 * Codes: `dea-format`, `dea-checksum`.
 */
export function parseDeaNumber(text: string, name?: string): DeaNumberResult {
  const value = text.replace(/[\s-]/g, '').toUpperCase();
  if (!/^[A-Z][A-Z9]\d{7}$/.test(value)) {
    return {
      ok: false,
      error: {
        code: 'dea-format',
        message: `“${text.trim()}” is not a DEA number: it has two letters and then seven digits, like AP5836727. Copy it from the registration certificate.`,
      },
    };
  }
  if (deaCheckDigit(value.slice(2, 8)) !== value.at(-1)) {
    return {
      ok: false,
      error: {
        code: 'dea-checksum',
        message: `“${value}” fails the DEA check digit, so at least one digit is wrong. Compare it with the registration certificate.`,
      },
    };
  }
  return { ok: true, value, warnings: warningsFor(value, name) };
}
