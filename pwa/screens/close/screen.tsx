import { useState } from 'preact/hooks';
import type { Body } from '../../../shared/domain/entries.ts';
import { subtract } from '../../../shared/domain/quantity.ts';
import type { ContainerView } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { aboutOf } from '../../../shared/ui/capture/facts.ts';
import { VialLine } from '../../../shared/ui/capture/VialPicker.tsx';
import { EmptyState } from '../../../shared/ui/EmptyState.tsx';
import { Choices, TextField } from '../../../shared/ui/Field.tsx';
import { cleanLine } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ActForm, type Draft } from '../../app/ActForm.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { go, href, place } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { useQuery } from '../../app/use-query.ts';
import { CLOSING_REASONS } from '../ledger/names.ts';

type Reason = Body<'container.closed'>['reason'];

/** Nothing more comes out of a container; what the book still says is explained (`#/close/CONTAINER`). */
export function Screen() {
  const id = place.value.rest[0] ?? '';
  const [first] = useState(() => service.life(id));
  const loaded = useQuery(() => first);
  return (
    <>
      <ScreenHead title="Close a container" />
      <div class="panel narrow">
        <Loading of={loaded}>
          {(life) => {
            if (!life || life.container.closedAt !== undefined) {
              return (
                <EmptyState
                  what={life ? 'This container was closed already.' : 'There is no such container.'}
                >
                  <a class="button" href={href('vials')}>
                    Go to the vials
                  </a>
                </EmptyState>
              );
            }
            return <CloseForm container={life.container} />;
          }}
        </Loading>
      </div>
    </>
  );
}

/** The reasons that fit what the book says is left. */
function reasonsFor(balance: string): { value: Reason; label: string }[] {
  const reasons = (...values: Reason[]) => values.map((value) => ({ value, label: CLOSING_REASONS[value] }));
  if (balance === '0') return reasons('empty');
  if (balance.startsWith('-')) return reasons('overfill');
  return reasons('hub-loss', 'expired', 'damaged');
}

function CloseForm({ container }: { container: ContainerView }) {
  const { balance, unit, number } = container;
  const reasons = reasonsFor(balance);
  const [reason, setReason] = useState<Reason | null>(
    reasons.length === 1 ? (reasons[0]?.value ?? null) : null,
  );
  const [note, setNote] = useState('');
  const [error, setError] = useState('');
  const adjustment = subtract('0', balance);
  const left = balance !== '0' && !balance.startsWith('-');
  const text = cleanLine(note);
  const closing = (why: Reason): Draft => ({
    type: 'container.closed',
    body: { container: container.id, reason: why, adjustment, unit, ...(text === '' ? {} : { note: text }) },
  });
  return (
    <ActForm
      who="Closed by"
      act="container.closed"
      schedule={container.schedule}
      about={aboutOf(container)}
      submitLabel="Sign and close it"
      dirty={note !== ''}
      build={() => {
        setError(reason === null ? 'Say why it is closed with something left in the book.' : '');
        return reason === null ? null : closing(reason);
      }}
      asks={closing(reason ?? 'hub-loss')}
      said={`Closed container ${number}, book changed by ${adjustment} ${unit}`}
      onDone={() => go('vials', [container.id])}
    >
      <VialLine container={container} />
      {container.onHold ? (
        <Notice kind="warn">
          <p>
            It is set aside until its <a href={href('discrepancy')}>discrepancy is resolved</a>, and is not
            closed before that.
          </p>
        </Notice>
      ) : null}
      {left ? (
        <Notice kind="warn" quiet>
          <p>
            The book has <Amount quantity={balance} unit={unit} /> left. If it is still in there,{' '}
            <a href={href('waste', [], { container: container.id })}>waste it first</a>, with a witness.
          </p>
        </Notice>
      ) : null}
      <Choices legend="Why" name="reason" value={reason} options={reasons} onInput={setReason} />
      {error ? <Notice kind="danger">{error}</Notice> : null}
      <p class="leftover">
        <span>The book changes by</span>
        <strong>
          <Amount quantity={adjustment} unit={unit} signed />
        </strong>
      </p>
      <TextField label="Note, if any" maxLength={500} value={note} onInput={setNote} />
    </ActForm>
  );
}
