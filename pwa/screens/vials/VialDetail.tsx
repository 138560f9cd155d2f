import { useState } from 'preact/hooks';
import type { ContainerLife, ContainerView, LifeEvent } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { Button } from '../../../shared/ui/Button.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { dayText, localDay, timeText } from '../../../shared/ui/format.ts';
import { LifeLine } from '../../../shared/ui/LifeLine.tsx';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { Marks } from './VialList.tsx';

/** Acts shown before somebody asks for the earlier ones. */
const SHOWN = 40;

/** One container: what it is, what can be done with it, and its whole life with the running balance. */
export function VialDetail({ id }: { id: string }) {
  const life = useQuery(() => service.life(id), id);
  return (
    <Loading of={life}>
      {(value) =>
        value ? (
          <Detail life={value} />
        ) : (
          <>
            <ScreenHead title="No such container" />
            <EmptyState what="This container is not in the ledger.">
              <a class="button" href={href('vials')}>
                All vials
              </a>
            </EmptyState>
          </>
        )
      }
    </Loading>
  );
}

function Detail({ life }: { life: ContainerLife }) {
  const { container, events } = life;
  return (
    <>
      <p>
        <a class="back" href={href('vials')}>
          ‹ All vials
        </a>
      </p>
      <ScreenHead title={`Container ${container.number}`}>
        <Actions container={container} />
      </ScreenHead>
      <div class="two facts-first">
        <Facts container={container} />
        <section class="panel stack" aria-labelledby="life">
          <h2 id="life">Its life</h2>
          <LifeLine
            unit={container.unit}
            label={`Balance of container ${container.number} over time; the table below says the same in figures`}
            points={events.map((e) => ({
              seq: e.seq,
              at: e.at,
              balance: e.balance,
              kind: e.type === 'waste' || e.type === 'reversal' ? e.type : 'other',
            }))}
          />
          <Events container={container} events={events} />
        </section>
      </div>
    </>
  );
}

function Actions({ container }: { container: ContainerView }) {
  if (container.closedAt !== undefined)
    return <span class="badge">closed {timeText(container.closedAt)}</span>;
  return (
    <div class="row">
      <a class="button primary" href={href('capture', [], { container: container.id })}>
        Draw or give
      </a>
      <a class="button" href={href('waste', [], { container: container.id })}>
        Waste
      </a>
      <a class="button" href={href('close', [container.id])}>
        Close
      </a>
    </div>
  );
}

function Facts({ container: c }: { container: ContainerView }) {
  return (
    <section class="panel stack" aria-labelledby="what">
      <h2 id="what">
        {c.product} {c.strength} <ScheduleTag schedule={c.schedule} />
      </h2>
      <p class="big-balance">
        <Amount quantity={c.balance} unit={c.unit} />
        <span class="muted"> of {c.size} in the book</span>
      </p>
      <p>
        <Marks container={c} today={localDay(Date.now())} />
      </p>
      <dl class="facts">
        <dt>Lot</dt>
        <dd>{c.lot}</dd>
        <dt>Expires</dt>
        <dd>{dayText(c.expires)}</dd>
        {c.serial === undefined ? null : (
          <>
            <dt>Serial</dt>
            <dd>{c.serial}</dd>
          </>
        )}
        {c.gtin === undefined ? null : (
          <>
            <dt>GTIN</dt>
            <dd class="amount">{c.gtin}</dd>
          </>
        )}
        <dt>Received</dt>
        <dd>{timeText(c.receivedAt)}</dd>
        <dt>First used</dt>
        <dd>{c.openedAt === undefined ? 'not yet' : timeText(c.openedAt)}</dd>
        <dt>Last counted</dt>
        <dd>{c.lastCountedAt === undefined ? 'never' : timeText(c.lastCountedAt)}</dd>
      </dl>
      {c.leftovers.map((leftover) => (
        <div class="notice warn" key={leftover.draw}>
          <p>
            <Amount quantity={leftover.remaining} unit={leftover.unit} /> left over, drawn by{' '}
            {leftover.byName} on {timeText(leftover.at)}
          </p>
          <div class="row">
            <a class="button small" href={href('waste', [leftover.draw])}>
              Waste it
            </a>
            <a class="button small" href={href('return', [leftover.draw])}>
              Put it back
            </a>
          </div>
        </div>
      ))}
    </section>
  );
}

function Events({ container, events }: { container: ContainerView; events: readonly LifeEvent[] }) {
  const [all, setAll] = useState(false);
  const newestFirst = [...events].reverse();
  const hidden = all ? 0 : Math.max(0, newestFirst.length - SHOWN);
  return (
    <>
      <ol class="list events" aria-label="Acts, newest first">
        {newestFirst.slice(0, newestFirst.length - hidden).map((event) => (
          <li key={event.seq} class={event.reversed ? 'reversed' : ''}>
            <div class="event-what">
              <a href={href('ledger', [String(event.seq)])}>{event.summary}</a>
              <p class="small muted">
                no. {event.seq}, {timeText(event.at)}, {event.byName}
                {event.witnessName === undefined ? '' : `, witnessed by ${event.witnessName}`}
              </p>
              {event.reversed ? <span class="badge warn">reversed</span> : null}
            </div>
            <div class="event-figures">
              {event.change === '0' ? (
                <span class="muted">no change</span>
              ) : (
                <Amount quantity={event.change} unit={container.unit} signed />
              )}
              <strong>
                <Amount quantity={event.balance} unit={container.unit} />
              </strong>
            </div>
            {event.reversible && !event.reversed ? (
              <a
                class="button small quiet"
                href={href('reverse', [container.id, event.entryId])}
                aria-label={`Reverse no. ${event.seq}`}
              >
                Reverse
              </a>
            ) : (
              <span />
            )}
          </li>
        ))}
      </ol>
      {hidden > 0 ? <Button onClick={() => setAll(true)}>Show the {hidden} earlier acts</Button> : null}
    </>
  );
}
