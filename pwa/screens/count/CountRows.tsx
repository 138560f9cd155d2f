import { readTypedQuantity } from '../../../shared/domain/quantity.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { type CountRow, type CountTaking, problemOf } from './model.ts';

/** Everything in the count with what was typed so far; a press takes a container into the hand. */
export function CountRows(props: {
  taking: CountTaking;
  current: string | undefined;
  onPick: (container: string) => void;
}) {
  const { taking, current, onPick } = props;
  return (
    <section class="panel" aria-label="In this count">
      <ul class="list count-rows">
        {taking.rows.map((row) => (
          <li key={row.line.id}>
            <button
              type="button"
              class="count-row"
              aria-current={row.line.id === current ? 'true' : undefined}
              onClick={() => onPick(row.line.id)}
            >
              <strong class="amount">{row.line.number}</strong>
              <span class="count-what">
                {row.line.product} {row.line.strength}
              </span>
              <ScheduleTag schedule={row.line.schedule} />
              <Typed row={row} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Typed({ row }: { row: CountRow }) {
  const read = readTypedQuantity(row.typed, { allowZero: true });
  if (read.ok) {
    return (
      <span class="count-typed">
        <Amount quantity={read.quantity} unit={row.line.unit} />
      </span>
    );
  }
  return problemOf(row) ? (
    <span class="count-typed badge danger">check “{row.typed}”</span>
  ) : (
    <span class="count-typed muted">not yet</span>
  );
}
