import type { RuleCode } from '../domain/findings.ts';
import type { Schedule } from '../domain/schema.ts';
import type { LedgerCode } from '../ledger/errors.ts';
import type { Id } from '../ledger/ids.ts';

/**
 * What a check says: two answers that are never mixed. Plain data, so that it travels between workers and
 * prints as JSON; the same bytes give the same verdict everywhere.
 */
export type Verdict = {
  /** The bytes are what was written, by whom it says. */
  readonly integrity: {
    readonly ok: boolean;
    /** The first broken record first; what concerns no single record comes last. At most `MAX_LISTED`. */
    readonly failures: readonly Failure[];
    /** All failures, listed or not. */
    readonly count: number;
  };
  /** What was written obeys the ledger's own policy. Says nothing where the integrity is broken. */
  readonly conformity: {
    /** No finding is a breach. */
    readonly ok: boolean;
    readonly findings: readonly ConformityFinding[];
    readonly count: number;
    readonly breaches: number;
  };
  readonly summary: Summary;
};

/** Longest list of failures, or of findings, in a verdict. */
export const MAX_LISTED = 1000;

export type Failure = {
  readonly code: LedgerCode;
  /** A sentence: what is wrong. */
  readonly message: string;
  readonly log?: string;
  /** Position of the record in its log, by its place in the file. */
  readonly seq?: number;
  readonly entryId?: Id;
  readonly file?: string;
};

export type ConformityCode =
  | RuleCode
  | 'count-overdue'
  | 'count-unexplained'
  | 'discrepancy-open'
  | 'before-receipt';

export type ConformityFinding = {
  readonly code: ConformityCode;
  /** `breach`: against the policy. `note`: within it, and worth a look (an over-draw that was explained). */
  readonly severity: 'breach' | 'note';
  readonly message: string;
  readonly log: string;
  readonly seq?: number;
  readonly entryId?: Id;
};

export type LogSummary = {
  readonly log: string;
  readonly device: Id;
  /** The records at hand are `from <= seq < to`. */
  readonly from: number;
  readonly to: number;
  /** Size that the signed checkpoint covers; `to` where there is none. */
  readonly size: number;
  /** Leaf hash of the last record at hand; 64 zeros where there is none. */
  readonly head: string;
  /** Root of the tree that the checkpoint names, as hex. */
  readonly root: string;
  readonly checkpointSigned: boolean;
};

/** What became of a head that was kept elsewhere. A contradicted one is a failure, too, `fork` or `truncated`. */
export type HeadComparison = {
  readonly ledger: Id;
  readonly device?: Id;
  readonly size: number;
  readonly hash: string;
  readonly answer: 'agrees' | 'contradicted' | 'not-comparable';
};

export type Summary = {
  readonly ledger: Id | null;
  readonly facility: { readonly name: string; readonly deaNumber: string } | null;
  readonly demo: boolean;
  /** First 16 hex digits of the genesis hash, in groups of four, to be read out loud. */
  readonly genesis: string | null;
  readonly logs: readonly LogSummary[];
  /** The heads that were handed in, and whether they fit. */
  readonly heads: readonly HeadComparison[];
  readonly records: number;
  readonly signatures: number;
  /** Second factors beside them. */
  readonly factors: number;
  /** Patient identities that were disclosed and checked; `null` where the package discloses none. */
  readonly disclosed: number | null;
  /** When and by which build the package says that it was made. Not signed. */
  readonly made: string | null;
  readonly build: string | null;
  /** Files of the package that nothing could be compared with: they say whatever their sender put there. */
  readonly unjudged: readonly string[];
  readonly onHand: readonly OnHand[];
};

/** Book balance of a drug over its open containers. */
export type OnHand = {
  readonly product: string;
  readonly name: string;
  readonly strength?: string;
  readonly schedule: Schedule;
  readonly unit: string;
  readonly total: string;
  readonly containers: number;
};

/** First 16 hex digits in groups of four: short enough to be read out over the telephone. */
export function spokenHash(hash: string): string {
  return (hash.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
}

/** A time of the record format as people read it: `2026-09-08 09:00 UTC`. The same in every place and language. */
export function utcText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;
}

/** Thrown where the caller's signal was aborted. */
export class VerificationCancelled extends Error {
  constructor() {
    super('The check was cancelled before it ended.');
    this.name = 'VerificationCancelled';
  }
}
