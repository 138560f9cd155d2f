import { isActive, LONGEST_ACCESS_MS } from './access.ts';
import type { EntryOf } from './entries.ts';
import { type Finding, refusal } from './findings.ts';
import type { Act } from './judge.ts';
import { performersOf } from './policy/base.ts';
import { retentionYears } from './policy/combine.ts';
import { ROLE_NAMES } from './roles.ts';
import type { StaffMember, State } from './state.ts';

/** Rules about people, their keys and their access. */
export function judgePeopleEntry(state: State, act: Act): Finding[] {
  const { entry, recorded } = act;
  switch (entry.type) {
    case 'staff.enrolled':
      return judgeNew(state, entry.body.staff.id);
    case 'staff.admitted':
      return [...judgeNew(state, entry.body.staff.id), ...judgeEnd(entry.body.until, recorded)];
    case 'staff.changed':
      return judgeKnown(state, act, entry.body.staff.id, (member) => judgeChange(state, entry, member));
    case 'staff.disabled':
      return judgeKnown(state, act, entry.body.staff.id, (member) => judgeLastRegistrant(state, member));
    case 'staff.key-rotated':
    case 'staff.key-removed':
    case 'staff.factor-removed':
      return judgeKnown(state, act, entry.body.staff.id, (member) => judgeOwnOrOffice(state, act, member));
    case 'staff.key-added':
    case 'staff.pin-changed':
    case 'staff.factor-added':
      return judgeKnown(state, act, entry.body.staff.id, (member) => judgeOwn(act, member));
    case 'access.elevated':
      return judgeKnown(state, act, entry.body.staff.id, (member) =>
        judgeElevation(state, act, entry, member),
      );
    case 'access.ended':
      return judgeEnding(state, act, entry);
    case 'patients.erased':
      return judgeErasure(state, act, entry);
    case 'exported':
      return [
        ...judgeSize(state, entry),
        ...(entry.body.disclosed && entry.body.reason === undefined
          ? [refusal('reason-missing', 'Say why patient names leave the vault.')]
          : []),
      ];
    case 'verified':
      return judgeSize(state, entry);
    default:
      return [];
  }
}

const judgeNew = (state: State, id: string): Finding[] =>
  state.staff[id] ? [refusal('staff-exists', 'This person is enrolled already.')] : [];

function judgeKnown(
  state: State,
  { recorded }: Act,
  id: string,
  then: (member: StaffMember) => Finding[],
): Finding[] {
  const member = state.staff[id];
  if (!member) return [refusal('unknown-staff', 'This person is not enrolled.')];
  if (isActive(member, recorded)) return then(member);
  return [refusal('disabled-staff', `${member.name} can no longer sign: there is nothing to change.`)];
}

/** A day at the most, and not over already. */
function judgeEnd(until: string, recorded: string): Finding[] {
  const left = Date.parse(until) - Date.parse(recorded);
  if (left <= 0) return [refusal('access-end', 'This would be over before it begins. Give it a later end.')];
  return left > LONGEST_ACCESS_MS
    ? [
        refusal(
          'access-end',
          'This lasts for a day at the most. Give it an earlier end, or enrol the person.',
        ),
      ]
    : [];
}

function judgeChange(state: State, entry: EntryOf<'staff.changed'>, member: StaffMember): Finding[] {
  const { role } = entry.body.staff;
  if (member.until !== undefined) {
    return [refusal('access-end', `${member.name} is here for a day. Enrol them to change more.`)];
  }
  if (role === undefined || role === member.role) return [];
  if (entry.by === member.id) {
    return [refusal('role', 'Nobody changes their own role. Ask a colleague who may.')];
  }
  return judgeLastRegistrant(state, member);
}

/** Somebody has to be left who answers for the registration (21 CFR 1301.11). */
function judgeLastRegistrant(state: State, member: StaffMember): Finding[] {
  if (member.role !== 'registrant') return [];
  const left = Object.values(state.staff).some(
    (other) => other.role === 'registrant' && other.id !== member.id && other.disabledSeq === undefined,
  );
  const message = `${member.name} is the only registrant. Make another person one first.`;
  return left ? [] : [refusal('last-registrant', message)];
}

function judgeOwn({ entry }: Act, member: StaffMember): Finding[] {
  if (entry.by === member.id) return [];
  return [refusal('role', `Only ${member.name} can do this, with their own PIN.`)];
}

/** Whoever may enrol may help somebody who has lost their key or device. */
function judgeOwnOrOffice(state: State, { entry }: Act, member: StaffMember): Finding[] {
  const performer = state.staff[entry.by];
  if (entry.by === member.id || !performer) return [];
  const allowed = performersOf(state.policy, 'staff.enrolled');
  if (allowed.includes(performer.role)) return [];
  const who = `${performer.name} (${ROLE_NAMES[performer.role]})`;
  return [refusal('role', `${who} may change only their own keys. Ask someone who may enrol people.`)];
}

function judgeElevation(
  state: State,
  { recorded }: Act,
  entry: EntryOf<'access.elevated'>,
  member: StaffMember,
): Finding[] {
  const { elevation, until, role } = entry.body;
  return [
    ...(entry.by === member.id
      ? []
      : [refusal('role', `${member.name} has to ask for this with their own PIN.`)]),
    ...(member.role === role
      ? [refusal('access-end', `${member.name} is ${ROLE_NAMES[role].toLowerCase()} already.`)]
      : []),
    ...(state.elevations[elevation] ? [refusal('access-end', 'This was given already. Begin anew.')] : []),
    ...judgeEnd(until, recorded),
  ];
}

function judgeEnding(state: State, act: Act, entry: EntryOf<'access.ended'>): Finding[] {
  const elevation = state.elevations[entry.body.elevation];
  if (!elevation) return [refusal('access-end', 'This is over already.')];
  const member = state.staff[elevation.staff];
  return member ? judgeOwnOrOffice(state, act, member) : [];
}

/** Nothing is said of records that are not there yet: the next export and the next check would seem not due. */
function judgeSize({ seq }: State, { body }: EntryOf<'exported'> | EntryOf<'verified'>): Finding[] {
  return body.size <= seq + 1
    ? []
    : [refusal('effect', 'This speaks of more records than the ledger has. Reload and begin anew.')];
}

/** Identities are kept for as long as the records that they belong to. */
function judgeErasure(state: State, { recorded }: Act, entry: EntryOf<'patients.erased'>): Finding[] {
  const kept = retentionYears(state.policy);
  const limit = new Date(recorded);
  limit.setUTCFullYear(limit.getUTCFullYear() - kept.value);
  if (entry.body.before <= limit.toISOString()) return [];
  const message = `The policy keeps records for ${kept.value} years. Only what is older can be erased.`;
  return [refusal('retention', message, kept.sources)];
}
