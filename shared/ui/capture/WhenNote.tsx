import { useId, useState } from 'preact/hooks';
import { Button } from '../Button.tsx';
import { localDay, timeText } from '../format.ts';

/** An act is a late entry from here on, as the ledger shows it, in milliseconds. */
const LATE_MS = 30 * 60_000;

/** The time of the treatment, where it is not now: it goes into the record, and the record says how late it is. */
export function WhenNote(props: { at: string; now: number; onChange: (at: string) => void }) {
  const [editing, setEditing] = useState(false);
  const id = useId();
  if (props.at === '') return null;
  const late = props.now - Date.parse(props.at);
  return (
    <div class="when-note">
      <p>
        {editing ? (
          <label for={id} class="muted">
            Treated
          </label>
        ) : (
          <span class="muted">Treated</span>
        )}{' '}
        {editing ? (
          <input
            id={id}
            class="input"
            type="datetime-local"
            value={localMinute(props.at)}
            max={localMinute(new Date(props.now).toISOString())}
            onInput={(event) => {
              const ms = Date.parse(event.currentTarget.value);
              if (ms <= props.now) props.onChange(new Date(ms).toISOString());
            }}
          />
        ) : (
          <strong>{timeText(props.at)}</strong>
        )}{' '}
        {late > LATE_MS ? <span class="badge warn">late entry, {lateText(late)}</span> : null}
      </p>
      <span class="row">
        {editing ? null : (
          <Button small label="Change the time of the treatment" onClick={() => setEditing(true)}>
            Change
          </Button>
        )}
        <Button small label="It is being done now" onClick={() => props.onChange('')}>
          Now
        </Button>
      </span>
    </div>
  );
}

/** `2026-11-21T09:40` by the device's clock, as the browser's own field has it. */
function localMinute(at: string): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${localDay(date.getTime())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

function lateText(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours < 1) return `${Math.floor(ms / 60_000)} min`;
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
