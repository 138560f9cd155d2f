import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Receipt } from '../../protocol/ledger.ts';
import { shortHash, timeText } from '../format.ts';
import { Notice } from '../Notice.tsx';

/** One line for a note in another system: number, short hash, time. */
export const receiptLine = (receipt: Receipt): string =>
  `Countersign no. ${receipt.seq} · ${shortHash(receipt.hash)} · ${timeText(receipt.recorded)}`;

/** Says that it is in the ledger, committed and read back, and where. `lines` say in words what was done. */
export function ReceiptView(props: {
  receipts: readonly Receipt[];
  lines: readonly string[];
  children?: ComponentChildren;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const flags = props.receipts.flatMap((receipt) => receipt.flags);
  return (
    <div class="stack receipt">
      <div class="notice ok">
        <h2 ref={heading} tabIndex={-1} class="title">
          Recorded
        </h2>
        <ul class="plain">
          {props.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {props.receipts.map((receipt) => (
          <p key={receipt.entryId}>
            No. <strong class="amount">{receipt.seq}</strong>{' '}
            <span class="hash">{shortHash(receipt.hash)}</span>
            <span class="muted small"> {timeText(receipt.recorded)}</span>
          </p>
        ))}
      </div>
      {flags.map((flag) => (
        <Notice key={flag.code} kind="warn">
          {flag.message}
        </Notice>
      ))}
      <div class="row">{props.children}</div>
    </div>
  );
}
