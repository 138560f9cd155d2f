import { useState } from 'preact/hooks';
import type { DiscrepancyCause } from '../../../shared/domain/entries.ts';
import { ruleFor } from '../../../shared/domain/policy/combine.ts';
import type { DiscrepancyView } from '../../../shared/protocol/views.ts';
import { Amount } from '../../../shared/ui/Amount.tsx';
import { Button } from '../../../shared/ui/Button.tsx';
import { Choices, SelectField, TextArea } from '../../../shared/ui/Field.tsx';
import { cleanLine, timeText } from '../../../shared/ui/format.ts';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { ScheduleTag } from '../../../shared/ui/ScheduleTag.tsx';
import { ActForm, type Draft } from '../../app/ActForm.tsx';
import { Loading } from '../../app/Loading.tsx';
import { service } from '../../app/ledger.ts';
import { href } from '../../app/router.ts';
import { ScreenHead } from '../../app/ScreenHead.tsx';
import { toldText } from '../../app/told-text.ts';
import { useQuery } from '../../app/use-query.ts';
import { CAUSES } from '../ledger/names.ts';

/** Book, count and difference, everything that was noted, and the two things to do: note more, or resolve. */
export function DiscrepancyDetail({ discrepancy: d }: { discrepancy: DiscrepancyView }) {
  const [doing, setDoing] = useState<'none' | 'note' | 'resolve'>('none');
  return (
    <>
      <p>
        <a class="back" href={href('discrepancy')}>
          ‹ All discrepancies
        </a>
      </p>
      <ScreenHead title={`Discrepancy on ${d.number}`} />
      <div class="stack narrow">
        <section class="panel stack" aria-label="Book and count">
          <p>
            <a href={href('vials', [d.container])}>
              {d.product}, container {d.number}
            </a>{' '}
            <ScheduleTag schedule={d.schedule} />
          </p>
          <dl class="facts">
            <dt>Book</dt>
            <dd>
              <Amount quantity={d.expected} unit={d.unit} />
            </dd>
            <dt>Counted</dt>
            <dd>
              <Amount quantity={d.counted} unit={d.unit} />
            </dd>
            <dt>Difference</dt>
            <dd>
              <strong>
                <Amount quantity={d.difference} unit={d.unit} signed />
              </strong>
            </dd>
            <dt>Opened</dt>
            <dd>
              {timeText(d.openedAt)} by {d.byName}
            </dd>
          </dl>
          {d.resolved ? null : <WhatFollows discrepancy={d} />}
          {d.notes.map((note) => (
            <p key={note.at}>
              {note.note}
              <br />
              <span class="small muted">
                {note.byName}, {timeText(note.at)}
              </span>
            </p>
          ))}
          {d.resolved ? (
            <Notice kind="ok" quiet title={`Resolved: ${CAUSES[d.resolved.cause]}`}>
              <p>{d.resolved.note}</p>
              <p class="small muted">
                {d.resolved.byName}, {timeText(d.resolved.at)}
              </p>
            </Notice>
          ) : null}
        </section>
        {d.resolved || doing !== 'none' ? null : (
          <div class="row">
            <Button kind="primary" onClick={() => setDoing('resolve')}>
              Resolve it
            </Button>
            <Button onClick={() => setDoing('note')}>Add a note</Button>
          </div>
        )}
        {doing === 'note' ? <NoteForm discrepancy={d} onDone={() => setDoing('none')} /> : null}
        {doing === 'resolve' ? <ResolveForm discrepancy={d} /> : null}
      </div>
    </>
  );
}

/** What the policy sets off: who is to be told, and whether the container is set aside. */
function WhatFollows({ discrepancy }: { discrepancy: DiscrepancyView }) {
  const policy = useQuery(() => service.policy());
  return (
    <Loading of={policy}>
      {(rules) => {
        const { hold } = ruleFor(rules, 'discrepancy.opened', discrepancy.schedule);
        const { untold } = discrepancy;
        if (!hold && untold.length === 0) return null;
        return (
          <Notice kind="warn" quiet>
            <p>
              {untold.length === 0
                ? ''
                : `To be told: ${untold.map(toldText).join(', ')}. Once they have signed a note here, they know. `}
              {hold ? `Container ${discrepancy.number} is set aside until this is resolved.` : ''}
            </p>
          </Notice>
        );
      }}
    </Loading>
  );
}

function NoteForm({ discrepancy, onDone }: { discrepancy: DiscrepancyView; onDone: () => void }) {
  const [note, setNote] = useState('');
  const [error, setError] = useState('');
  return (
    <section class="panel" aria-label="Add a note">
      <ActForm
        who="Noted by"
        act="discrepancy.noted"
        schedule={discrepancy.schedule}
        submitLabel="Sign the note"
        said="Noted"
        dirty={note !== ''}
        onDone={onDone}
        build={() => {
          const text = cleanLine(note);
          setError(text === '' ? 'Write what was found.' : '');
          return text === ''
            ? null
            : { type: 'discrepancy.noted', body: { discrepancy: discrepancy.id, note: text } };
        }}
      >
        <TextArea label="What was found" maxLength={500} value={note} error={error} onInput={setNote} />
      </ActForm>
    </section>
  );
}

function ResolveForm({ discrepancy: d }: { discrepancy: DiscrepancyView }) {
  const [cause, setCause] = useState<DiscrepancyCause | ''>('');
  const [book, setBook] = useState<'changed' | 'kept' | null>(null);
  const [note, setNote] = useState('');
  const [errors, setErrors] = useState<{ cause?: string; book?: string; note?: string }>({});
  const text = cleanLine(note);
  const resolving = (what: DiscrepancyCause): Draft => ({
    type: 'discrepancy.resolved',
    body: {
      ...{ discrepancy: d.id, container: d.container, cause: what, note: text === '' ? '-' : text },
      ...{ adjustment: book === 'changed' ? d.difference : '0', unit: d.unit },
    },
  });
  const build = () => {
    setErrors({
      ...(cause === '' ? { cause: 'Pick what it was.' } : {}),
      ...(book === null ? { book: 'Say whether the book is changed.' } : {}),
      ...(text === '' ? { note: 'Write how it was found out.' } : {}),
    });
    return cause === '' || book === null || text === '' ? null : resolving(cause);
  };
  const isCause = (value: string): value is DiscrepancyCause => value in CAUSES;
  return (
    <section class="panel" aria-label="Resolve">
      <ActForm
        who="Resolved by"
        act="discrepancy.resolved"
        schedule={d.schedule}
        submitLabel="Sign and resolve"
        said={cause === '' ? 'Resolved' : `Resolved: ${CAUSES[cause]}`}
        about={{ drug: d.product, container: d.number }}
        dirty={note !== ''}
        build={build}
        asks={resolving(cause === '' ? 'unexplained' : cause)}
      >
        <SelectField
          label="What it was"
          placeholder="Pick one"
          value={cause}
          error={errors.cause}
          options={Object.entries(CAUSES).map(([value, label]) => ({ value, label }))}
          onInput={(value) => setCause(isCause(value) ? value : '')}
        />
        <Choices
          legend="The book"
          name="book"
          value={book}
          options={[
            {
              value: 'changed',
              label: (
                <>
                  Change it by {d.difference} {d.unit}, as counted
                </>
              ),
            },
            { value: 'kept', label: 'Leave it: the count was wrong' },
          ]}
          onInput={setBook}
        />
        {errors.book ? <Notice kind="danger">{errors.book}</Notice> : null}
        {cause === 'theft' || cause === 'loss' ? (
          <Notice kind="warn">
            A theft or significant loss has to be reported to the DEA in writing within one business day, and
            on Form 106 within 45 days (21 CFR 1301.76(b)). Tell the registrant now.
          </Notice>
        ) : null}
        <TextArea
          label="How it was found out"
          maxLength={500}
          value={note}
          error={errors.note}
          onInput={setNote}
        />
      </ActForm>
    </section>
  );
}
