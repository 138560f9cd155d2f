import type { LedgerService } from '../../../shared/protocol/ledger.ts';
import type { Outcome } from '../../../shared/protocol/outcome.ts';
import type { VaultService } from '../../../shared/protocol/vault.ts';
import type { AccessDesk } from '../access.ts';
import type { Context } from '../context.ts';
import { refusalOf } from '../gate/refusals.ts';
import { erasurePlan } from './erasure.ts';
import { fromVault, PatientSearch, reveal, whoseAct } from './read.ts';
import { dropRotation, rotationView, stageRotation } from './rotation.ts';

type Offered = VaultService & Pick<LedgerService, 'lock' | 'revealPatients' | 'discloseAll'>;

/** Signing in, and what a person who is signed in can see and do with patients' names. */
export function vaultService(context: Context, desk: AccessDesk): Offered {
  const search = new PatientSearch(context);
  desk.onLeft = () => search.drop();
  return {
    access: () => desk.access(),
    signIn: (staff, pin) => attempt(() => desk.signIn(staff, pin)),
    signOut: () => desk.signOut(),
    lock: () => desk.lock(),
    stayAwake: async () => desk.stayAwake(),
    endSession: async (session) => context.sessions.end(session),
    revealPatients: (refs, session) => attempt(() => reveal(context, refs, session)),
    discloseAll: (session) => attempt(() => fromVault(context, session)),
    findPatients: (query, session) => attempt(() => search.find(query, session)),
    patientOf: (entryId, session) => whoseAct(context, entryId, session),
    rotation: () => rotationView(context),
    stageRotation: (session, onProgress) => attempt(() => stageRotation(context, session, onProgress)),
    dropRotation: () => dropRotation(context),
    erasable: (before) => erasurePlan(context, before),
  };
}

/** No thrown error leaves the worker: it would lose its type on the way. */
async function attempt<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  try {
    return await work();
  } catch (error) {
    return { ok: false, refusal: refusalOf(error, 'before') };
  }
}
