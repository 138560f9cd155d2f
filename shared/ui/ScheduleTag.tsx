import type { Schedule } from '../domain/schema.ts';

/** The DEA schedule, as text in its colour. */
export function ScheduleTag({ schedule }: { schedule: Schedule }) {
  return (
    <span class={`schedule ${schedule}`}>
      <span class="visually-hidden">Schedule </span>
      C-{schedule}
    </span>
  );
}
