import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { shortHash, timeText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { readAccess } from '../../app/access.ts';
import { openLedger, type PageStatus } from '../../app/ledger.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { forgetHead } from '../../platform/remembered-head.ts';

const TryAgain = () => (
  <div>
    <Button onClick={() => location.reload()}>Try again</Button>
  </div>
);

/** The ledger is not as it was left. Says so, says what to do, and offers no new ledger in its place. */
export function Alarm({ status }: { status: PageStatus }) {
  switch (status.state) {
    case 'vanished':
      return <Vanished status={status} />;
    case 'newer-format':
      return (
        <>
          <ScreenHead title="This ledger was written by a newer Countersign" />
          <Notice kind="danger" title="Nothing was opened and nothing was changed.">
            <p>
              This page runs an older version than the one that wrote the ledger. Close every Countersign tab,
              connect to the network once, and open it again so that it can update.
            </p>
            <TryAgain />
          </Notice>
        </>
      );
    case 'blocked':
      return (
        <>
          <ScreenHead title="Another tab holds the ledger" />
          <Notice kind="warn" title="A tab with an older version of Countersign has to close first.">
            <p>Close the other Countersign tabs and windows on this computer. This page then goes on.</p>
            <TryAgain />
          </Notice>
        </>
      );
    case 'closed':
      return <Stopped title="The ledger was closed" reason={status.reason} />;
    case 'failed':
      return <Stopped title="The ledger could not be opened" reason={status.message} />;
    default:
      return null;
  }
}

function Stopped({ title, reason }: { title: string; reason: string }) {
  return (
    <>
      <ScreenHead title={title} />
      <Notice kind="danger" title="Nothing can be recorded until it opens.">
        <p>{reason}</p>
        <p>
          Until then keep a note on paper, with time, vial, amount and who was there, and enter it afterwards.
        </p>
        <TryAgain />
      </Notice>
    </>
  );
}

function Vanished({ status }: { status: Extract<PageStatus, { state: 'vanished' }> }) {
  const { remembered, found } = status;
  return (
    <>
      <ScreenHead title="Records are missing" />
      <Notice kind="danger" title="This browser remembers a ledger that is no longer whole.">
        <p>
          It last held <strong>{remembered.size.toLocaleString('en')} records</strong>, ending in{' '}
          <span class="hash">{shortHash(remembered.hash)}</span>.{' '}
          {found === null
            ? 'Now there is no ledger at all.'
            : `Now there are ${found.size.toLocaleString('en')}, ending in ${shortHash(found.hash)}.`}
        </p>
        <p>
          Somebody may have cleared the browser's data, the profile may be another one, or the disk was full.
          Do not start over. Write down the time (now: {timeText(new Date().toISOString())}), stop using this
          computer for the record, and tell the registrant; the last export holds the records up to its date.
        </p>
        <TryAgain />
      </Notice>
      {found === null ? <BeginAnew size={remembered.size} /> : null}
    </>
  );
}

/** A way out for the registrant, behind a sentence that has to be typed: the alarm must not be clicked away. */
function BeginAnew({ size }: { size: number }) {
  const [typed, setTyped] = useState('');
  const sentence = `${size} records are gone`;
  return (
    <details class="panel">
      <summary>The registrant has dealt with it and wants to begin a new ledger</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== sentence) return;
          forgetHead();
          void openLedger(readAccess);
        }}
      >
        <p>
          The old records do not come back by this. Type <strong>{sentence}</strong> to go on.
        </p>
        <input
          class="input"
          aria-label={`Type: ${sentence}`}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" kind="danger" disabled={typed.trim() !== sentence}>
            Begin a new ledger
          </Button>
        </div>
      </form>
    </details>
  );
}
