import type { ComponentChildren, Ref } from 'preact';
import { labelOf } from '../../domain/drugs/name.ts';
import type { Verdict } from '../../domain/reconcile/hold.ts';
import { Button } from '../Button.tsx';
import { timeText } from '../format.ts';
import type { CheckListProps, Row, Settled } from './check-types.ts';

/** A row as the page has it, what it is taken for, what the ledger says, and what can be done about it. */
export function RowItem(props: CheckListProps & { row: Row; buttonRef?: Ref<HTMLButtonElement> }) {
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
