import { type ReadonlySignal, type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { CaptureDraft } from '../../shared/protocol/ledger.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { askForApp } from '../app-access.ts';
import { AlarmBanner, LinkBanner, PinsEmptied, SightBanner } from './banners.tsx';
import { BeforeLedger } from './before-ledger.tsx';
import type { Connection } from './connection.ts';
import type { InSight, Sight } from './guard.ts';
import { Tasks } from './tasks.tsx';
import { Unsent } from './unsent.tsx';

export type OverlayProps = {
  connection: Connection;
  sight: ReadonlySignal<Sight>;
  /** Acts on the last press where it was made while the form was in plain sight, and it is so still. */
  pressed: InSight;
  /** A PIN was taken out of its field, since the keyboard left the form. */
  pinsEmptied: Signal<boolean>;
  /** A window of its own: side panel or tab. */
  alone: boolean;
};

/** The capture frame: what stands in the way of capturing, then the form itself, then what still waits. */
export function Overlay(props: OverlayProps) {
  const { connection, sight, alone } = props;
  const panel = () => {
    const tabId = connection.tab.value;
    if (tabId !== null) void chrome.sidePanel.open({ tabId });
  };
  /** What was typed before the ledger was there: the form goes on with it. */
  const begun = useSignal<CaptureDraft | null>(null);
  if (connection.door.value === 'outdated') return <Outdated />;
  if (connection.door.value === 'shut') return <Shut />;
  return (
    <>
      <Head connection={connection} alone={alone} onPanel={panel} />
      <main class="stack" data-sight={sight.value}>
        {connection.alarm.value ? <AlarmBanner alarm={connection.alarm.value} /> : null}
        {alone ? null : <SightBanner sight={sight.value} onPanel={panel} />}
        {props.pinsEmptied.value ? <PinsEmptied onSeen={() => (props.pinsEmptied.value = false)} /> : null}
        <LinkBanner
          link={connection.link.value}
          // The browser's question belongs to a window of ours; over a page, the settings are that.
          onConnect={() => (alone ? askForApp() : openSettings())}
          onTryAgain={() => connection.say({ kind: 'try-again' })}
        />
        {connection.reached.value ? (
          <Tasks {...props} begun={begun.value} />
        ) : (
          <Stuck {...props} onDraft={(draft) => (begun.value = draft)} />
        )}
      </main>
    </>
  );
}

function Head(props: { connection: Connection; alone: boolean; onPanel: () => void }) {
  const { connection, alone } = props;
  return (
    <header class="head">
      <strong>Countersign</strong>
      <span class="end row">
        {alone ? (
          <Button small kind="quiet" onClick={() => connection.say({ kind: 'read-page' })}>
            Read the page
          </Button>
        ) : (
          <>
            <Button small kind="quiet" onClick={props.onPanel}>
              Side panel
            </Button>
            <Button
              small
              kind="quiet"
              label="Close Countersign"
              onClick={() => connection.say({ kind: 'close' })}
            >
              Close
            </Button>
          </>
        )}
      </span>
    </header>
  );
}

function openSettings(): null {
  chrome.runtime.openOptionsPage();
  return null;
}

/** The ledger was not reached yet: what waits is shown, and what happens meanwhile can be kept. */
function Stuck(props: OverlayProps & { onDraft: (draft: CaptureDraft | null) => void }) {
  const { connection, pressed, onDraft } = props;
  const missed = useSignal(false);
  const { state } = connection.link.value;
  useEffect(() => {
    if (state !== 'connecting') missed.value = true;
  }, [state]);
  return (
    <>
      {missed.value ? <BeforeLedger {...{ connection, pressed, onDraft }} /> : null}
      <Unsent {...{ connection, pressed }} onResume={null} />
    </>
  );
}

function Outdated() {
  return (
    <main class="stack">
      <Notice kind="warn" title="Countersign was updated while this form was open.">
        <p>
          What you typed is kept as a draft. Press the Countersign button in the toolbar, or its shortcut: the
          new form opens in place of this one, and has it under “Not in the ledger yet”.
        </p>
      </Notice>
    </main>
  );
}

function Shut() {
  return (
    <main class="stack">
      <p>This form was not opened by you. Close it, and open Countersign again from the toolbar.</p>
    </main>
  );
}
