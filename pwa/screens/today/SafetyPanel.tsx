import { Button } from '../../../shared/ui/Button.tsx';
import { href } from '../../app/router.ts';
import { install, installable } from '../../platform/install.ts';
import { askAgain, persistence } from '../../platform/persistence.ts';
import { offlineReady } from '../../platform/update.ts';

const KEPT: Record<typeof persistence.value, string> = {
  unknown: 'Asked for with the first record',
  granted: 'Yes, until somebody deletes it',
  refused: 'Not promised: the browser may clear it when space is short',
  unsupported: 'This browser cannot promise it',
};

/** Whether the record would survive: storage, copies outside this browser, the last check. */
export function SafetyPanel(props: {
  entriesSinceExport: number;
  verified: string;
  trouble: boolean;
  records: number;
}) {
  const kept = persistence.value;
  return (
    <section class="panel stack" aria-labelledby="safe">
      <h2 id="safe">Is the record safe?</h2>
      <dl class="facts">
        <dt>Records</dt>
        <dd class="amount">{props.records.toLocaleString('en')}</dd>
        <dt>Kept by the browser</dt>
        <dd class={kept === 'refused' ? 'bad' : ''}>{KEPT[kept]}</dd>
        <dt>Since the last export</dt>
        <dd>
          <span class="amount">{props.entriesSinceExport.toLocaleString('en')}</span> records
        </dd>
        <dt>Last checked</dt>
        <dd class={props.trouble ? 'bad' : ''}>{props.verified}</dd>
        <dt>Works offline</dt>
        <dd>{offlineReady.value ? 'Yes' : 'Not yet: getting ready'}</dd>
      </dl>
      <div class="row">
        <a class="button small" href={href('export')}>
          Export
        </a>
        <a class="button small" href={href('verify')}>
          Verify
        </a>
        {kept === 'refused' ? (
          <Button small onClick={() => void askAgain()}>
            Ask the browser again
          </Button>
        ) : null}
        {installable.value ? (
          <Button small onClick={() => void install()}>
            Install as an app
          </Button>
        ) : null}
      </div>
    </section>
  );
}
