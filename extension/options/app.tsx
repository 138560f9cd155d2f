import { useEffect, useState } from 'preact/hooks';
import type { RememberedHead } from '../../shared/protocol/ledger.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { shortHash } from '../../shared/ui/format.ts';
import { Notice } from '../../shared/ui/Notice.tsx';
import { askForApp } from '../app-access.ts';
import { AlarmBanner, LinkBanner } from '../overlay/banners.tsx';
import type { Connection } from '../overlay/connection.ts';
import { WaitingList } from '../overlay/waiting.tsx';
import { onRemembered, rememberedHere } from './memory.ts';
import { NoteTemplate } from './note-template.tsx';
import { SiteList } from './site-list.tsx';
import { Sites } from './sites.tsx';

/** The extension's settings: the way to the ledger, the sites, what it remembers and what still waits. */
export function Options({ connection }: { connection: Connection }) {
  if (connection.door.value === 'shut') {
    return (
      <main class="stack">
        <Notice kind="danger" title="The extension does not answer.">
          Close this tab and open the settings again.
        </Notice>
      </main>
    );
  }
  return (
    <main class="stack">
      <h1>Countersign settings</h1>
      <Pairing connection={connection} />
      <Sites />
      <SiteList />
      <NoteTemplate />
      <Memory connection={connection} />
      <WaitingList
        waiting={connection.waiting.value}
        drafts={[]}
        now={Date.now()}
        onResume={null}
        onDrop={(entryId) => void connection.capture.dropDraft(entryId)}
      />
    </main>
  );
}

function Pairing({ connection }: { connection: Connection }) {
  const link = connection.link.value;
  return (
    <section class="panel stack" aria-labelledby="pairing">
      <h2 id="pairing">The ledger</h2>
      {link.state === 'paired' ? (
        <Notice kind="ok" quiet>
          <p>
            This extension writes into the ledger of the app at{' '}
            <a href={__PWA_ORIGIN__} target="_blank" rel="noreferrer">
              {__PWA_ORIGIN__}
            </a>
            . It is taken back in the app’s settings.
          </p>
        </Notice>
      ) : (
        <LinkBanner
          link={link}
          onConnect={askForApp}
          onTryAgain={() => connection.say({ kind: 'try-again' })}
        />
      )}
      <p class="small muted">
        Id of this extension: <span class="hash">{chrome.runtime.id}</span>
      </p>
    </section>
  );
}

/** The second memory of the ledger's head, and the way on after an alarm that has been looked into. */
function Memory({ connection }: { connection: Connection }) {
  const [head, setHead] = useState<RememberedHead | null>(null);
  const [sure, setSure] = useState(false);
  const alarm = connection.alarm.value;
  useEffect(() => {
    const read = () => void rememberedHere().then(setHead);
    read();
    return onRemembered(read);
  }, []);
  return (
    <section class="panel stack" aria-labelledby="memory">
      <h2 id="memory">What this extension remembers</h2>
      {head ? (
        <p>
          The ledger had <strong class="amount">{head.size}</strong> records when it was last seen; the last
          one is <span class="hash">{shortHash(head.hash)}</span>. Should it come back shorter, it is said
          here and on the toolbar.
        </p>
      ) : (
        <p class="muted">Nothing yet: no ledger has been seen.</p>
      )}
      {alarm ? (
        <>
          <AlarmBanner alarm={alarm} />
          <label class="check">
            <input type="checkbox" checked={sure} onInput={(event) => setSure(event.currentTarget.checked)} />
            <span>The registrant knows, and this is the ledger from now on.</span>
          </label>
          <div>
            <Button kind="danger" disabled={!sure} onClick={() => connection.say({ kind: 'accept-ledger' })}>
              Remember this ledger instead
            </Button>
          </div>
        </>
      ) : null}
    </section>
  );
}
