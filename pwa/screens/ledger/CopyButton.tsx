import './ledger.css';
import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { copyText } from '../../platform/files.ts';

/** Copies a text and says so, or says how to do it by hand. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState('');
  const copy = async () => {
    setSaid((await copyText(text)) ? 'Copied' : 'Not allowed here. Select the text and copy it.');
  };
  return (
    <span class="copy">
      <Button small kind="quiet" label={`Copy ${what}`} onClick={() => void copy()}>
        Copy
      </Button>
      <span class="small muted" role="status">
        {said}
      </span>
    </span>
  );
}
