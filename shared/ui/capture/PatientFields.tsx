import { useState } from 'preact/hooks';
import { TextField } from '../Field.tsx';
import type { CaptureErrors, CaptureField, CaptureValues } from './model.ts';

/** Whom it was given to, and in which consultation: all of it goes into the vault, and only the note into the record. */
export function PatientFields(props: {
  values: CaptureValues;
  errors: CaptureErrors;
  set: (field: CaptureField) => (value: string) => void;
}) {
  const { values, errors, set } = props;
  const { species, owner, recordNumber, consultation, note } = values;
  const filled = Boolean(species || owner || recordNumber || consultation || note);
  const [open, setOpen] = useState(filled);
  return (
    <>
      <TextField
        label="Patient"
        maxLength={120}
        hint="Kept encrypted and apart from the record"
        value={values.patient}
        error={errors.patient}
        onInput={set('patient')}
      />
      <details open={open || filled || Boolean(errors.note)} onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>Species, owner, record number, consultation, note</summary>
        <div class="stack inner">
          <div class="columns">
            <TextField label="Species" maxLength={60} value={values.species} onInput={set('species')} />
            <TextField label="Owner" maxLength={120} value={values.owner} onInput={set('owner')} />
            <TextField
              label="Record number"
              maxLength={60}
              value={values.recordNumber}
              onInput={set('recordNumber')}
            />
            <TextField
              label="Consultation"
              maxLength={60}
              value={values.consultation}
              onInput={set('consultation')}
            />
          </div>
          <TextField
            label="Note, without names"
            maxLength={500}
            hint="This goes into the record itself"
            value={values.note}
            error={errors.note}
            onInput={set('note')}
          />
        </div>
      </details>
    </>
  );
}
