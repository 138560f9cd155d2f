import { Button } from '../../../shared/ui/Button.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useQuery } from '../../app/use-query.ts';
import { install, installable } from '../../platform/install.ts';
import { askAgain, persistence, storageEstimate } from '../../platform/persistence.ts';
import { offlineReady } from '../../platform/update.ts';
import { bytesInWords, PERSISTENCE_WORDS } from './model.ts';

/** How safely this browser keeps the ledger, and what a person can do about it. */
export function Storage() {
  const estimate = useQuery(storageEstimate);
  const since = useQuery(async () => (await service.today()).entriesSinceExport);
  const kept = persistence.value;
  return (
    <section class="panel stack tight" aria-labelledby="settings-storage">
      <h2 id="settings-storage">Storage</h2>
      <p role="status">
        <span class={`badge ${kept === 'granted' ? 'ok' : kept === 'unknown' ? '' : 'warn'}`}>
          {kept === 'granted' ? 'kept' : kept === 'unknown' ? 'not asked' : 'not promised'}
        </span>{' '}
        {PERSISTENCE_WORDS[kept]}
      </p>
      <dl class="facts">
        <dt>Used</dt>
        <dd class="amount">
          <Loading of={estimate}>
            {(of) =>
              of
                ? `${bytesInWords(of.usage)} of ${bytesInWords(of.quota)} allowed`
                : 'this browser does not say'
            }
          </Loading>
        </dd>
        <dt>Without a network</dt>
        <dd>
          {offlineReady.value
            ? 'everything needed is on this device'
            : 'not complete yet: stay online for a moment'}
        </dd>
        <dt>Outside the browser</dt>
        <dd>
          <Loading of={since}>
            {(entries) =>
              entries === 0
                ? 'everything is in a package that was saved'
                : `${entries.toLocaleString('en')} ${entries === 1 ? 'entry' : 'entries'} since the last saved package`
            }
          </Loading>
        </dd>
      </dl>
      <div class="row">
        {kept === 'granted' || kept === 'unsupported' ? null : (
          <Button onClick={() => void askAgain()}>Ask the browser to keep it</Button>
        )}
        {installable.value ? <Button onClick={() => void install()}>Install the app</Button> : null}
        <a class="button" href={href('export')}>
          Save a package
        </a>
      </div>
    </section>
  );
}
