import { toTenThousandths } from '../domain/quantity.ts';
import type { TodayView } from '../protocol/views.ts';
import { Amount } from './Amount.tsx';
import { ScheduleTag } from './ScheduleTag.tsx';

export type StockBar = TodayView['onHand'][number];

/** On-hand by drug: how full the open containers are, in figures and as a bar. The bar only repeats the figures. */
export function StockBars({
  rows,
  hrefOf,
}: {
  rows: readonly StockBar[];
  hrefOf: (product: string) => string;
}) {
  return (
    <ul class="bars">
      {rows.map((row) => (
        <li key={row.product}>
          <div class="caption">
            <a href={hrefOf(row.product)}>
              {row.name} {row.strength}
            </a>
            <ScheduleTag schedule={row.schedule} />
            <span class="push">
              <strong>
                <Amount quantity={row.total} unit={row.unit} />
              </strong>{' '}
              <span class="muted small">
                in {row.containers} {row.containers === 1 ? 'container' : 'containers'}
              </span>
            </span>
          </div>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="track" x="0" y="0" width="100" height="6" rx="1" />
            <rect class={row.schedule} x="0" y="0" width={shareOf(row)} height="6" rx="1" />
          </svg>
        </li>
      ))}
    </ul>
  );
}

function shareOf({ total, full }: StockBar): number {
  const whole = toTenThousandths(full);
  if (whole <= 0) return 0;
  return Math.min(100, Math.max(0, (toTenThousandths(total) / whole) * 100));
}
