import { useRef, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { focusFirstFault } from '../../../shared/ui/capture/keys.ts';
import { CheckField, Choices, TextField } from '../../../shared/ui/Field.tsx';
import { type ExportField, type ExportForm as Form, readExport, type Wanted } from './model.ts';

/** Which records, and whether patients are named. `size` is the number of records. */
export function ExportForm(props: {
  form: Form;
  size: number;
  onInput: (form: Form) => void;
  onSubmit: (wanted: Extract<Wanted, { ok: true }>) => void;
}) {
  const { form, size, onInput, onSubmit } = props;
  const [fault, setFault] = useState<{ field: ExportField; message: string } | null>(null);
  const element = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Form>) => {
    setFault(null);
    onInput({ ...form, ...part });
  };
  const errorOf = (field: ExportField) => (fault?.field === field ? fault.message : undefined);
  const submit = (event: Event) => {
    event.preventDefault();
    const wanted = readExport(form, size);
    setFault(wanted.ok ? null : wanted);
    if (wanted.ok) onSubmit(wanted);
    else focusFirstFault(element.current);
  };
  return (
    <form class="stack" ref={element} onSubmit={submit} noValidate>
      <Choices
        legend="Which records"
        name="part"
        value={form.part}
        options={[
          { value: 'whole', label: `All ${size.toLocaleString('en')}` },
          { value: 'dates', label: 'Some days' },
          { value: 'seq', label: 'By number' },
        ]}
        onInput={(part) => change({ part })}
      />
      {form.part === 'dates' ? (
        <div class="columns">
          <TextField
            label="First day"
            type="date"
            value={form.fromDate}
            error={errorOf('fromDate')}
            onInput={(fromDate) => change({ fromDate })}
          />
          <TextField
            label="Last day"
            type="date"
            value={form.toDate}
            error={errorOf('toDate')}
            hint="By the day of recording"
            onInput={(toDate) => change({ toDate })}
          />
        </div>
      ) : null}
      {form.part === 'seq' ? (
        <div class="columns">
          <TextField
            label="First record"
            inputMode="numeric"
            value={form.fromSeq}
            error={errorOf('fromSeq')}
            onInput={(fromSeq) => change({ fromSeq })}
          />
          <TextField
            label="Last record"
            inputMode="numeric"
            value={form.toSeq}
            error={errorOf('toSeq')}
            hint={`0 to ${size - 1}`}
            onInput={(toSeq) => change({ toSeq })}
          />
        </div>
      ) : null}
      <CheckField
        label="Name patients and owners (the package verifies just as well without)"
        checked={form.disclosed}
        onInput={(disclosed) => change({ disclosed })}
      />
      <TextField
        label={form.disclosed ? 'Reason' : 'Reason (if any)'}
        value={form.reason}
        error={errorOf('reason')}
        maxLength={200}
        hint="Kept in the ledger: who asked, or what it is for"
        onInput={(reason) => change({ reason })}
      />
      <div>
        <Button kind="primary" type="submit">
          Make the package
        </Button>
      </div>
    </form>
  );
}
