import { useMemo, useState } from 'preact/hooks';
import type { TreatmentRow } from '../../domain/reconcile/types.ts';
import type { CapturePort } from '../../protocol/capture.ts';
import type { CaptureDraft } from '../../protocol/ledger.ts';
import { Button } from '../Button.tsx';
import { CaptureForm } from '../capture/CaptureForm.tsx';
import { BLANK_VALUES } from '../capture/model.ts';
import { TextField } from '../Field.tsx';
import { localDay } from '../format.ts';
import { Notice } from '../Notice.tsx';
import { CheckList } from './CheckList.tsx';
import type { Row, Settled } from './check-types.ts';
import { needsDay } from './question.ts';
import { type Checked, draftOf, useCheck } from './use-check.ts';
import { valuesOfRow } from './values.ts';

export type PageCheckProps = {
  port: CapturePort;
  source: { door: 'overlay'; site?: string };
  rows: readonly TreatmentRow[];
  /** The page has rows beside these. */
  more: boolean;
  /** Who recorded last; kept by whoever shows this, for as long as it stands. */
  lastPerformer: string;
  onPerformer: (id: string) => void;
  recordHref: (seq: number) => string;
};

/** The treatments of a page against the ledger, and one form after the other for those that have no record. */
export function PageCheck(props: PageCheckProps) {
  const { port, rows } = props;
  const [day, setDay] = useState(() => localDay(Date.now()));
  const check = useCheck(port, rows, day);
  const dayField = needsDay(rows) ? (
    <TextField label="Day of the page" type="date" value={day} onInput={(text) => setDay(text || day)} />
  ) : null;
  switch (check.state) {
    case 'loading':
      return (
        <p class="muted" role="status">
          Comparing {rows.length} rows with the ledger…
        </p>
      );
    case 'failed':
      return (
        <Notice kind="danger" title="The ledger did not answer.">
          <p>{check.message}</p>
          <div>
            <Button onClick={check.reload}>Try again</Button>
          </div>
        </Notice>
      );
    case 'ready':
      return <Work {...props} key={day} checked={check.checked} reload={check.reload} dayField={dayField} />;
  }
}

type Open = { row: Row | null; draft?: CaptureDraft };

function Work(
  props: PageCheckProps & { checked: Checked; reload: () => void; dayField: preact.ComponentChildren },
) {
  const { port, checked, source } = props;
  const [settled, setSettled] = useState<ReadonlyMap<number, Settled>>(new Map());
  const [done, setDone] = useState<readonly number[]>([]);
  const [open, setOpen] = useState<Open | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const now = useMemo(() => Date.now(), [open, checked]);
  const valuesFor = (row: Row) => valuesOfRow(row, { ...checked, lastPerformer: props.lastPerformer, now });
  const draftFor = (row: Row) => draftOf(row, valuesFor(row).at ?? '', checked.drafts);
  const settle = (row: Row, how: Settled) => setSettled((old) => new Map([...old, [row.index, how]]));
  const left = checked.rows.filter(
    ({ index, verdict }) => verdict.kind === 'missing' && !settled.has(index) && !done.includes(index),
  );

  const keep = async (row: Row) => {
    setFault(null);
    const form = { ...BLANK_VALUES, ...valuesFor(row) };
    const entryId = await port.newId().catch(() => null);
    const draft = { type: 'draw' as const, startedAt: new Date().toISOString(), ...source, form };
    const saved = entryId === null ? null : await port.saveDraft({ entryId, ...draft }).catch(() => null);
    if (!saved?.ok) return setFault(saved?.refusal.message ?? 'The draft could not be kept. Try again.');
    settle(row, 'draft');
  };
  const after = (row: Row | null, on: boolean) => {
    const rest = left.filter((one) => one !== row && !draftFor(one));
    if (row && on) setDone((old) => [...old, row.index]);
    const next = rest.find(({ index }) => index > (row?.index ?? -1)) ?? rest[0];
    setOpen(next && row ? { row: next } : null);
    if (!next || !row) props.reload();
  };

  if (open) {
    return (
      <RowForm
        {...props}
        open={open}
        of={left.length}
        values={open.row ? valuesFor(open.row) : {}}
        onDone={() => after(open.row, true)}
        onSkip={() => after(open.row, false)}
        onBack={() => {
          setOpen(null);
          props.reload();
        }}
      />
    );
  }
  const rows = checked.rows.filter(
    ({ index, verdict }) => verdict.kind !== 'missing' || !done.includes(index),
  );
  return (
    <div class="stack">
      {props.dayField}
      {fault ? <Notice kind="danger">{fault}</Notice> : null}
      <CheckList
        more={props.more}
        {...{ rows, settled, draftFor, recordHref: props.recordHref }}
        {...{ all: checked.all, extra: checked.extra, products: checked.products }}
        onRecord={(row) => setOpen({ row })}
        onResume={(draft) => setOpen({ row: null, draft })}
        onDraft={(row) => void keep(row)}
        onSettle={settle}
      />
    </div>
  );
}

/** The form for one row. Its patient and drug stand above it, as the page has them. */
function RowForm(
  props: PageCheckProps & {
    open: Open;
    of: number;
    values: ReturnType<typeof valuesOfRow>;
    onDone: () => void;
    onSkip: () => void;
    onBack: () => void;
  },
) {
  const { open, port, source, values } = props;
  return (
    <div class="stack">
      <div class="row spread check-where">
        <Button small onClick={props.onBack}>
          Back to the list
        </Button>
        {open.row && open.row.verdict.kind === 'missing' ? (
          <span class="row">
            <span class="muted" role="status">
              {props.of} without a record
            </span>
            {props.of > 1 ? (
              <Button small onClick={props.onSkip}>
                Skip
              </Button>
            ) : null}
          </span>
        ) : null}
      </div>
      {open.row ? (
        <p class="check-patient">
          <strong>{open.row.row.patient ?? open.row.row.recordNumber ?? 'No patient on the page'}</strong>{' '}
          {open.row.row.patient ? <span class="muted">{open.row.row.recordNumber}</span> : null}
        </p>
      ) : null}
      <CaptureForm
        key={open.draft?.entryId ?? open.row?.index}
        {...{ port, source }}
        {...(open.draft ? { draft: open.draft } : { initial: values })}
        goesOn
        onRecorded={(_, { performer }) => props.onPerformer(performer)}
        onDone={props.onDone}
      />
    </div>
  );
}
