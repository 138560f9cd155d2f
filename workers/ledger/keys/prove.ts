import { isActive } from '../../../shared/domain/access.ts';
import { idleSecondsOf } from '../../../shared/domain/policy/combine.ts';
import type { StaffMember } from '../../../shared/domain/state.ts';
import { newId } from '../../../shared/ledger/ids.ts';
import { keyFor } from '../../../shared/ledger/keys.ts';
import { formatTime } from '../../../shared/ledger/time.ts';
import type { EntryDraft } from '../../../shared/protocol/ledger.ts';
import { done, type Outcome, refused } from '../../../shared/protocol/outcome.ts';
import { type Context, deviceRow, random } from '../context.ts';
import type { Projection } from '../gate/projection.ts';
import type { KeyRow } from '../store/rows.ts';
import { shareVault } from '../vault/vault.ts';
import { beginAttempt, clearAttempts, lockedSentence } from './lockout.ts';
import { type OpenKeys, openPerson } from './person.ts';
import { wrapInForce } from './wrap.ts';

/** How a person proves who they are: with their PIN, or with a session that began with it. */

/** Opens a person's keys with their PIN. Counts the attempt, and lets colleagues into the vault. */
export async function tryPin(context: Context, staff: string, pin: string): Promise<Outcome<OpenKeys>> {
  const { db, projection, sessions, now } = context;
  const here = await projection.catchUp();
  const member = mayStillSign(here, staff, now());
  if (!member.ok) return member;
  const device = await deviceRow(db);
  const row = await rowOf(context, here, staff);
  if (!device || !row) {
    const message = `${member.value.name} has no key on this device. Ask somebody who enrols people for a new one.`;
    return refused('no-key', message);
  }
  const attempt = await beginAttempt(db, staff, now());
  if (!attempt.allowed) return refused('locked', lockedSentence(attempt.until - now()));
  const idleMs = idleMsOf(here, staff);
  const held = await sessions.typed.recall(row, pin, idleMs);
  const keys = held ?? (await openPerson(row, pin, device.mixKey));
  if (!keys) return wrongPin(context, staff, attempt);
  await clearAttempts(db, staff);
  if (!held) await sessions.typed.keep(row, pin, keys, idleMs);
  await shareVault(db, keys, (other) => mayReadPatients(here, other, now()));
  return done(keys);
}

/** How long somebody's keys stay open without a use. They may ask for less than the policy wants, and never for more. */
export function idleMsOf({ state }: Pick<Projection, 'state'>, staff: string): number {
  const { idleSeconds = Number.POSITIVE_INFINITY } = state.staff[staff] ?? {};
  return Math.min(idleSecondsOf(state.policy), idleSeconds) * 1000;
}

/** The keys of an open session, for as long as its person and its key are good. */
export async function useSession(context: Context, session: string): Promise<Outcome<OpenKeys>> {
  const { sessions, projection, now } = context;
  const keys = sessions.use(session);
  if (!keys) return refused('session-over', 'You were signed out. Type your PIN again.');
  const here = await projection.catchUp();
  const member = mayStillSign(here, keys.staff, now());
  if (member.ok && isGood(here, keys)) return done(keys);
  sessions.endOf(keys.staff);
  return member.ok ? refused('session-over', 'Your key was replaced. Type your PIN again.') : member;
}

function mayStillSign({ state }: Projection, staff: string, now: number): Outcome<StaffMember> {
  const member = state.staff[staff];
  if (!member) return refused('unknown-staff', 'This person is not enrolled in this ledger.');
  if (isActive(member, formatTime(now))) return done(member);
  return member.disabledSeq === undefined
    ? refused('admission-over', `${member.name} was here for a day, which is over. Ask another colleague.`)
    : refused('disabled-staff', `${member.name} can no longer sign. Ask the registrant.`);
}

/** Whether the log would take a signature of that key as its next record. */
const isGood = ({ state, registry }: Projection, { staff, keyId }: { staff: string; keyId: string }) =>
  keyFor(registry, staff, keyId, state.seq + 1, 'performer').ok;

/** Colleagues, and nobody who is here for a day: their key opens no patient's name. */
export function mayReadPatients(here: Projection, row: KeyRow, now: number): boolean {
  const member = here.state.staff[row.staff];
  return (
    member !== undefined &&
    member.until === undefined &&
    isActive(member, formatTime(now)) &&
    isGood(here, row)
  );
}

async function rowOf(context: Context, here: Projection, staff: string): Promise<KeyRow | undefined> {
  const rows = await context.db.keys.where('staff').equals(staff).toArray();
  const row = rows.find((one) => isGood(here, one));
  return row && wrapInForce(context, row);
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
