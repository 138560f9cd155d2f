import { fromTenThousandths, toTenThousandths, type Unit } from '../domain/quantity.ts';
import { timeText } from './format.ts';

export type LifePoint = { seq: number; at: string; balance: string; kind: 'other' | 'waste' | 'reversal' };

const WIDTH = 640;
const HEIGHT = 200;
const LEFT = 48;
const BOTTOM = 28;
const TOP = 12;
const RIGHT = 12;

/** A container's balance over time as a step line. The table beside it says the same in figures. */
export function LifeLine({
  points,
  unit,
  label,
}: {
  points: readonly LifePoint[];
  unit: Unit;
  label: string;
}) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return null;
  const place = scaleOf(points);
  const path = points
    .map((p, i) =>
      i === 0 ? `M${place.x(p)} ${place.y(p.balance)}` : `H${place.x(p)}V${place.y(p.balance)}`,
    )
    .join('');
  return (
    <svg class="chart life" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {place.ticks.map((tick) => (
        <g key={tick}>
          <line
            class={tick === '0' ? 'zero' : 'grid'}
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={place.y(tick)}
            y2={place.y(tick)}
          />
          <text x={LEFT - 8} y={place.y(tick) + 4} text-anchor="end">
            {tick}
          </text>
        </g>
      ))}
      <text x={LEFT} y={HEIGHT - 6}>
        {timeText(first.at)}
      </text>
      <text x={WIDTH - RIGHT} y={HEIGHT - 6} text-anchor="end">
        {timeText(last.at)}
      </text>
      <path class="step" d={path} />
      {points.map((p) => (
        <circle key={p.seq} class={`dot ${p.kind}`} cx={place.x(p)} cy={place.y(p.balance)} r="4">
          <title>{`${timeText(p.at)}: ${p.balance} ${unit}`}</title>
        </circle>
      ))}
    </svg>
  );
}

/** Time along the width, balance up the height; zero is always in the picture. */
function scaleOf(points: readonly LifePoint[]) {
  const times = points.map((p) => Date.parse(p.at));
  const from = Math.min(...times);
  const span = Math.max(1, Math.max(...times) - from);
  const amounts = points.map((p) => toTenThousandths(p.balance));
  const low = Math.min(0, ...amounts);
  const high = Math.max(1, ...amounts);
  const x = (p: LifePoint) => round(LEFT + ((Date.parse(p.at) - from) / span) * (WIDTH - LEFT - RIGHT));
  const y = (balance: string) =>
    round(HEIGHT - BOTTOM - ((toTenThousandths(balance) - low) / (high - low)) * (HEIGHT - BOTTOM - TOP));
  const ticks = [...new Set([low, 0, Math.round(high / 2), high])].map(fromTenThousandths);
  return { x, y, ticks };
}

const round = (n: number): number => Math.round(n * 10) / 10;
