import type { Ref } from 'preact';
import type { Role } from '../../domain/roles.ts';
import { visitorName } from '../../domain/state.ts';
import type { StaffView } from '../../protocol/views.ts';
import { SelectField } from '../Field.tsx';
import { timeText } from '../format.ts';
import { PinField } from '../PinField.tsx';
import { factorRemark } from './FactorNote.tsx';

export type Signing = { by: string; pin: string };
export const NO_SIGNING: Signing = { by: '', pin: '' };

/** People who can perform or witness on this device in one of these roles, their own or one that they have for a while. */
export const ableTo = (staff: readonly StaffView[], roles: readonly Role[]): StaffView[] =>
  staff.filter(
    ({ disabled, hasKey, role, elevatedTo = [] }) =>
      !disabled && hasKey && [role, ...elevatedTo].some((one) => roles.includes(one)),
  );

/** The name by which somebody signs, as the log will say it. */
export const signsAs = (person: StaffView | undefined): string => {
  if (!person) return 'somebody';
  return person.visitorOf === undefined ? person.name : visitorName(person.name, person.visitorOf);
};

/** A person and their PIN. Whoever did the act stands in a witness's list, marked and not to be picked. */
export function Signature(props: {
  who: string;
  people: readonly StaffView[];
  value: Signing;
  onInput: (value: Signing) => void;
  performer?: string;
  /** Why the performer cannot be picked. */
  remark?: string;
  /** Set where every signature needs a passkey or security key: it is said of whom there is none. */
  factorDue?: boolean;
  errors?: { by?: string | undefined; pin?: string | undefined };
  pinRef?: Ref<HTMLInputElement>;
}) {
  const { who, people, value, onInput, performer, errors } = props;
  const remark = props.remark ?? 'did this, cannot witness it';
  const options = people.map((person) => ({
    value: person.id,
    label: `${person.name}${remarkOn(person, performer, remark)}${props.factorDue ? factorRemark(person) : ''}`,
    disabled: person.id === performer,
  }));
  const name = people.find((person) => person.id === value.by)?.name;
  return (
    <div class="columns">
      <SelectField
        label={who}
        placeholder="Pick your name"
        value={value.by}
        options={options}
        error={errors?.by}
        hint={
          people.length === 0
            ? 'Nobody with a key on this device may sign here. Enrol them under People.'
            : null
        }
        onInput={(by) => onInput({ by, pin: '' })}
      />
      <PinField
        label={name ? `PIN of ${name}` : 'PIN'}
        value={value.pin}
        error={errors?.pin}
        onInput={(pin) => onInput({ ...value, pin })}
        {...(props.pinRef ? { inputRef: props.pinRef } : {})}
      />
    </div>
  );
}

function remarkOn(person: StaffView, performer: string | undefined, remark: string): string {
  if (person.id === performer) return ` (${remark})`;
  return person.lockedUntil === undefined ? '' : ` (locked until ${timeText(person.lockedUntil)})`;
}

/** What is missing before anybody can sign. */
export function signingFaults(value: Signing): { by?: string; pin?: string } {
  if (value.by === '') return { by: 'Pick a name first.' };
  return value.pin === '' ? { pin: 'Type the PIN.' } : {};
}
