import { useState } from 'preact/hooks';
import type { HeadAlarm, LinkState } from '../../shared/protocol/overlay.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { shortHash } from '../../shared/ui/format.ts';
import { Notice } from '../../shared/ui/Notice.tsx';
import { type Asked, askedText } from '../app-access.ts';
import type { NoteSaid } from './connection.ts';
import type { Sight } from './guard.ts';

/** Where a person lets this very extension at the ledger. */
export const pairingPage = (): string => `${__PWA_ORIGIN__}/#/settings?pair=${chrome.runtime.id}`;

/** Has the browser ask for the app's address; `null` where that is done in another window. */
type OnConnect = () => Promise<Asked> | null;

const CONNECT = 'Connect to the app';

function NotAllowed({ onConnect }: { onConnect: OnConnect }) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const connect = async () => {
    const asked = await onConnect();
    const still = 'the ledger is still out of reach and nothing can be recorded here';
    setRefusal(asked === null || asked === 'allowed' ? null : askedText(asked, still, CONNECT));
  };
  return (
    <Notice kind="warn" title="This extension is not connected yet.">
      <p>
        The ledger is kept in this browser by the app at {__PWA_ORIGIN__}. Connect the extension to it: the
        browser asks you to confirm that address.
      </p>
      {refusal === null ? null : <p>{refusal}</p>}
      <div>
        <Button kind="primary" onClick={() => void connect()}>
          {CONNECT}
        </Button>
      </div>
    </Notice>
  );
}

/** Where the way to the ledger stands, with what to do about it. Nothing when it is open. */
export function LinkBanner(props: { link: LinkState; onConnect: OnConnect; onTryAgain: () => void }) {
  switch (props.link.state) {
    case 'paired':
      return null;
    case 'connecting':
      return (
        <p class="muted" role="status">
          Connecting to the ledger…
        </p>
      );
    case 'not-allowed':
      return <NotAllowed onConnect={props.onConnect} />;
    case 'not-paired':
      return (
        <Notice kind="warn" title="The ledger does not know this extension yet.">
          <p>Open the app’s settings and approve it there. Its id is</p>
          <p class="hash">{chrome.runtime.id}</p>
          <p>and its code</p>
          <p class="pair-code">
            {props.link.code.slice(0, 3)} {props.link.code.slice(3)}
          </p>
          <p>
            <a href={pairingPage()} target="_blank" rel="noreferrer">
              Open the app’s settings
            </a>
          </p>
        </Notice>
      );
    case 'unreachable':
      return (
        <Notice kind="danger" title="The ledger cannot be reached.">
          <p>
            Countersign keeps it in this browser at {__PWA_ORIGIN__}. Open{' '}
            <a href={__PWA_ORIGIN__} target="_blank" rel="noreferrer">
              the app
            </a>{' '}
            once, then try again. What was typed is kept here.
          </p>
          <div>
            <Button onClick={props.onTryAgain}>Try again</Button>
          </div>
        </Notice>
      );
  }
}

/** The ledger is not the one that this extension remembers. */
export function AlarmBanner({ alarm }: { alarm: HeadAlarm }) {
  const { remembered } = alarm;
  const last = `number ${remembered.size - 1} (${shortHash(remembered.hash)})`;
  const sentence = {
    shorter: `Its end is not the one that was last seen here: ${last}. Records may have been taken away.`,
    gone: `It is gone from this browser. The last record seen here was ${last}.`,
    'other-ledger': 'Another ledger stands in its place.',
  }[alarm.alarm];
  return (
    <Notice kind="danger" title="This is not the ledger as it was.">
      <p>{sentence} Tell the registrant before you go on, and compare with the last export.</p>
    </Notice>
  );
}

const SIGHTS: Record<Exclude<Sight, 'none' | 'settling'>, string> = {
  covered: 'Something on the page lies over this form.',
  transparent: 'The page makes this form see-through or hides it.',
  moved: 'The page has moved this form.',
  disturbed: 'The page keeps changing this form, takes the keyboard from it or does not answer.',
  unseen: 'This form is not fully in sight.',
};

/** Why nobody can sign here now, and the way round it. */
export function SightBanner(props: { sight: Sight; onPanel: () => void }) {
  if (props.sight === 'none' || props.sight === 'settling') return null;
  return (
    <Notice kind="danger" title="Signing is switched off here.">
      <p>{SIGHTS[props.sight]} What you typed is kept.</p>
      <div>
        <Button kind="primary" onClick={props.onPanel}>
          Open in the side panel
        </Button>
      </div>
    </Notice>
  );
}

/** Why a PIN that was begun is not there any more. */
export function PinsEmptied({ onSeen }: { onSeen: () => void }) {
  return (
    <Notice kind="warn" title="The PIN was taken out again.">
      <p>
        The keyboard left this form while a PIN stood in it. If you did not press anything outside, make sure
        that no part of the PIN stands on the page, and sign in the side panel.
      </p>
      <div>
        <Button small onClick={onSeen}>
          I see
        </Button>
      </div>
    </Notice>
  );
}

const NOTES: Record<NoteSaid, string> = {
  'out-of-sight':
    'Something on the page covers, fades or moves this form, so nothing was written. Press again, or copy the line instead.',
  put: 'The line is in the note field. Save the note there yourself.',
  'no-field': 'There is no note field on the page that could be written to. Copy the line instead.',
  'other-patient':
    'The page does not show the patient of this record, so nothing was written. Copy the line instead.',
  'no-page': 'The page does not answer. Copy the line instead.',
};
export const noteSentence = (result: NoteSaid): string => NOTES[result];
