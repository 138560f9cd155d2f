import { Button } from '../Button.tsx';
import { timeText } from '../format.ts';

/** An act is a late entry from here on, as the ledger shows it, in milliseconds. */
const LATE_MS = 30 * 60_000;

/** The time of the treatment, where it is not now: it goes into the record, and the record says how late it is. */
export function WhenNote(props: { at: string; now: number; onClear: () => void }) {
  if (props.at === '') return null;
  const late = props.now - Date.parse(props.at);
  return (
    <div class="when-note">
      <p>
        <span class="muted">Treated</span> <strong>{timeText(props.at)}</strong>{' '}
        {late > LATE_MS ? <span class="badge warn">late entry, {lateText(late)}</span> : null}
      </p>
      <Button small onClick={props.onClear}>
        It is being done now
      </Button>
    </div>
  );
}

function lateText(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours < 1) return `${Math.floor(ms / 60_000)} min`;
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
