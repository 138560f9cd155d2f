import { idleSecondsOf } from '../../../shared/domain/policy/combine.ts';
import type { Policy } from '../../../shared/domain/policy/schema.ts';
import type { Role } from '../../../shared/domain/roles.ts';
import { SelectField, TextField } from '../../../shared/ui/Field.tsx';
import { deaRemark, hasDeaNumber, idleChoices, type Particulars } from './particulars.ts';

/** What is kept of a person besides name and role. */
export function ParticularsFields(props: {
  name: string;
  role: Role | '';
  policy: Policy;
  value: Particulars;
  /** What the idle time is now; empty where none of their own was set. */
  idleNow: string;
  errors: Partial<Record<keyof Particulars, string>>;
  onInput: (part: Partial<Particulars>) => void;
}) {
  const { name, role, policy, value, errors, onInput } = props;
  return (
    <>
      <div class="columns">
        <TextField
          label="Licence number (if any)"
          value={value.licence}
          error={errors.licence}
          maxLength={30}
          onInput={(licence) => onInput({ licence })}
        />
        {hasDeaNumber(role) ? (
          <TextField
            label="DEA number of their own (if any)"
            value={value.deaNumber}
            error={errors.deaNumber}
            hint={deaRemark(value.deaNumber, name)}
            maxLength={12}
            autoCapitalize="characters"
            onInput={(deaNumber) => onInput({ deaNumber })}
          />
        ) : null}
      </div>
      <div class="columns">
        <TextField
          label="Screened on (if recorded)"
          type="date"
          value={value.screened}
          error={errors.screened}
          onInput={(screened) => onInput({ screened })}
        />
        <TextField
          label="Last trained on (if recorded)"
          type="date"
          value={value.trained}
          error={errors.trained}
          onInput={(trained) => onInput({ trained })}
        />
        <SelectField
          label="Signed out when idle for"
          value={value.idleSeconds}
          options={idleChoices(idleSecondsOf(policy), props.idleNow)}
          onInput={(idleSeconds) => onInput({ idleSeconds })}
        />
      </div>
    </>
  );
}
