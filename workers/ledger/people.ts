import { type DomainEntry, parseEntry } from '../../shared/domain/entries.ts';
import { formatTime } from '../../shared/ledger/time.ts';
import type { EntryDraft, Session, SignedStatement, Signer } from '../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../shared/protocol/outcome.ts';
import type { Context } from './context.ts';
import type { OpenKeys } from './keys/person.ts';
import { idleMsOf, tryPin, useSession } from './keys/prove.ts';
import { signEntry } from './keys/sign.ts';
import { shareVault } from './vault/vault.ts';

/** Signing in and signing. */

export async function unlock(context: Context, staff: string, pin: string): Promise<Outcome<Session>> {
  const { state } = await context.projection.catchUp();
  const keys = await tryPin(context, staff, pin);
  if (!keys.ok) return keys;
  const { until } = state.staff[staff] ?? {};
  const { session, expires } = context.sessions.start(keys.value, {
    idleMs: idleMsOf({ state }, staff),
    end: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
  });
  return done({ session, staff, expires: formatTime(expires) });
}

export async function sign(
  context: Context,
  draft: EntryDraft,
  signer: Signer,
): Promise<Outcome<SignedStatement>> {
  const parsed = parseEntry(draft);
  if (!parsed.ok) return refused('schema', `${parsed.where}: ${parsed.message}`);
  const { entry } = parsed;
  if (signer.as === 'performer' && signer.by !== entry.by) {
    return refused('signature', 'Only the person who did it signs as the performer.');
  }
  if (signer.as !== 'performer' && signer.by === entry.by) {
    return refused('self-witness', 'Nobody can witness or approve their own act. Ask a colleague.');
  }
  const head = await context.effects.store.head();
  if (!head) return refused('not-started', 'Start a ledger first.');
  const keys = await keysOf(context, signer);
  if (!keys.ok) return keys;
  const welcomed = await welcome(context, entry, keys.value);
  if (!welcomed.ok) return welcomed;
  const at = formatTime(context.now());
  return done(
    await signEntry(context.sha, entry, { key: keys.value, as: signer.as, at, ledger: head.ledger }),
  );
}

async function keysOf(context: Context, signer: Signer): Promise<Outcome<OpenKeys>> {
  if ('pin' in signer) return tryPin(context, signer.by, signer.pin);
  const keys = await useSession(context, signer.session);
  if (!keys.ok || keys.value.staff === signer.by) return keys;
  return refused('session-over', 'You were signed out. Type your PIN again.');
}

/**
 * Whoever brings in a colleague's key, and can open the vault, lets that key open it too; a visitor's never. The key
 * has to lie here: without it the person would be enrolled and could sign nothing.
 */
async function welcome(context: Context, entry: DomainEntry, keys: OpenKeys): Promise<Outcome<void>> {
  const { db, projection } = context;
  const { type, body } = entry;
  if (type !== 'staff.enrolled' && type !== 'staff.admitted' && type !== 'staff.key-rotated') {
    return done(undefined);
  }
  const { id, publicKey } = body.staff;
  const row = (await db.keys.where('staff').equals(id).toArray()).find((one) => one.publicKey === publicKey);
  if (!row) {
    return refused('no-key', 'The key that was made for this person is gone. Let them choose a PIN again.');
  }
  const { state } = await projection.catchUp();
  const visits = type === 'staff.admitted' || state.staff[id]?.until !== undefined;
  if (!visits) await shareVault(db, keys, ({ keyId }) => keyId === row.keyId);
  return done(undefined);
}
