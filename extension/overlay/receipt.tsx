import { useEffect, useState } from 'preact/hooks';
import type { Receipt } from '../../shared/protocol/ledger.ts';
import { Button } from '../../shared/ui/Button.tsx';
import type { ActFacts } from '../../shared/ui/capture/facts.ts';
import { noteSentence } from './banners.tsx';
import type { NoteSaid } from './connection.ts';
import { keptTemplate, noteLine } from './note-line.ts';

/** Copy the line, or put it into the page's note field: each only when it is pressed. */
export function ReceiptActions(props: {
  receipts: readonly Receipt[];
  facts: ActFacts;
  hasPage: boolean;
  note: NoteSaid | null;
  onPutNote: (text: string) => void;
}) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const [template, setTemplate] = useState('');
  useEffect(() => void keptTemplate().then(setTemplate), []);
  const text = noteLine(template, props.facts, props.receipts);
  const said =
    copied === 'failed'
      ? `The browser does not allow copying here. The line is: ${text}`
      : copied === 'yes'
        ? 'Copied.'
        : props.note === null
          ? ''
          : noteSentence(props.note);
  return (
    <>
      <Button onClick={() => setCopied(copyText(text) ? 'yes' : 'failed')}>Copy receipt line</Button>
      {props.hasPage ? (
        <Button
          onClick={() => {
            setCopied('no');
            props.onPutNote(text);
          }}
        >
          Put into the note field
        </Button>
      ) : null}
      <p class="small muted" role="status">
        {said}
      </p>
    </>
  );
}

/** A frame in somebody's page has no clipboard permission of its own; copying a selection needs none. */
function copyText(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
