import { type LedgerCode, LedgerError } from '../../shared/ledger/errors.ts';

/** The code that a call is refused with; nothing when it succeeds. Any other error goes through. */
export function codeOf(call: () => unknown): LedgerCode | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
  return undefined;
}

/** The same for an asynchronous call. */
export async function codeOfAsync(call: () => Promise<unknown>): Promise<LedgerCode | undefined> {
  try {
    await call();
  } catch (error) {
    if (error instanceof LedgerError) return error.code;
    throw error;
  }
  return undefined;
}
