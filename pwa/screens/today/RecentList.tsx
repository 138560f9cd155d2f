import type { RecordRow } from '../../../shared/protocol/views.ts';
import { timeText } from '../../../shared/ui/format.ts';
import { href } from '../../app/router.ts';

/** The last records, newest first, each a way into the ledger. */
export function RecentList({ rows }: { rows: readonly RecordRow[] }) {
  return (
    <ul class="list">
      {rows.map((row) => (
        <li key={row.seq}>
          <a class="record-line" href={href('ledger', [String(row.seq)])}>
            <span class="amount muted">{row.seq}</span>
            <span>
              {row.summary}
              <span class="muted small">
                {' '}
                {row.byName}
                {row.witnessName ? `, witnessed by ${row.witnessName}` : ''}
                {row.approverName ? `, approved by ${row.approverName}` : ''}, {timeText(row.at)}
              </span>
              {row.late ? <span class="badge warn">late</span> : null}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
