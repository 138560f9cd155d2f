import { useState } from 'preact/hooks';
import type { ContainerView } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { Choices, TextField } from '../../../shared/ui/Field.tsx';
import { dayText, localDay } from '../../../shared/ui/format.ts';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { expiresSoon, filterVials, type Shown } from './filter.ts';

const FILTERS: readonly { value: Shown; label: string }[] = [
  { value: 'open', label: 'Open' },
  { value: 'expiring', label: 'Expiring' },
  { value: 'closed', label: 'Closed' },
  { value: 'all', label: 'All' },
];

/** Every container with what the book says is in it. */
export function VialList() {
  const containers = useQuery(() => service.containers({}));
  const [shown, setShown] = useState<Shown>('open');
  const [text, setText] = useState('');
  const product = place.value.query.get('product');
  return (
    <>
      <ScreenHead title="Vials">
        <a class="button" href={href('receive')}>
          Receive
        </a>
      </ScreenHead>
      <div class="stack">
        <div class="filters">
          <TextField
            label="Find"
            type="search"
            placeholder="Number, drug, lot"
            value={text}
            onInput={setText}
          />
          <Choices legend="Show" name="shown" value={shown} options={FILTERS} onInput={setShown} />
        </div>
        <Loading of={containers}>
          {(all) => {
            const today = localDay(Date.now());
            const rows = filterVials(all, { shown, text, product }, today);
            return (
              <>
                <p class="row spread">
                  <span class="muted" role="status">
                    {rows.length} of {all.length}
                  </span>
                  {product === null ? null : (
                    <a href={href('vials')}>
                      Only {all.find((c) => c.productId === product)?.product}. Show every drug
                    </a>
                  )}
                </p>
                {rows.length === 0 ? <Nothing any={all.length > 0} /> : <Rows rows={rows} today={today} />}
              </>
            );
          }}
        </Loading>
      </div>
    </>
  );
}

function Nothing({ any }: { any: boolean }) {
  if (any) return <EmptyState what="No container matches. Change the words or what is shown." />;
  return (
    <EmptyState what="There are no containers yet.">
      <a class="button primary" href={href('receive')}>
        Receive stock
      </a>
    </EmptyState>
  );
}

const AT_ONCE = 120;

function Rows({ rows, today }: { rows: readonly ContainerView[]; today: string }) {
  const [most, setMost] = useState(AT_ONCE);
  return (
    <>
      <ul class="vials">
        {rows.slice(0, most).map((c) => (
          <li key={c.id}>
            <a class="vial-card" href={href('vials', [c.id])}>
              <span class="vial-number amount">{c.number}</span>
              <span class="vial-what">
                <strong>{c.product}</strong> {c.strength} <ScheduleTag schedule={c.schedule} />
                <br />
                <span class="small muted">
                  lot {c.lot}, until {dayText(c.expires)}
                </span>{' '}
                <Marks container={c} today={today} />
              </span>
              <span class="vial-balance">
                <Amount quantity={c.balance} unit={c.unit} />
                <span class="small muted"> of {c.size}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
      {rows.length > most ? <Button onClick={() => setMost(most + AT_ONCE)}>Show more</Button> : null}
    </>
  );
}

/** What is out of the ordinary, in words. */
export function Marks({ container, today }: { container: ContainerView; today: string }) {
  const closed = container.closedAt !== undefined;
  const soon = !closed && !container.expired && expiresSoon(container, today);
  return (
    <>
      {closed ? <span class="badge">closed</span> : null}
      {!closed && container.expired ? <span class="badge danger">expired</span> : null}
      {!closed && container.onHold ? <span class="badge danger">set aside</span> : null}
      {soon ? <span class="badge warn">expires soon</span> : null}
      {!closed && container.openedAt !== undefined ? <span class="badge ok">in use</span> : null}
      {container.leftovers.length > 0 ? <span class="badge warn">leftover open</span> : null}
    </>
  );
}
