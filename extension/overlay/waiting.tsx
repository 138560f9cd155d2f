import type { CaptureDraft } from '../../shared/protocol/ledger.ts';
import type { Waiting } from '../../shared/protocol/overlay.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { agoText } from '../../shared/ui/format.ts';

const STATES: Record<Waiting['state'], string> = {
  draft: 'typed, not signed',
  queued: 'signed, waits to be sent',
  sent: 'sent, no receipt yet',
  refused: 'not taken',
};
/** A draft older than this is shown as overdue, in milliseconds. */
const STALE_AFTER = 60 * 60 * 1000;

function titleOf(draft: CaptureDraft | undefined): string {
  if (!draft) return 'Entry';
  if (draft.type === 'waste') return `Waste of ${draft.form.quantity ?? ''} ${draft.form.unit ?? ''}`.trim();
  return [draft.form.patient, draft.form.saidDrug].filter(Boolean).join(', ') || 'Draw';
}

/** What is not in the ledger yet, ageing in sight. The one that is on the form right now is left out. */
export function WaitingList(props: {
  waiting: readonly Waiting[];
  drafts: readonly CaptureDraft[];
  now: number;
  /** `null` where the ledger is out of reach: there is no form to go on with. */
  onResume: ((draft: CaptureDraft) => void) | null;
  onDrop: (entryId: string) => void;
}) {
  if (props.waiting.length === 0) return null;
  return (
    <section class="waiting" aria-labelledby="waiting">
      <h2 id="waiting">Not in the ledger yet</h2>
      <ul class="plain">
        {props.waiting.map((one) => {
          const draft = props.drafts.find(({ entryId }) => entryId === one.entryId);
          const stale = props.now - Date.parse(one.since) > STALE_AFTER;
          const open = one.state === 'draft' || one.state === 'refused';
          return (
            <li key={one.entryId} class="row spread">
              <span>
                <strong>{titleOf(draft)}</strong>{' '}
                <span class={`badge ${stale || one.state === 'refused' ? 'danger' : 'warn'}`}>
                  {STATES[one.state]}, {agoText(one.since, props.now)}
                </span>
                {one.refusal ? <span class="small muted"> {one.refusal}</span> : null}
              </span>
              {open ? (
                <span class="row">
                  {draft && props.onResume ? (
                    <Button small onClick={() => props.onResume?.(draft)}>
                      Go on
                    </Button>
                  ) : null}
                  <Button small kind="quiet" onClick={() => props.onDrop(one.entryId)}>
                    Drop
                  </Button>
                </span>
              ) : null}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
