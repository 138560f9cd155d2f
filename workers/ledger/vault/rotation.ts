import type { Bytes } from '../../../shared/ledger/bytes.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import { done, type Outcome, refused } from '../../../shared/protocol/outcome.ts';
import type { RotationView } from '../../../shared/protocol/vault.ts';
import type { Context } from '../context.ts';
import type { OpenKeys } from '../keys/person.ts';
import { mayReadPatients, useSession } from '../keys/prove.ts';
import { nameOf } from '../queries/words.ts';
import type { LedgerDatabase } from '../store/database.ts';
import type { KeyRow, PatientRow, RotationRow, VaultKeyRow } from '../store/rows.ts';
import { seal, unseal } from './seal.ts';
import { type OpenVault, openVault, openWith, sameBytes, sealedAs, VAULT_KEY } from './vault.ts';

/**
 * Another key for the vault. In three steps, of which each can be cut off anywhere:
 *
 * 1. A key pair is made, its private half sealed to everybody who may read names; then each patient is sealed to it
 *    *beside* what stands there. Nobody reads by the new key yet. Whoever is put in meanwhile is sealed to both.
 * 2. `vault.rotated` goes into the log.
 * 3. In one transaction the new wrapping takes the place of the old one in every row, and so do the keys. This needs
 *    no secret, so it is done whenever the ledger is opened and the log says that it is due.
 */

const CHUNK = 100;

const rotationRow = async (db: LedgerDatabase): Promise<RotationRow | null> => {
  const row = await db.meta.get('rotation');
  return row?.key === 'rotation' ? row : null;
};

/** The change that is under way, for a screen. */
export async function rotationView({ db, projection }: Context): Promise<RotationView | null> {
  const row = await rotationRow(db);
  if (!row) return null;
  const { state } = await projection.catchUp();
  const [done, of] = await Promise.all([
    db.vault.filter(({ next }) => next !== undefined).count(),
    db.vault.count(),
  ]);
  const recorded = (await recordOf(db, row)) !== undefined;
  return { startedAt: row.startedAt, byName: nameOf(state, row.by), done, of, recorded };
}

const recordOf = (db: LedgerDatabase, { since }: RotationRow) =>
  db.records
    .where('[type+seq]')
    .between(['vault.rotated', since], ['vault.rotated', Number.MAX_SAFE_INTEGER])
    .first();

/** The first step: begins, or goes on where it was cut off. */
export async function stageRotation(
  context: Context,
  session: string,
  onProgress: (done: number, of: number) => void,
): Promise<Outcome<void>> {
  const keys = await useSession(context, session);
  if (!keys.ok) return keys;
  const { db } = context;
  await changeOver(context);
  const vault = await openVault(db, keys.value);
  if (!vault) {
    return refused('vault', 'Only somebody to whom patient names are open can change the key of the vault.');
  }
  const begun = await rotationRow(db);
  const next = (begun && (await ownNext(db, begun, keys.value))) ?? (await begin(context, keys.value));
  await wrapAll(context, { vault, next, session, onProgress });
  return done(undefined);
}

/** The key that a rotation is changing to, opened by somebody to whom it was sealed. */
async function ownNext(db: LedgerDatabase, row: RotationRow, keys: OpenKeys): Promise<OpenVault | null> {
  const own = await db.keys.get(keys.keyId);
  const shared = row.keys.find(({ keyId }) => keyId === keys.keyId);
  if (!own || !shared) return null;
  const opener = { privateKey: keys.box, publicKey: own.boxPublic };
  return openWith(await unseal(opener, shared.sealed, VAULT_KEY), row.publicKey);
}

async function begin({ db, projection, now }: Context, keys: OpenKeys): Promise<OpenVault> {
  const here = await projection.catchUp();
  const pair = await crypto.subtle.generateKey('X25519', true, ['deriveBits']);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const bytes = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const rows = (await db.keys.toArray()).filter((row) => mayReadPatients(here, row, now()));
  const sealed = await Promise.all(rows.map((row) => sealedTo(row, bytes)));
  const startedAt = formatTime(now());
  const row = { startedAt, by: keys.staff, since: here.state.seq + 1, publicKey, keys: sealed };
  await db.transaction('rw', db.meta, db.vault, async () => {
    await forgetNext(db);
    await db.meta.put({ key: 'rotation', ...row });
  });
  return openWith(bytes, publicKey);
}

const sealedTo = async ({ keyId, boxPublic }: KeyRow, bytes: Bytes): Promise<VaultKeyRow> => ({
  keyId,
  sealed: await seal(boxPublic, bytes, VAULT_KEY),
});

type Wrapping = {
  vault: OpenVault;
  next: OpenVault;
  session: string;
  onProgress: (done: number, of: number) => void;
};

/** Seals to the new key whatever is not yet, a piece at a time, and reads each piece back with it. */
async function wrapAll(
  { db, sessions }: Context,
  { vault, next, session, onProgress }: Wrapping,
): Promise<void> {
  const of = await db.vault.count();
  for (let from = ''; ; ) {
    const rows = await db.vault.where('ref').above(from).limit(CHUNK).toArray();
    const last = rows.at(-1);
    if (!last) return;
    from = last.ref;
    const waiting = rows.filter((row) => row.next === undefined);
    const wrapped = new Map(await Promise.all(waiting.map((row) => wrapOne(row, vault, next))));
    await db.transaction('rw', db.vault, db.meta, async () => {
      // Another tab may have begun anew: what is sealed to a key that nobody will have must not get in between.
      const still = await rotationRow(db);
      if (!still || !sameBytes(still.publicKey, next.publicKey))
        throw new Error('Begun anew in another tab.');
      // Read again: what was erased meanwhile stays erased.
      const standing = await db.vault.bulkGet([...wrapped.keys()]);
      const renewed = standing.flatMap((row) => {
        const sealed = row && wrapped.get(row.ref);
        return sealed ? [{ ...row, next: sealed }] : [];
      });
      await db.vault.bulkPut(renewed);
    });
    // Work under somebody's eyes is no idleness.
    sessions.use(session);
    onProgress(await db.vault.where('ref').belowOrEqual(from).count(), of);
  }
}

/** A row that cannot be read is carried over as it is: it was lost before. */
async function wrapOne(
  row: PatientRow,
  vault: OpenVault,
  next: OpenVault,
): Promise<[string, PatientRow['sealed']]> {
  const plain = await unseal(vault, row.sealed, sealedAs(row.ref)).catch(() => null);
  if (!plain) return [row.ref, row.sealed];
  const sealed = await seal(next.publicKey, plain, sealedAs(row.ref));
  const back = await unseal(next, sealed, sealedAs(row.ref));
  if (back.length !== plain.length || back.some((byte, i) => byte !== plain[i])) {
    throw new Error('A patient could not be read again under the new key.');
  }
  plain.fill(0);
  back.fill(0);
  return [row.ref, sealed];
}

/** Drops the first step; the vault stays as it is. */
export async function dropRotation(context: Context): Promise<void> {
  const { db } = context;
  const row = await rotationRow(db);
  // What the log says has happened is carried out, not taken back.
  if (row && (await recordOf(db, row))) return changeOver(context);
  await db.transaction('rw', db.meta, db.vault, async () => {
    await forgetNext(db);
    await db.meta.delete('rotation');
  });
}

async function forgetNext(db: LedgerDatabase): Promise<void> {
  await db.vault
    .filter(({ next }) => next !== undefined)
    .modify((row) => {
      delete row.next;
    });
}

/** Why `vault.rotated` may not be recorded yet, or `null`: it says that everything is wrapped anew. */
export async function whyNotRotated(context: Context): Promise<string | null> {
  const row = await rotationRow(context.db);
  const left = await context.db.vault.filter(({ next }) => next === undefined).count();
  if (row && left === 0 && (await heirs(context, row)).length > 0) return null;
  return 'The patients are not all wrapped anew yet. Let the change of the key run to its end, then sign.';
}

/** The sealed copies of the new key that belong to somebody who may still read. */
async function heirs({ db, projection, now }: Context, { keys }: RotationRow): Promise<VaultKeyRow[]> {
  const here = await projection.catchUp();
  const rows = await db.keys.bulkGet(keys.map(({ keyId }) => keyId));
  return keys.filter((_, i) => {
    const row = rows[i];
    return row !== undefined && mayReadPatients(here, row, now());
  });
}

/** The third step, where the log says that it is due. Everything in one transaction: the vault is the old one or the new. */
export async function changeOver(context: Context): Promise<void> {
  const { db } = context;
  const row = await rotationRow(db);
  if (!row || !(await recordOf(db, row))) return;
  const keys = await heirs(context, row);
  if (keys.length === 0) return;
  await db.transaction('rw', db.meta, db.vault, db.vaultKeys, db.device, async () => {
    const left = await db.vault.filter(({ next }) => next === undefined).count();
    const device = await db.device.get('this');
    const still = await rotationRow(db);
    if (left > 0 || !device || !still || !sameBytes(still.publicKey, row.publicKey)) return;
    await db.vault.toCollection().modify((patient) => {
      if (patient.next) patient.sealed = patient.next;
      delete patient.next;
    });
    await db.vaultKeys.clear();
    await db.vaultKeys.bulkPut(keys);
    await db.device.put({ ...device, vaultPublic: row.publicKey });
    await db.meta.delete('rotation');
  });
}
