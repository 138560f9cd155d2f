import type { RememberedHead } from '../../shared/protocol/ledger.ts';

/** The head of the log, kept outside IndexedDB so that a database that vanished is an alarm and not a first run. */
const KEY = 'countersign.head';

export function readRememberedHead(): RememberedHead | null {
  try {
    return parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

export function rememberHead({ ledger, size, hash }: RememberedHead): void {
  if (size === 0) return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ ledger, size, hash }));
  } catch {
    // Private windows may refuse it; the ledger itself does not depend on it.
  }
}

/** Only when a person has decided to begin anew after an alarm. */
export function forgetHead(): void {
  localStorage.removeItem(KEY);
}

function parse(text: string | null): RememberedHead | null {
  if (text === null) return null;
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return null;
  if (!('ledger' in value) || !('size' in value) || !('hash' in value)) return null;
  const { ledger, size, hash } = value;
  return typeof ledger === 'string' && typeof size === 'number' && typeof hash === 'string'
    ? { ledger, size, hash }
    : null;
}
