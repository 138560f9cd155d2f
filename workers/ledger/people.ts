import { type DomainEntry, parseEntry } from '../../shared/domain/entries.ts';
import { idleSecondsOf } from '../../shared/domain/policy/combine.ts';
import { newId } from '../../shared/ledger/ids.ts';
import { keyFor } from '../../shared/ledger/keys.ts';
import { formatTime } from '../../shared/ledger/time.ts';
import type {
  EntryDraft,
  Session,
  SignedStatement,
  Signer,
  StaffView,
} from '../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../shared/protocol/outcome.ts';
import { type Context, deviceRow, random } from './context.ts';
import { beginAttempt, clearAttempts, lockedUntil } from './keys/lockout.ts';
import { makePerson, type OpenKeys, openPerson } from './keys/person.ts';
import { weaknessOf } from './keys/pin.ts';
import { signEntry } from './keys/sign.ts';
import { shareVault } from './vault/vault.ts';

/** Signing in and signing. */

export async function unlock(context: Context, staff: string, pin: string): Promise<Outcome<Session>> {
  const { state } = await context.projection.catchUp();
  const keys = await tryPin(context, staff, pin);
  if (!keys.ok) return keys;
  const { session, expires } = context.sessions.start(keys.value, idleSecondsOf(state.policy) * 1000);
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
  await welcome(context, entry, keys.value);
  const at = formatTime(context.now());
  return done(
    await signEntry(context.sha, entry, { key: keys.value, as: signer.as, at, ledger: head.ledger }),
  );
}

async function keysOf(context: Context, signer: Signer): Promise<Outcome<OpenKeys>> {
  if ('pin' in signer) return tryPin(context, signer.by, signer.pin);
  const keys = context.sessions.use(signer.session);
  if (keys?.staff !== signer.by) return refused('session-over', 'You were signed out. Type your PIN again.');
  return done(keys);
}

/** Whoever enrols a colleague, and can open the vault, lets them open it too. */
async function welcome({ db }: Context, entry: DomainEntry, keys: OpenKeys): Promise<void> {
  if (entry.type === 'staff.enrolled') await shareVault(db, keys, [entry.body.staff.id]);
}

/** Makes keys for a person who is about to be enrolled on this device. */
export async function prepareStaff(
  context: Context,
  pin: string,
): Promise<Outcome<{ staff: string; publicKey: string }>> {
  const weakness = weaknessOf(pin);
  if (weakness) return refused('weak-pin', weakness);
  const device = await deviceRow(context.db);
  if (!device) return refused('not-started', 'Start a ledger first.');
  const staff = newId(context.now(), random(10));
  const { row } = await makePerson(staff, pin, { mixKey: device.mixKey, sha: context.sha });
  await context.db.transaction('rw', context.db.keys, () => context.db.keys.add(row));
  return done({ staff, publicKey: row.publicKey });
}

async function tryPin(context: Context, staff: string, pin: string): Promise<Outcome<OpenKeys>> {
  const { db, projection, now } = context;
  const { state, registry } = await projection.catchUp();
  const member = state.staff[staff];
  if (!member) return refused('unknown-staff', 'This person is not enrolled in this ledger.');
  if (member.disabledSeq !== undefined)
    return refused('disabled-staff', `${member.name} can no longer sign. Ask the registrant.`);
  const device = await deviceRow(db);
  const rows = await db.keys.where('staff').equals(staff).toArray();
  const row = rows.find((r) => keyFor(registry, staff, r.keyId, state.seq + 1, 'performer').ok);
  if (!device || !row)
    return refused('no-key', `${member.name} has no key on this device. Enrol them here first.`);
  const attempt = await beginAttempt(db, staff, now());
  if (!attempt.allowed) return refused('locked', lockedSentence(attempt.until - now()));
  const keys = await openPerson(row, pin, device.mixKey);
  if (!keys) return wrongPin(context, staff, attempt);
  await clearAttempts(db, staff);
  const active = Object.values(state.staff).filter((m) => m.disabledSeq === undefined);
  await shareVault(
    db,
    keys,
    active.map((m) => m.id),
  );
  return done(keys);
}

async function wrongPin(
  context: Context,
  staff: string,
  { wrong, until }: { wrong: number; until: number },
): Promise<Outcome<OpenKeys>> {
  const left = until - context.now();
  if (until === 0) return refused('wrong-pin', 'That PIN is wrong. Nothing was signed. Try again.');
  await noteRefusal(context, staff, wrong, until);
  return refused('wrong-pin', `That PIN is wrong. ${lockedSentence(left)}`);
}

/** A lock is part of the record: the device itself signs for it. */
async function noteRefusal(context: Context, staff: string, attempts: number, until: number): Promise<void> {
  const { effects, gate, now } = context;
  const [device, head] = await Promise.all([effects.device(), effects.store.head()]);
  if (!device || !head) return;
  const at = formatTime(now());
  const entry: EntryDraft = {
    ...{ id: newId(now(), random(10)), type: 'sign-in.refused', at, after: head.hash, by: device.id },
    body: { staff, attempts, lockedUntil: formatTime(until) },
  };
  await gate.append({ entry, signatures: [await device.sign(entry, at)] });
}

function lockedSentence(leftMs: number): string {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return `Too many wrong PINs: wait ${wait} and try again.`;
}

/** Everybody in the ledger, in the order of their enrolment. */
export async function staffViews({ db, projection, now }: Context): Promise<StaffView[]> {
  const { state } = await projection.catchUp();
  const keyed = new Set((await db.keys.toArray()).map((row) => row.staff));
  const members = Object.values(state.staff).sort((a, b) => a.enrolledSeq - b.enrolledSeq);
  return Promise.all(
    members.map(async ({ id, name, role, licence, disabledSeq }) => {
      const until = await lockedUntil(db, id, now());
      return {
        ...{ id, name, role, disabled: disabledSeq !== undefined, hasKey: keyed.has(id) },
        ...(licence === undefined ? {} : { licence }),
        ...(until === null ? {} : { lockedUntil: formatTime(until) }),
      };
    }),
  );
}
