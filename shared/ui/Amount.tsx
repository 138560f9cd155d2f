import { type Quantity, type Unit, unitText } from '../domain/quantity.ts';

/** A quantity in tabular figures with its unit. `signed` shows a plus before a gain. */
export function Amount(props: { quantity: Quantity; unit: Unit; signed?: boolean }) {
  const { quantity, unit, signed } = props;
  const below = quantity.startsWith('-');
  const text = below ? `−${quantity.slice(1)}` : signed && quantity !== '0' ? `+${quantity}` : quantity;
  return (
    <span class={below && !signed ? 'amount below-zero' : 'amount'}>
      {text}
      <span class="unit">{unitText(unit, quantity)}</span>
    </span>
  );
}
