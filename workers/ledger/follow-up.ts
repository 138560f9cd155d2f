import { type EntryType, parseEntry } from '../../shared/domain/entries.ts';
import type { EntryDraft } from '../../shared/protocol/ledger.ts';
import type { Refusal } from '../../shared/protocol/outcome.ts';
import type { Context } from './context.ts';
import { carryOutErasures, whyNotErased } from './vault/erasure.ts';
import { changeOver, whyNotRotated } from './vault/rotation.ts';
import { forgetUnused } from './vault/unused.ts';

/**
 * What entries bring about on this device besides themselves. The entry comes first and decides; what follows from it
 * is done after the append, and again at every opening for whatever was cut off between the two.
 */

/** Why an entry may not be recorded on this device as it stands; `null` when it may. The gate has its own say. */
export async function refusalBefore(context: Context, draft: EntryDraft): Promise<Refusal | null> {
  if (draft.type !== 'vault.rotated' && draft.type !== 'patients.erased') return null;
  const parsed = parseEntry(draft);
  // The same entry once more is its receipt, whatever has happened since.
  if (!parsed.ok || (await context.effects.store.byEntry(draft.id))) return null;
  const { entry } = parsed;
  const why =
    entry.type === 'patients.erased' ? await whyNotErased(context, entry.body) : await whyNotRotated(context);
  return why === null ? null : { code: 'vault', message: why };
}

/** Does what an entry of that type brings about. Never rejects: what is left over is done at the next opening. */
export async function followUp(context: Context, type: EntryType): Promise<void> {
  try {
    if (type === 'vault.rotated') await changeOver(context);
    if (type === 'patients.erased') await carryOutErasures(context);
  } catch {
    // The entry stands.
  }
}

/** Does whatever was cut off, and what is due by the calendar. */
export async function catchUpOnVault(context: Context): Promise<void> {
  await carryOutErasures(context);
  await changeOver(context);
  await forgetUnused(context);
}
