import { useState } from 'preact/hooks';
import { subtract } from '../../../shared/domain/quantity.ts';
import type { ContainerView, LifeEvent } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { aboutOf } from '../../../shared/ui/capture/facts.ts';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine, shortHash, timeText } from '../../../shared/ui/format.ts';
import { ActForm, type Draft } from '../../app/ActForm.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { go, href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';

/** Undoes one entry by another that names it; the first stays in sight (`#/reverse/CONTAINER/ENTRY`). */
export function Screen() {
  const [container = '', entry = ''] = place.value.rest;
  const [first] = useState(() => service.life(container));
  const life = useQuery(() => first);
  return (
    <>
      <ScreenHead title="Reverse an entry" />
      <div class="panel narrow">
        <Loading of={life}>
          {(value) => {
            const event = value?.events.find((e) => e.entryId === entry);
            if (value && event?.reversible && !event.reversed) {
              return <ReverseForm container={value.container} event={event} />;
            }
            return (
              <EmptyState
                what={
                  event
                    ? 'This entry cannot be reversed, or was reversed already.'
                    : 'There is no such entry.'
                }
              >
                <a class="button" href={href('vials', container ? [container] : [])}>
                  Back to the container
                </a>
              </EmptyState>
            );
          }}
        </Loading>
      </div>
    </>
  );
}

function ReverseForm({ container, event }: { container: ContainerView; event: LifeEvent }) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState('');
  const change = subtract('0', event.change);
  const { unit } = container;
  const text = cleanLine(reason);
  const reversal: Draft = {
    type: 'reversal',
    body: {
      ...{ entry: event.entryId, record: event.hash, reason: text === '' ? '-' : text },
      effect: { container: container.id, change, unit },
    },
  };
  const build = (): Draft | null => {
    setError(text === '' ? 'Say what was wrong with the entry.' : '');
    return text === '' ? null : reversal;
  };
  return (
    <ActForm
      who="Reversed by"
      act="reversal"
      schedule={container.schedule}
      about={aboutOf(container)}
      submitLabel="Sign the reversal"
      danger
      dirty={reason !== ''}
      build={build}
      asks={reversal}
      said={`Reversed no. ${event.seq}: ${event.summary}`}
      onDone={() => go('vials', [container.id])}
    >
      <div class="witness-what">
        <h2 class="sentence">{event.summary}</h2>
        <p>
          No. <span class="amount">{event.seq}</span> <span class="hash">{shortHash(event.hash)}</span>, by{' '}
          {event.byName}, {timeText(event.at)}
        </p>
        <p>
          The book of {container.number} changes by{' '}
          <strong>
            <Amount quantity={change} unit={unit} signed />
          </strong>
          . The entry stays in sight, marked as reversed.
        </p>
      </div>
      <TextField
        label="What was wrong"
        maxLength={200}
        hint="No names of patients: this goes into the record"
        value={reason}
        error={error}
        onInput={(value) => {
          setReason(value);
          setError('');
        }}
      />
    </ActForm>
  );
}
