import type { DomainEntry, EntryOf } from '../../../shared/domain/entries.ts';
import { ROLE_NAMES } from '../../../shared/domain/roles.ts';
import type { State } from '../../../shared/domain/state.ts';
import { nameOf } from './words.ts';

/** What an entry about people, their keys and their access says; `undefined` for every other one. */
export function peopleWords(state: State, entry: DomainEntry): string | undefined {
  switch (entry.type) {
    case 'staff.enrolled':
      return `Enrolled ${entry.body.staff.name} as ${ROLE_NAMES[entry.body.staff.role].toLowerCase()}`;
    case 'staff.admitted':
      return `Admitted ${entry.body.staff.name} as a witness for a day: ${entry.body.reason}`;
    case 'staff.changed':
      return `Changed ${changed(entry)} of ${nameOf(state, entry.body.staff.id)}: ${entry.body.reason}`;
    case 'staff.key-rotated':
      return keyWords(state, entry);
    case 'staff.key-added':
      return `Added the key “${entry.body.name}” of ${nameOf(state, entry.body.staff.id)}`;
    case 'staff.key-removed':
      return `Removed a key of ${nameOf(state, entry.body.staff.id)}: ${entry.body.reason}`;
    case 'staff.pin-changed':
      return `${nameOf(state, entry.body.staff.id)} changed their PIN`;
    case 'staff.factor-added':
      return `Added the second factor “${entry.body.credential.name}” of ${nameOf(state, entry.body.staff.id)}`;
    case 'staff.factor-removed':
      return `Removed a second factor of ${nameOf(state, entry.body.staff.id)}: ${entry.body.reason}`;
    case 'staff.disabled':
      return `Disabled ${nameOf(state, entry.body.staff.id)}: ${entry.body.reason}`;
    case 'access.elevated':
      return elevationWords(state, entry);
    case 'access.ended':
      return `Ended what somebody was for a while: ${entry.body.reason}`;
    default:
      return undefined;
  }
}

function keyWords(state: State, { by, body }: EntryOf<'staff.key-rotated'>): string {
  const why = body.reason === undefined ? '' : `: ${body.reason}`;
  const name = nameOf(state, body.staff.id);
  return by === body.staff.id ? `${name} replaced their own key${why}` : `New key and PIN for ${name}${why}`;
}

function elevationWords(state: State, { body }: EntryOf<'access.elevated'>): string {
  const how = body.once ? 'for one act' : 'for a while';
  const role = ROLE_NAMES[body.role].toLowerCase();
  return `Made ${nameOf(state, body.staff.id)} ${role} ${how}: ${body.reason}`;
}

const CHANGES = {
  name: 'the name',
  role: 'the role',
  licence: 'the licence',
  deaNumber: 'the DEA number',
  screened: 'the screening',
  trained: 'the training',
  idleSeconds: 'the idle time',
} as const;

function changed({ body }: EntryOf<'staff.changed'>): string {
  const { id: _, ...members } = body.staff;
  const all = Object.entries(CHANGES).flatMap(([member, words]) => (member in members ? [words] : []));
  const last = all.at(-1) ?? 'nothing';
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} and ${last}`;
}
