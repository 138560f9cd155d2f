import type { Ref } from 'preact';
import { Button } from '../../../shared/ui/Button.tsx';
import { Choices } from '../../../shared/ui/Field.tsx';
import { dayText } from '../../../shared/ui/format.ts';
import { QuantityField } from '../../../shared/ui/QuantityField.tsx';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { type CountRow, METHODS, problemOf } from './model.ts';

/** The container in the hand, and the one large field for what is in it. */
export function CountCard(props: {
  row: CountRow | undefined;
  inputRef: Ref<HTMLInputElement>;
  onChange: (change: Partial<Pick<CountRow, 'typed' | 'method'>>) => void;
  onNext: () => void;
}) {
  const { row, inputRef, onChange, onNext } = props;
  if (!row) {
    return (
      <section class="panel" aria-label="In the hand">
        <p>Scan a container, or pick one from the list.</p>
      </section>
    );
  }
  const { line, typed, method } = row;
  return (
    <form
      class="panel stack count-card"
      aria-label={`Number ${line.number}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
    >
      <div class="row">
        <strong class="count-number">{line.number}</strong>
        <ScheduleTag schedule={line.schedule} />
      </div>
      <div>
        <div>
          {line.product} {line.strength}
        </div>
        <div class="muted small">
          lot {line.lot}, until {dayText(line.expires)}
          {line.serial ? `, serial ${line.serial}` : ''}
        </div>
      </div>
      <QuantityField
        label={`What is there in ${line.number}`}
        unit={line.unit}
        value={typed}
        inputRef={inputRef}
        error={problemOf(row)}
        hint="0 when it is empty or not there"
        onInput={(value) => onChange({ typed: value })}
      />
      <Choices
        legend="How"
        name="method"
        value={method}
        options={METHODS.map(({ value, label }) => ({ value, label }))}
        onInput={(value) => onChange({ method: value })}
      />
      <p class="muted small">{METHODS.find((m) => m.value === method)?.hint}</p>
      <Button kind="primary" type="submit" wide>
        Next
      </Button>
    </form>
  );
}
