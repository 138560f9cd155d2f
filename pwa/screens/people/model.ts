import { approversOf, performersOf } from '../../../shared/domain/policy/base.ts';
import { factoredRoles } from '../../../shared/domain/policy/factors.ts';
import type { Policy, PolicyAct } from '../../../shared/domain/policy/schema.ts';
import {
  ELEVATED_ROLES,
  type ElevatedRole,
  ROLE_NAMES,
  ROLES,
  type Role,
} from '../../../shared/domain/roles.ts';
import type { PersonView } from '../../../shared/protocol/people.ts';
import type { StaffView } from '../../../shared/protocol/views.ts';
import { ableTo } from '../../../shared/ui/capture/Signature.tsx';
import { checkParticulars, NO_PARTICULARS, type Particulars } from './particulars.ts';

/** People and what they may do, for the People screen. */

export type NewPerson = Particulars & { name: string; role: Role | '' };
export const NOBODY: NewPerson = { ...NO_PARTICULARS, name: '', role: '' };
export type NewPin = { pin: string; again: string };
export type Problems<T> = Partial<Record<keyof T, string>>;

const NAME_MAX = 80;
const REASON_MAX = 200;

/** What is wrong with the new person's fields, a sentence a field; nothing where they can be enrolled. */
export function checkPerson(
  person: NewPerson,
  staff: readonly StaffView[],
  today: string,
): Problems<NewPerson> {
  const name = checkName(person.name, staff);
  return {
    ...(name === undefined ? {} : { name }),
    ...(person.role === '' ? { role: 'Choose what this person is in the clinic.' } : {}),
    ...checkParticulars(person, person.role, today),
  };
}

/** What is wrong with a name; `own` is the id of whoever has it already. */
export function checkName(typed: string, staff: readonly StaffView[], own?: string): string | undefined {
  const name = typed.trim();
  if (name === '') return 'Type the name, as it is on their licence or badge.';
  if (name.length > NAME_MAX) return `A name has at most ${NAME_MAX} letters. Shorten it.`;
  const taken = staff.some((s) => !s.disabled && s.id !== own && s.name.toLowerCase() === name.toLowerCase());
  return taken ? `${name} is enrolled already. Add a middle initial if this is another person.` : undefined;
}

/** What is wrong with the two PINs, before the ledger has its say about weak ones. */
export function checkPin({ pin, again }: NewPin): Problems<NewPin> {
  if (pin === '') return { pin: 'Choose a PIN.' };
  if (again === '') return { again: 'Type the same PIN once more.' };
  return pin === again ? {} : { again: 'The two PINs are not the same. Type them again.' };
}

/** A reason, or why it cannot be taken. */
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

/** Who may sign for an act about people now: with a key on this device, in a role that the policy lets. */
export const whoMay = (act: PolicyAct, staff: readonly StaffView[], policy: Policy): StaffView[] =>
  ableTo(staff, performersOf(policy, act));

/** Who may enrol people, and give somebody a new key. */
export const whoMayAdminister = (staff: readonly StaffView[], policy: Policy): StaffView[] =>
  whoMay('staff.enrolled', staff, policy);

/** What somebody can ask to be for a while: neither what they are, nor anything where they only read. */
export const rolesToAsk = (person: StaffView): { value: ElevatedRole; label: string }[] =>
  person.role === 'auditor'
    ? []
    : ELEVATED_ROLES.filter((role) => role !== person.role).map((value) => ({
        value,
        label: ROLE_NAMES[value],
      }));

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
export function inOrder<T extends StaffView>(staff: readonly T[]): T[] {
  return [...staff].sort(
    (a, b) =>
      Number(a.disabled) - Number(b.disabled) || a.name.localeCompare(b.name) || a.id.localeCompare(b.id),
  );
}

export type PersonState =
  | { state: 'working' }
  | { state: 'disabled' }
  | { state: 'gone' }
  | { state: 'visiting'; until: string }
  | { state: 'locked'; until: string }
  | { state: 'no-key' };

/** How a person stands on this device at `now` (RFC 3339). */
export function stateOf(person: StaffView, now: string): PersonState {
  const { disabled, until, lockedUntil, hasKey } = person;
  if (disabled) return until !== undefined && until < now ? { state: 'gone' } : { state: 'disabled' };
  if (lockedUntil !== undefined && lockedUntil > now) return { state: 'locked', until: lockedUntil };
  if (!hasKey) return { state: 'no-key' };
  return until === undefined ? { state: 'working' } : { state: 'visiting', until };
}

/** What is due, in a few words a person. */
export const dueWords = ({ due }: PersonView): string[] =>
  due.map((one) =>
    one.kind === 'screening'
      ? 'screening not recorded'
      : one.last === null
        ? 'training not recorded'
        : 'training due',
  );

/** Whether the policy asks for a passkey or security key with some signature of this person. */
export const askedForFactor = ({ disabled, role, elevatedTo = [] }: StaffView, policy: Policy): boolean => {
  const roles = factoredRoles(policy);
  return !disabled && [role, ...elevatedTo].some((one) => roles.includes(one));
};

/** Those of whom a policy asks for one, and who have none: until they add one, they cannot sign what needs it. */
export const withoutFactor = <T extends StaffView>(staff: readonly T[], policy: Policy): T[] =>
  staff.filter((person) => !person.hasFactor && askedForFactor(person, policy));

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
export const maySignFor = (
  act: 'count' | 'discrepancy.opened' | 'exported' | 'verified',
  staff: readonly StaffView[],
  policy: Policy,
): StaffView[] => whoMay(act, staff, policy);

const HOUR_MS = 3_600_000;
/** How long a visit or an elevation can last: a day at the most. */
export const HOURS = ['1', '4', '8', '12', '24'] as const;
export const hoursToChoose = HOURS.map((value) => ({
  value,
  label: value === '1' ? '1 hour' : `${value} hours`,
}));

/** The end of something that begins now (ms since 1970) and lasts so many hours, in RFC 3339. */
export const endAfter = (hours: string, now: number): string =>
  new Date(now + Number(hours) * HOUR_MS).toISOString();
