import type { Body, EntryType } from '../../domain/entries.ts';
import type { SignedAs } from '../../domain/state.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { EntryDraft, Receipt, SignedStatement, Signer } from '../../protocol/ledger.ts';
import type { Refusal } from '../../protocol/outcome.ts';

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

/** `of` says whose signature was refused, so that the sentence can stand beside that person's PIN. */
export type Recorded = { ok: true; value: Receipt } | { ok: false; refusal: Refusal; of?: SignedAs };

/** An act with the signatures that it has so far. */
export type Signed = { entry: EntryDraft; signatures: readonly SignedStatement[] };
export type SignedAct = { ok: true; value: Signed } | Extract<Recorded, { ok: false }>;

/**
 * Signs an act as each of its signers and appends it. An entry that is in the ledger already answers with its
 * receipt, so that a retry never records twice. Refusals are the worker's own; a broken connection is `unreachable`.
 */
export async function recordAct(port: ActPort, act: Act): Promise<Recorded> {
  return answered(async () => {
    const known = await port.receipt(act.id);
    if (known) return { ok: true, value: known };
    const signed = await signAll(port, act);
    return signed.ok ? port.append(signed.value) : signed;
  });
}

/** Signs an act as each of its signers and appends nothing yet: somebody else is still to sign elsewhere. */
export const signAct = (port: ActPort, act: Act): Promise<SignedAct> => answered(() => signAll(port, act));

/** Appends an act with every signature that it needs. */
export const appendSigned = (port: ActPort, signed: Signed): Promise<Recorded> =>
  answered(() => port.append(signed));

async function signAll(port: ActPort, act: Act): Promise<SignedAct> {
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
    if (!signed.ok) return { ok: false, refusal: signed.refusal, of: signer.as };
    signatures.push(signed.value);
  }
  return { ok: true, value: { entry, signatures } };
}

async function answered<T>(
  work: () => Promise<T | Extract<Recorded, { ok: false }>>,
): Promise<T | Extract<Recorded, { ok: false }>> {
  try {
    return await work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `The ledger did not answer (${why}). What you typed is kept; try again.`;
    return { ok: false, refusal: { code: 'unreachable', message } };
  }
}
