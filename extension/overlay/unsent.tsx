import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CaptureDraft } from '../../shared/protocol/ledger.ts';
import { Notice } from '../../shared/ui/Notice.tsx';
import type { Connection } from './connection.ts';
import type { InSight } from './guard.ts';
import { WaitingList } from './waiting.tsx';

/** What is not in the ledger yet, with what was typed of it. */
export function Unsent(props: {
  connection: Connection;
  pressed: InSight;
  onResume: ((draft: CaptureDraft) => void) | null;
}) {
  const { connection, onResume } = props;
  /** A press on "Drop" that was not made in plain sight: what was typed is worth as much as what was signed. */
  const held = useSignal(false);
  const drafts = useSignal<readonly CaptureDraft[]>([]);
  const waiting = connection.waiting.value;
  useEffect(() => {
    if (waiting.length > 0)
      connection.capture.drafts().then(
        (found) => (drafts.value = found),
        () => undefined,
      );
  }, [waiting]);
  const drop = async (entryId: string) => {
    held.value = !(await props.pressed(() => void connection.capture.dropDraft(entryId)));
  };
  return (
    <>
      <WaitingList
        waiting={waiting}
        drafts={drafts.value}
        now={Date.now()}
        onResume={onResume}
        onDrop={(entryId) => void drop(entryId)}
      />
      {held.value ? (
        <Notice kind="warn" title="Nothing was dropped.">
          <p>Something on the page covers, fades or moves this form. Press again.</p>
        </Notice>
      ) : null}
    </>
  );
}
