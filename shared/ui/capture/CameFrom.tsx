import { Button } from '../Button.tsx';
import type { CameWith } from './model.ts';

/** What a link has filled in, and who says so. It names no patient: that is the person's to say. */
export function CameFrom({ label, consultation, onLeaveOut }: CameWith & { onLeaveOut: () => void }) {
  return (
    <div class="said-by-page row spread">
      <span class="came-from">
        From {label}: consultation <strong>{consultation}</strong>. Check it, and name the patient.
      </span>
      <Button small onClick={onLeaveOut}>
        Leave it out
      </Button>
    </div>
  );
}
