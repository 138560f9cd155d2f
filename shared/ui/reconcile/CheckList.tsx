import './check.css';
import type { Ref } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { timeText } from '../format.ts';
import { Notice } from '../Notice.tsx';
import { RowItem } from './CheckRow.tsx';
import type { CheckListProps, Row } from './check-types.ts';

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
      <Summary groups={groups} more={props.more} inner={summary} />
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

function Summary({
  groups,
  more,
  inner,
}: {
  groups: Record<Group, Row[]>;
  more: boolean;
  inner: Ref<HTMLParagraphElement>;
}) {
  const open = groups.missing.length + groups.differs.length + groups.unsure.length;
  const ours = open + groups.settled.length + groups.matched.length;
  if (ours === 0) {
    return <p role="status">The page lists nothing that this ledger keeps a record of.</p>;
  }
  return (
    <p role="status" class="check-summary" ref={inner} tabIndex={-1}>
      {open === 0 ? (
        <strong>
          {more ? `The ${ours} treatments in sight` : `All ${ours} treatments`} are accounted for.
        </strong>
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
