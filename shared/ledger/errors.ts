/**
 * What can be wrong with a ledger's bytes. The list is closed and published (README.md, "Verdict"):
 * a verifier in another language reports the same words.
 */
export const LEDGER_CODES = [
  'parse',
  'canonical',
  'version',
  'sequence',
  'link',
  'signature',
  'unknown-key',
  'revoked-key',
  'duplicate-id',
  'after',
  'time-order',
  'checkpoint',
  'root',
  'proof',
  'fork',
  'truncated',
  'manifest',
  'commitment',
] as const;

export type LedgerCode = (typeof LEDGER_CODES)[number];

export type LedgerErrorDetails = {
  readonly code: LedgerCode;
  /** A sentence for a person; never parsed. */
  readonly message: string;
  /** Position in the log of the record at fault, where there is one. */
  readonly seq?: number;
  readonly cause?: unknown;
};

/** The one error that `shared/ledger` throws for bad data. Anything else thrown is a programming mistake. */
export class LedgerError extends Error {
  readonly code: LedgerCode;
  readonly seq: number | undefined;

  constructor({ code, message, seq, cause }: LedgerErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'LedgerError';
    this.code = code;
    this.seq = seq;
  }
}
