import { toHex } from '../../../shared/ledger/bytes.ts';
import type { Disclosure, PatientDetails } from '../../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../../shared/protocol/outcome.ts';
import type { FoundPatients, PatientOfAct } from '../../../shared/protocol/vault.ts';
import type { Context } from '../context.ts';
import { useSession } from '../keys/prove.ts';
import { patientOf } from './patients.ts';
import { PatientIndex } from './search.ts';
import { type OpenVault, openVault, readVault } from './vault.ts';

/** Reading the vault by the right of a session. */

const DAMAGED = 'Patient names on this device are damaged. Open the last disclosed export instead.';

/** The vault, opened by the person of a session. */
export async function vaultOf(context: Context, session: string): Promise<Outcome<OpenVault>> {
  const keys = await useSession(context, session);
  if (!keys.ok) return keys;
  const vault = await openVault(context.db, keys.value);
  if (vault) return done(vault);
  return refused(
    'vault',
    'Patient names are not open to you on this device yet. Ask a colleague to sign in here once.',
  );
}

/** Identity of these patients, or of all of them. */
export async function fromVault(
  context: Context,
  session: string,
  refs?: readonly string[],
): Promise<Outcome<Disclosure[]>> {
  const vault = await vaultOf(context, session);
  if (!vault.ok) return vault;
  try {
    return done(await readVault(context.db, vault.value, refs));
  } catch {
    return refused('vault', DAMAGED);
  }
}

export async function reveal(
  context: Context,
  refs: readonly string[],
  session: string,
): Promise<Outcome<Record<string, PatientDetails>>> {
  const found = await fromVault(context, session, refs);
  if (!found.ok) return found;
  return done(Object.fromEntries(found.value.map(({ ref, details }) => [ref, details])));
}

/** Whose act this was. A session that is over says no more than none. */
export async function whoseAct(
  context: Context,
  entryId: string,
  session: string | null,
): Promise<PatientOfAct> {
  const vault = session === null ? null : await vaultOf(context, session);
  return patientOf(context, entryId, vault?.ok ? vault.value : null);
}

/** The index of one session, for as long as it lasts. */
export class PatientSearch {
  readonly #context: Context;
  #held: { of: string; index: PatientIndex } | null = null;

  constructor(context: Context) {
    this.#context = context;
  }

  async find(query: string, session: string): Promise<Outcome<FoundPatients>> {
    const vault = await vaultOf(this.#context, session);
    if (!vault.ok) {
      this.drop();
      return vault;
    }
    const { db } = this.#context;
    // What was decrypted before another key or an erasure is not what the vault holds any more.
    const erased = await db.meta.get('erased');
    const of = [session, toHex(vault.value.publicKey), erased?.key === 'erased' ? erased.seq : ''].join(' ');
    if (this.#held?.of !== of) this.#held = { of, index: new PatientIndex(vault.value) };
    const { index } = this.#held;
    const { state } = await this.#context.projection.catchUp();
    return done(await index.find(db, state, query));
  }

  drop(): void {
    this.#held = null;
  }
}
