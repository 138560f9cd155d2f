import type { Body, EntryType } from '../../domain/entries.ts';
import type { SignedAs } from '../../domain/state.ts';
import type { Assertion } from '../../ledger/assertion.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { FactorSigner } from '../../protocol/factors.ts';
import type { EntryDraft, Receipt, SignedStatement, Signer } from '../../protocol/ledger.ts';
import type { Outcome, Refusal } from '../../protocol/outcome.ts';

/** Whose turn it is to use their passkey or security key, and on what: a signature of theirs that was just made. */
export type FactorAsk = { entry: EntryDraft; signed: SignedStatement; signer: FactorSigner };
/**
 * A ledger, and where this page can reach an authenticator at all, the way to ask for a second factor. A page of
 * another site than the app cannot: the keys are the app's.
 */
export type SigningPort = CapturePort & { readonly askFactor?: AskFactor };
export type AskFactor = (ask: FactorAsk) => Promise<Outcome<Assertion>>;

export type ActPort = Pick<SigningPort, 'head' | 'receipt' | 'factorsFor' | 'sign' | 'append' | 'askFactor'>;

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
export type SignedAct =
  | { ok: true; value: Signed }
  /** It is in the ledger already: an answer was lost. */
  | { ok: true; known: Receipt }
  | Extract<Recorded, { ok: false }>;

/**
 * Signs an act as each of its signers and appends it. An entry that is in the ledger already answers with its
 * receipt, so that a retry never records twice. Refusals are the worker's own; a broken connection is `unreachable`.
 */
export async function recordAct(port: ActPort, act: Act): Promise<Recorded> {
  return answered(async () => {
    const signed = await signUnknown(port, act);
    if (!signed.ok) return signed;
    return 'known' in signed ? { ok: true, value: signed.known } : port.append(signed.value);
  });
}

/** Signs an act as each of its signers and appends nothing yet: somebody else is still to sign elsewhere. */
export const signAct = (port: ActPort, act: Act): Promise<SignedAct> =>
  answered(() => signUnknown(port, act));

async function signUnknown(port: ActPort, act: Act): Promise<SignedAct> {
  const known = await port.receipt(act.id);
  return known ? { ok: true, known } : signAll(port, act);
}

/** Appends an act with every signature that it needs. */
export const appendSigned = (port: ActPort, signed: Signed): Promise<Recorded> =>
  answered(() => port.append(signed));

async function signAll(port: ActPort, act: Act): Promise<Exclude<SignedAct, { known: Receipt }>> {
  const { id, type, by, body, signers } = act;
  const [head, factors] = await Promise.all([
    port.head(),
    port.factorsFor({ type, by, body, signers: signers.map((signer) => ({ as: signer.as, by: signer.by })) }),
  ]);
  const missing = factors && factorMissing(port, factors);
  if (missing) return { ok: false, ...missing };
  const entry: EntryDraft = {
    ...{ id, type, by, body },
    at: act.at ?? new Date().toISOString(),
    after: head.hash,
  };
  const signatures: SignedStatement[] = [];
  for (const signer of signers) {
    const signed = await port.sign(entry, signer);
    if (!signed.ok) return { ok: false, refusal: signed.refusal, of: signer.as };
    const due = factors?.find(({ as }) => as === signer.as);
    const whole = due ? await withFactor(port, { entry, signed: signed.value, signer: due }) : signed;
    if (!whole.ok) return { ok: false, refusal: whole.refusal };
    signatures.push(whole.value);
  }
  return { ok: true, value: { entry, signatures } };
}

/** What can be said before anybody has signed: no key can be used here, or somebody has none. */
function factorMissing(
  { askFactor }: ActPort,
  signers: readonly FactorSigner[],
): { refusal: Refusal; of?: SignedAs } | null {
  const code = 'factor-missing';
  if (!askFactor) return { refusal: { code, message: FACTOR_ELSEWHERE } };
  const without = signers.find(({ credentials }) => credentials.length === 0);
  if (!without) return null;
  const message = `The policy asks for a passkey or security key here, and ${without.name} has none yet. ${without.name} adds one under People. What you typed is kept.`;
  return { refusal: { code, message }, of: without.as };
}

/** Said where a form lies over another site: the draft is in the app's list by then. */
export const FACTOR_ELSEWHERE =
  'The policy asks for a passkey or security key with every signature of this, and those work only in the Countersign app. What you typed is kept as a draft: open the app, go on with it there and sign.';

/** The signature with its second factor beside it. */
async function withFactor({ askFactor }: ActPort, ask: FactorAsk): Promise<Outcome<SignedStatement>> {
  if (!askFactor) return { ok: true, value: ask.signed };
  const answered = await askFactor(ask);
  return answered.ok ? { ok: true, value: { ...ask.signed, assertion: answered.value } } : answered;
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
