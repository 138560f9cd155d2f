import type { EntryType } from '../domain/entries.ts';
import type { SignedAs } from '../domain/state.ts';
import type { EntryDraft, SignedStatement } from './ledger.ts';

/** Second factors: passkeys and security keys beside signatures (shared/ledger/README.md, "Second factor"). */
export interface FactorService {
  /** Who of the signers has to add a second factor to this act, by the policy in force; `null` where nobody has to. */
  factorsFor(question: FactorQuestion): Promise<FactorSigner[] | null>;
  /** The challenge for the second factor beside a signature that was just made: 32 bytes in base64url. */
  factorChallenge(entry: EntryDraft, signed: SignedStatement): Promise<string | null>;
  /** Every credential that is good now, whosever it is: one key belongs to one person. */
  factorsInUse(): Promise<FactorInUse[]>;
}

/** An act as far as it is known before anybody signs it. */
export type FactorQuestion = {
  type: EntryType;
  by: string;
  body: unknown;
  signers: readonly { as: SignedAs; by: string }[];
};

export type FactorSigner = {
  as: SignedAs;
  by: string;
  name: string;
  /** None where the person has not added any yet. */
  credentials: FactorCredential[];
};

/** `id`: the credential id in base64url. `rp`: the host that it works on. */
export type FactorCredential = { id: string; name: string; rp: string };
export type FactorInUse = { id: string; rp: string; staff: string };

/** As the People screen lists it; `added` is the time (RFC 3339) of the record that added it. */
export type FactorView = FactorCredential & { added: string };
