import { parseRecord } from '../../../shared/ledger/record.ts';
import { shortHash } from '../../../shared/ui/format.ts';
import { Loading } from '../../app/Loading.tsx';
import { service, status } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { useQuery } from '../../app/use-query.ts';
import { CopyButton } from '../ledger/CopyButton.tsx';
import { deviceNameOf, readOut } from './model.ts';

/** Which ledger this is, in a form that can be read out over the telephone and compared. */
export function ThisLedger() {
  const name = useQuery(async () => {
    const first = await service.record(0);
    return first ? deviceNameOf(parseRecord(first.line).record.entry.body) : undefined;
  });
  const now = status.value;
  if (now.state !== 'ready') return null;
  return (
    <section class="panel stack tight" aria-labelledby="settings-ledger">
      <h2 id="settings-ledger">This ledger</h2>
      <dl class="facts">
        <dt>Clinic</dt>
        <dd>
          {now.facility} {now.demo ? <span class="badge warn">demo</span> : null}
        </dd>
        <dt>Device</dt>
        <dd>
          <Loading of={name}>{(text) => text ?? 'not named'}</Loading>
        </dd>
        <dt>First record</dt>
        <dd>
          <strong class="hash read-out">{readOut(now.genesis)}</strong>
          <span class="muted small">
            {' '}
            Read this out to compare two devices or a package with this ledger.
          </span>
        </dd>
        <dt>Last record</dt>
        <dd>
          <a href={href('ledger', [String(now.head.size - 1)])}>number {now.head.size - 1}</a>{' '}
          <span class="hash">{shortHash(now.head.hash)}</span>
        </dd>
        <dt>Ledger id</dt>
        <dd>
          <span class="hash">{now.ledger}</span> <CopyButton text={now.ledger} what="the ledger id" />
        </dd>
        <dt>Device id</dt>
        <dd>
          <span class="hash">{now.device}</span> <CopyButton text={now.device} what="the device id" />
        </dd>
        <dt>Whole first hash</dt>
        <dd>
          <span class="hash">{now.genesis}</span>{' '}
          <CopyButton text={now.genesis} what="the hash of the first record" />
        </dd>
      </dl>
    </section>
  );
}
