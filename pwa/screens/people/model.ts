import { approversOf, performersOf } from '../../../shared/domain/policy/base.ts';
import type { Policy, PolicyAct } from '../../../shared/domain/policy/schema.ts';
import { ROLE_NAMES, ROLES, type Role } from '../../../shared/domain/roles.ts';
import type { StaffView } from '../../../shared/protocol/ledger.ts';

/** People and what they may do, for the People screen. */

export type NewPerson = { name: string; role: Role | ''; licence: string };
export type NewPin = { pin: string; again: string };
export type Problems<T> = Partial<Record<keyof T, string>>;

const NAME_MAX = 80;
const LICENCE_MAX = 30;
const REASON_MAX = 200;

/** What is wrong with the new person's fields, a sentence a field; nothing where they can be enrolled. */
export function checkPerson(person: NewPerson, staff: readonly StaffView[]): Problems<NewPerson> {
  const problems: Problems<NewPerson> = {};
  const name = person.name.trim();
  if (name === '') problems.name = 'Type the name, as it is on their licence or badge.';
  else if (name.length > NAME_MAX) problems.name = `A name has at most ${NAME_MAX} letters. Shorten it.`;
  else if (staff.some((s) => !s.disabled && s.name.toLowerCase() === name.toLowerCase())) {
    problems.name = `${name} is enrolled already. Add a middle initial if this is another person.`;
  }
  if (person.role === '') problems.role = 'Choose what this person is in the clinic.';
  if (person.licence.trim().length > LICENCE_MAX) {
    problems.licence = `A licence number has at most ${LICENCE_MAX} characters.`;
  }
  return problems;
}

/** What is wrong with the two PINs, before the ledger has its say about weak ones. */
export function checkPin({ pin, again }: NewPin): Problems<NewPin> {
  if (pin === '') return { pin: 'Choose a PIN.' };
  if (again === '') return { again: 'Type the same PIN once more.' };
  return pin === again ? {} : { again: 'The two PINs are not the same. Type them again.' };
}

/** The reason for disabling, or why it cannot be taken. */
export function checkReason(typed: string): { ok: true; reason: string } | { ok: false; message: string } {
  const reason = typed.trim();
  if (reason === '') return { ok: false, message: 'Say why, so that it can be understood in two years.' };
  if (reason.length > REASON_MAX) {
    return { ok: false, message: `The reason has at most ${REASON_MAX} characters. Shorten it.` };
  }
  return { ok: true, reason };
}

export const rolesToChoose: readonly { value: Role; label: string }[] = ROLES.map((value) => ({
  value,
  label: ROLE_NAMES[value],
}));

/** Who may sign for an administrative act now: enrolled, with a key on this device, in a role that the policy lets. */
export function whoMayAdminister(staff: readonly StaffView[], policy: Policy): StaffView[] {
  return staff.filter(
    (s) => !s.disabled && s.hasKey && performersOf(policy, 'staff.enrolled').includes(s.role),
  );
}

/** What the role means here, in words, from the policy in force. */
export function dutiesOf(role: Role, policy: Policy): string {
  const duties: string[] = [];
  const may = (act: PolicyAct) => performersOf(policy, act).includes(role);
  if (may('draw')) duties.push('draws, gives, wastes and counts');
  if (may('container.received')) duties.push('receives and closes containers');
  if (may('cosign')) duties.push('witnesses');
  if (may('staff.enrolled')) duties.push('enrols people');
  if (may('policy.changed')) duties.push('changes the policy, with a second person');
  else if (approversOf(policy, 'policy.changed').includes(role))
    duties.push('approves changes of the policy');
  if (duties.length === 0) return 'reads and verifies';
  return duties.join('; ');
}

/** People in the order in which they are looked for: working first, then by name. */
export function inOrder(staff: readonly StaffView[]): StaffView[] {
  return [...staff].sort(
    (a, b) =>
      Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
  );
}

export type PersonState =
  | { state: 'working' }
  | { state: 'disabled' }
  | { state: 'locked'; until: string }
  | { state: 'no-key' };

/** How a person stands on this device at `now` (RFC 3339). */
export function stateOf(person: StaffView, now: string): PersonState {
  if (person.disabled) return { state: 'disabled' };
  if (person.lockedUntil !== undefined && person.lockedUntil > now) {
    return { state: 'locked', until: person.lockedUntil };
  }
  return person.hasKey ? { state: 'working' } : { state: 'no-key' };
}

/** The last registrant cannot be disabled: nobody could enrol anyone any more. */
export function whyNotDisable(
  person: StaffView,
  staff: readonly StaffView[],
  policy: Policy,
): string | undefined {
  const others = whoMayAdminister(staff, policy).filter((s) => s.id !== person.id);
  return performersOf(policy, 'staff.enrolled').includes(person.role) && others.length === 0
    ? `${person.name} is the only one who can enrol people. Enrol another person in that role first.`
    : undefined;
}

/** Who is offered for an act of the ledger itself: those whom the gate would let, with a key on this device. */
export function maySignFor(
  act: 'count' | 'discrepancy.opened' | 'exported' | 'verified',
  staff: readonly StaffView[],
  policy: Policy,
): StaffView[] {
  const roles = performersOf(policy, act);
  return staff.filter((s) => !s.disabled && s.hasKey && roles.includes(s.role));
}
