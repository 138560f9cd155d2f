import type { Product } from '../../../shared/domain/entries.ts';
import { Button } from '../../../shared/ui/Button.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { QuantityField } from '../../../shared/ui/QuantityField.tsx';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import type { Line, LineErrors } from './model.ts';

/** One container of the delivery: number to write on it, lot, date, what it holds. */
export function LineEditor(props: {
  line: Line;
  product: Product;
  errors: LineErrors;
  onChange: (change: Partial<Line>) => void;
  onRemove: () => void;
  onCopy: () => void;
}) {
  const { line, product, errors, onChange } = props;
  const said = `container ${line.number}`;
  return (
    <li class="stack tight">
      <p class="row spread">
        <span>
          <strong>{product.name}</strong> {product.strength} <ScheduleTag schedule={product.schedule} />
          {line.serial === undefined ? null : <span class="small muted"> serial {line.serial}</span>}
        </span>
        <span class="row">
          {line.serial === undefined ? (
            <Button small onClick={props.onCopy} label={`One more like ${said}`}>
              One more
            </Button>
          ) : null}
          <Button small kind="quiet" onClick={props.onRemove} label={`Remove ${said}`}>
            Remove
          </Button>
        </span>
      </p>
      <div class="line-fields">
        <TextField
          label="Number"
          maxLength={20}
          value={line.number}
          error={errors.number}
          onInput={(number) => onChange({ number })}
        />
        <TextField
          label="Lot"
          maxLength={20}
          value={line.lot}
          error={errors.lot}
          onInput={(lot) => onChange({ lot })}
        />
        <TextField
          label="Expires"
          type="date"
          value={line.expires}
          error={errors.expires}
          onInput={(expires) => onChange({ expires })}
        />
        <QuantityField
          label="Holds"
          unit={product.unit}
          value={line.quantity}
          error={errors.quantity}
          onInput={(quantity) => onChange({ quantity })}
        />
      </div>
    </li>
  );
}
