import { TERMS } from '../../../shared/domain/policy/schema.ts';
import { TextField } from '../../../shared/ui/Field.tsx';
import type { TermErrors, TermForm } from './model.ts';

const LABELS = {
  retentionYears: 'Records are kept, years',
  countEveryDays: 'Everything is counted, every … days',
  inventoryEveryDays: 'Inventory, every … days',
  reconcileEveryDays: 'Book reconciled by a count, every … days',
  trainingEveryDays: 'Training in handling and recording, every … days',
  idleSeconds: 'PIN asked for again, after … seconds',
  exportEveryEntries: 'Package asked for, after … entries',
} as const;

/** The clinic's own intervals. An empty field goes by the profiles. */
export function TermEditor(props: { form: TermForm; errors: TermErrors; onInput: (form: TermForm) => void }) {
  const { form, errors, onInput } = props;
  return (
    <fieldset class="policy-part stack tight">
      <legend>The clinic’s own intervals</legend>
      <p class="muted small">An empty field goes by the profiles. The stricter of two holds.</p>
      <div class="columns">
        {TERMS.map((term) => (
          <TextField
            key={term}
            label={LABELS[term]}
            inputMode="numeric"
            maxLength={6}
            value={form[term]}
            error={errors[term]}
            onInput={(value) => onInput({ ...form, [term]: value })}
          />
        ))}
        <TextField
          label="A closing needs a note beyond … %"
          inputMode="decimal"
          maxLength={8}
          value={form.variance}
          error={errors.variance}
          onInput={(variance) => onInput({ ...form, variance })}
        />
      </div>
    </fieldset>
  );
}
