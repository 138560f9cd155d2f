import { parseDeaNumber } from '../../../shared/codes/dea-number.ts';
import type { Body } from '../../../shared/domain/entries.ts';
import type { Role } from '../../../shared/domain/roles.ts';
import type { PersonView } from '../../../shared/protocol/people.ts';
import { cleanLine } from '../../../shared/ui/format.ts';

/** What is kept of a person besides name and role, as it is typed: an empty text is nothing. */
export type Particulars = {
  licence: string;
  deaNumber: string;
  screened: string;
  trained: string;
  idleSeconds: string;
};
export const NO_PARTICULARS: Particulars = {
  ...{ licence: '', deaNumber: '', screened: '', trained: '', idleSeconds: '' },
};

const LICENCE_MAX = 30;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Roles whose holders may have a DEA number of their own: practitioners and the registrant. */
export const hasDeaNumber = (role: Role | ''): boolean =>
  role === 'registrant' || role === 'veterinarian' || role === 'pharmacist';

/** What is wrong with them, a sentence a field. `today` is `YYYY-MM-DD`. */
export function checkParticulars(
  typed: Particulars,
  role: Role | '',
  today: string,
): Partial<Record<keyof Particulars, string>> {
  const licence = cleanLine(typed.licence);
  const dea = hasDeaNumber(role) && typed.deaNumber.trim() !== '' ? parseDeaNumber(typed.deaNumber) : null;
  const [screened, trained] = [checkDay(typed.screened, today), checkDay(typed.trained, today)];
  return {
    ...(licence.length > LICENCE_MAX
      ? { licence: `A licence number has at most ${LICENCE_MAX} characters.` }
      : {}),
    ...(dea && !dea.ok ? { deaNumber: dea.error.message } : {}),
    ...(screened === undefined ? {} : { screened }),
    ...(trained === undefined ? {} : { trained }),
  };
}

function checkDay(typed: string, today: string): string | undefined {
  if (typed === '') return undefined;
  if (!DATE.test(typed) || !Number.isFinite(Date.parse(typed))) return 'Type a day, like 2026-03-31.';
  return typed > today ? 'This day is still to come. Record it when it has happened.' : undefined;
}

/** What looks odd in a DEA number without being wrong, for a hint. */
export function deaRemark(typed: string, name: string): string | null {
  if (typed.trim() === '') return null;
  const read = parseDeaNumber(typed, surname(name));
  return read.ok ? (read.warnings[0]?.message ?? null) : null;
}

const surname = (name: string): string => cleanLine(name).split(' ').at(-1) ?? '';

export type Kept = Omit<Body<'staff.changed'>['staff'], 'id' | 'name' | 'role'>;

/** As they go into an entry: only what was filled in. */
export function keptOf(typed: Particulars, role: Role | ''): Kept {
  const { screened, trained, idleSeconds } = typed;
  const licence = cleanLine(typed.licence);
  const dea = hasDeaNumber(role) ? parseDeaNumber(typed.deaNumber) : null;
  return {
    ...(licence === '' ? {} : { licence }),
    ...(dea?.ok ? { deaNumber: dea.value } : {}),
    ...(screened === '' ? {} : { screened }),
    ...(trained === '' ? {} : { trained }),
    ...(idleSeconds === '' ? {} : { idleSeconds: Number(idleSeconds) }),
  };
}

/** As they stand now, for a form. */
export function particularsOf(person: PersonView): Particulars {
  const { licence = '', deaNumber = '', screened = '', trained = '', idleSeconds } = person;
  return {
    ...{ licence, deaNumber, screened, trained },
    idleSeconds: idleSeconds === undefined ? '' : String(idleSeconds),
  };
}

/** The idle times to choose from: none longer than the policy's `most`, which is what an empty one means. */
export function idleChoices(most: number, now: string): { value: string; label: string }[] {
  const shorter = ['15', '30', '60', '120', '300', '600', '900'].filter((one) => Number(one) < most);
  const known = now === '' || shorter.includes(now) || Number(now) >= most ? [] : [now];
  // What was set cannot be unset, only be as long as the policy's.
  const asPolicy = { value: now === '' ? '' : '3600', label: `As the policy says: ${most} seconds` };
  return [asPolicy, ...[...shorter, ...known].map((value) => ({ value, label: `${value} seconds` }))];
}

/** What of a person was changed in the form; null where nothing was. */
export function changesOf(
  before: PersonView,
  after: Particulars & { name: string; role: Role },
): Omit<Body<'staff.changed'>['staff'], 'id'> | null {
  const name = cleanLine(after.name);
  const [was, is] = [keptOf(particularsOf(before), before.role), keptOf(after, after.role)];
  const changed = {
    ...(name === before.name ? {} : { name }),
    ...(after.role === before.role ? {} : { role: after.role }),
    ...(is.licence === undefined || is.licence === was.licence ? {} : { licence: is.licence }),
    ...(is.deaNumber === undefined || is.deaNumber === was.deaNumber ? {} : { deaNumber: is.deaNumber }),
    ...(is.screened === undefined || is.screened === was.screened ? {} : { screened: is.screened }),
    ...(is.trained === undefined || is.trained === was.trained ? {} : { trained: is.trained }),
    ...(is.idleSeconds === undefined || is.idleSeconds === was.idleSeconds
      ? {}
      : { idleSeconds: is.idleSeconds }),
  };
  return Object.keys(changed).length === 0 ? null : changed;
}
