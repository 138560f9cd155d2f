import type { Sha256 } from '../ledger/hash.ts';
import type { SignatureVerifiers } from '../ledger/verify-signature.ts';
import type { CheckSignatures } from './signatures.ts';

/** The effects that a check needs, handed in so that it runs unchanged in page, worker, Node and tests. */
export type VerifyPorts = SignatureVerifiers & {
  readonly sha: Sha256;
  /** Checks signatures in batches, on other cores where there are some; in this realm when absent. */
  readonly checkSignatures?: CheckSignatures;
};

/** A head that was kept elsewhere: printed on a report, read out, remembered by another device. */
export type KnownHead = {
  readonly ledger: string;
  /** Which of the ledger's logs; the only one when absent. */
  readonly device?: string;
  readonly size: number;
  /** Leaf hash of the last record, or its first digits (16 at least) where that is all that was kept. */
  readonly hash: string;
};

export type VerifyOptions = {
  readonly heads?: readonly KnownHead[];
  /** Checkpoints of this ledger kept from earlier, as signed notes. */
  readonly checkpoints?: readonly string[];
  readonly onProgress?: (progress: VerifyProgress) => void;
  /** Lets a page paint between stretches of work. */
  readonly breathe?: () => Promise<void>;
  /** An `AbortSignal` fits. */
  readonly signal?: { readonly aborted: boolean };
};

export type VerifyProgress = {
  readonly phase: 'files' | 'records' | 'signatures' | 'done';
  /** Records read, of `of`. */
  readonly done: number;
  readonly of: number;
};
