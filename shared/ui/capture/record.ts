import type { Body, EntryType } from '../../domain/entries.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { EntryDraft, Receipt, SignedStatement, Signer } from '../../protocol/ledger.ts';
import { done, type Outcome, refused } from '../../protocol/outcome.ts';

export type ActPort = Pick<CapturePort, 'head' | 'receipt' | 'sign' | 'append'>;

/** What somebody does, with everybody who signs it. `at` is when it happened; now, when left out. */
export type Doing = {
  [T in EntryType]: {
    type: T;
    at?: string;
    by: string;
    body: Body<T>;
    signers: readonly Signer[];
  };
}[EntryType];
export type Act = Doing & { id: string };

/**
 * Signs an act as each of its signers and appends it. An entry that is in the ledger already answers with its
 * receipt, so that a retry never records twice. Refusals are the worker's own; a broken connection is `unreachable`.
 */
export async function recordAct(port: ActPort, act: Act): Promise<Outcome<Receipt>> {
  try {
    const known = await port.receipt(act.id);
    if (known) return done(known);
    const { id, type, by, body, signers } = act;
    const head = await port.head();
    const entry: EntryDraft = {
      ...{ id, type, by, body },
      at: act.at ?? new Date().toISOString(),
      after: head.hash,
    };
    const signatures: SignedStatement[] = [];
    for (const signer of signers) {
      const signed = await port.sign(entry, signer);
      if (!signed.ok) return signed;
      signatures.push(signed.value);
    }
    return await port.append({ entry, signatures });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refused('unreachable', `The ledger did not answer (${why}). What you typed is kept; try again.`);
  }
}
