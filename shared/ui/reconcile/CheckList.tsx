import './check.css';
import type { ComponentChildren, Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { labelOf } from '../../domain/drugs/name.ts';
import type { JudgedRow, Verdict } from '../../domain/reconcile/hold.ts';
import type { RecordedDraw } from '../../domain/reconcile/types.ts';
import type { CaptureDraft, ProductView } from '../../protocol/ledger.ts';
import { Button } from '../Button.tsx';
import { timeText } from '../format.ts';
import { Notice } from '../Notice.tsx';

export type Row = JudgedRow<ProductView>;
/** What a person has said of a row, for as long as this list is open. */
export type Settled = 'same' | 'left' | 'draft';

export type CheckListProps = {
  rows: readonly Row[];
  all: boolean;
  extra: readonly RecordedDraw[];
  products: readonly ProductView[];
  settled: ReadonlyMap<number, Settled>;
  /** The draft that waits for a row. */
  draftFor: (row: Row) => CaptureDraft | undefined;
  /** Where a record is looked at and set right. */
  recordHref: (seq: number) => string;
  onRecord: (row: Row) => void;
  onResume: (draft: CaptureDraft) => void;
  onDraft: (row: Row) => void;
  onSettle: (row: Row, how: Settled) => void;
};

type Group = 'missing' | 'differs' | 'unsure' | 'settled' | 'matched' | 'aside';
const TITLES: Record<Group, string> = {
  missing: 'No record',
  differs: 'Another quantity',
  unsure: 'Not sure',
  settled: 'Settled by you',
  matched: 'Agree with the ledger',
  aside: 'Set aside: not in this ledger',
};

/** The rows of a page by what the ledger says of them: what needs somebody first, what agrees folded away. */
export function CheckList(props: CheckListProps) {
  const first = useRef<HTMLButtonElement>(null);
  const summary = useRef<HTMLParagraphElement>(null);
  useEffect(() => (first.current ?? summary.current)?.focus(), []);
  const groups = groupRows(props);
  const firstOpen = groups.missing[0];
  const item = (row: Row) => (
    <RowItem key={row.index} {...props} row={row} {...(row === firstOpen ? { buttonRef: first } : {})} />
  );
  return (
    <div class="stack">
      <Summary groups={groups} inner={summary} />
      {props.all ? null : (
        <Notice kind="warn">
          The ledger has more draws of that time than were compared. Take a shorter stretch of the page.
        </Notice>
      )}
      {(['missing', 'differs', 'unsure'] as const).map((group) =>
        groups[group].length === 0 ? null : (
          <section key={group} class="check-group" aria-labelledby={`check-${group}`}>
            <h2 id={`check-${group}`}>
              {TITLES[group]} <span class="muted">{groups[group].length}</span>
            </h2>
            <ul class="plain">{groups[group].map(item)}</ul>
          </section>
        ),
      )}
      <Extra {...props} />
      {(['settled', 'matched', 'aside'] as const).map((group) =>
        groups[group].length === 0 ? null : (
          <details key={group} class="check-rest">
            <summary>
              {TITLES[group]}: {groups[group].length}
            </summary>
            <ul class="plain">{groups[group].map(item)}</ul>
          </details>
        ),
      )}
    </div>
  );
}

/** What the ledger has for patients of the page and the page does not: not charged, or recorded for somebody else. */
function Extra({ extra, products, recordHref }: CheckListProps) {
  if (extra.length === 0) return null;
  const nameOf = (id: string) => products.find((product) => product.id === id)?.name ?? 'another drug';
  return (
    <details class="check-rest">
      <summary>Recorded for these patients and not on the page: {extra.length}</summary>
      <ul class="plain">
        {extra.map((draw) => (
          <li key={draw.entryId} class="check-row">
            <p>
              <span class="amount">{timeText(draw.at)}</span> {nameOf(draw.product)}{' '}
              <span class="amount">
                {draw.given} {draw.unit}
              </span>{' '}
              <span class="muted small">by {draw.byName}</span>
            </p>
            <p>
              <a href={recordHref(draw.seq)} target="_blank" rel="noreferrer">
                Open no. {draw.seq}
              </a>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}

function groupRows({ rows, settled }: CheckListProps): Record<Group, Row[]> {
  const groups: Record<Group, Row[]> = {
    missing: [],
    differs: [],
    unsure: [],
    settled: [],
    matched: [],
    aside: [],
  };
  for (const row of rows) {
    const open = row.verdict.kind !== 'matched' && row.verdict.kind !== 'aside';
    groups[open && settled.has(row.index) ? 'settled' : row.verdict.kind].push(row);
  }
  return groups;
}

function Summary({ groups, inner }: { groups: Record<Group, Row[]>; inner: Ref<HTMLParagraphElement> }) {
  const open = groups.missing.length + groups.differs.length + groups.unsure.length;
  const ours = open + groups.settled.length + groups.matched.length;
  if (ours === 0) {
    return <p role="status">The page lists nothing that this ledger keeps a record of.</p>;
  }
  return (
    <p role="status" class="check-summary" ref={inner} tabIndex={-1}>
      {open === 0 ? (
        <strong>All {ours} treatments are accounted for.</strong>
      ) : (
        <>
          <strong>
            {open} of {ours} treatments
          </strong>{' '}
          need a look: {groups.missing.length} without a record, {groups.differs.length} with another
          quantity, {groups.unsure.length} not sure.
        </>
      )}
    </p>
  );
}

function RowItem(props: CheckListProps & { row: Row; buttonRef?: Ref<HTMLButtonElement> }) {
  const { row, settled } = props;
  const said = settled.get(row.index);
  return (
    <li class={`check-row ${row.verdict.kind}`}>
      <p>
        <span class="amount">{whenText(row)}</span>{' '}
        <strong>{row.row.patient ?? row.row.recordNumber ?? 'No patient'}</strong>
        {row.row.patient && row.row.recordNumber ? (
          <span class="muted small"> {row.row.recordNumber}</span>
        ) : null}
      </p>
      <p>
        {row.row.drug}{' '}
        <span class="amount">{[row.row.quantity, row.row.unit].filter(Boolean).join(' ')}</span>
        {row.row.by ? <span class="muted small"> by {row.row.by}</span> : null}
      </p>
      <Sure row={row} />
      <Finding verdict={row.verdict} />
      {said ? <p class="small muted">{SAID[said]}</p> : <Actions {...props} />}
    </li>
  );
}

const SAID: Record<Settled, string> = {
  same: 'You said that it is this record.',
  left: 'You left it as it is.',
  draft: 'Kept as a draft, to be signed later.',
};

const whenText = ({ span, row }: Row): string => {
  if (span === null) return row.date ?? '';
  return span.exact ? timeText(new Date(span.from).toISOString()) : (row.date ?? 'that day');
};

/** Which product this is taken for, how sure that is and why; for a person to agree or not. */
function Sure({ row }: { row: Row }) {
  const { product, amount } = row;
  if (product.sure === 'aside') return null;
  const [first] = product.products;
  if (product.sure === 'unsure' || !first) return null;
  return (
    <details class="sure">
      <summary>
        <span class={`badge ${product.sure === 'exact' ? 'ok' : 'warn'}`}>{product.sure}</span>{' '}
        {labelOf({
          product: first.name,
          ...(first.strength === undefined ? {} : { strength: first.strength }),
        })}
      </summary>
      <ul class="plain small">
        {product.why.map(({ part, agrees, text }) => (
          <li key={part}>
            {part}: {agrees ? 'agrees, ' : ''}
            {text}
          </li>
        ))}
        {amount.known && amount.worked ? <li>amount: {amount.worked}</li> : null}
      </ul>
    </details>
  );
}

function Finding({ verdict }: { verdict: Verdict }) {
  switch (verdict.kind) {
    case 'missing':
    case 'aside':
      return null;
    case 'matched':
      return (
        <p class="small muted">
          No. {verdict.draw.seq}, {verdict.draw.number}, {timeText(verdict.draw.at)}
        </p>
      );
    case 'differs': {
      const { draw, page } = verdict;
      const drawn = draw.drawn === draw.given ? '' : ` of ${draw.drawn} ${draw.unit} drawn`;
      return (
        <p>
          The page has {page} {draw.unit}; no. {draw.seq} has{' '}
          <strong>
            {draw.given} {draw.unit}
          </strong>{' '}
          given{drawn}, by {draw.byName}.
        </p>
      );
    }
    case 'unsure':
      return (
        <p>
          {verdict.why}
          {verdict.draw
            ? ` No. ${verdict.draw.seq}, ${timeText(verdict.draw.at)}, by ${verdict.draw.byName}.`
            : ''}
        </p>
      );
  }
}

function Actions(props: CheckListProps & { row: Row; buttonRef?: Ref<HTMLButtonElement> }) {
  const { row, draftFor } = props;
  const { verdict } = row;
  if (verdict.kind === 'matched' || verdict.kind === 'aside') return null;
  const draft = draftFor(row);
  const whose = row.row.patient ?? row.row.recordNumber ?? row.row.drug;
  const button = (
    label: string,
    act: () => void,
    more: { primary?: boolean; first?: boolean } = {},
  ): ComponentChildren => (
    <Button
      small
      kind={more.primary ? 'primary' : 'plain'}
      label={`${label}: ${row.row.drug}, ${whose}`}
      onClick={act}
      {...(more.first && props.buttonRef ? { buttonRef: props.buttonRef } : {})}
    >
      {label}
    </Button>
  );
  const draw = verdict.kind === 'missing' ? undefined : verdict.draw;
  return (
    <div class="row">
      {verdict.kind === 'differs'
        ? null
        : draft
          ? button('Go on with the draft', () => props.onResume(draft), { primary: true, first: true })
          : button('Record it', () => props.onRecord(row), {
              primary: verdict.kind === 'missing',
              first: true,
            })}
      {draw ? (
        <a class="button small" href={props.recordHref(draw.seq)} target="_blank" rel="noreferrer">
          Open no. {draw.seq}
        </a>
      ) : null}
      {verdict.kind === 'unsure' && draw
        ? button('It is this record', () => props.onSettle(row, 'same'))
        : null}
      {verdict.kind === 'missing' && !draft ? button('Draft', () => props.onDraft(row)) : null}
      {verdict.kind === 'missing' ? null : button('Leave it', () => props.onSettle(row, 'left'))}
    </div>
  );
}
