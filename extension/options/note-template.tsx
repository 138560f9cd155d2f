import { useEffect, useState } from 'preact/hooks';
import type { Receipt } from '../../shared/protocol/ledger.ts';
import { Button } from '../../shared/ui/Button.tsx';
import type { ActFacts } from '../../shared/ui/capture/facts.ts';
import { TextArea } from '../../shared/ui/Field.tsx';
import {
  keepTemplate,
  keptTemplate,
  noteLine,
  PLACEHOLDERS,
  readTemplate,
  TEMPLATE_LIMIT,
} from '../overlay/note-line.ts';
import { NOT_WRITTEN } from '../sites/kept.ts';

const AT = '2026-01-15T16:40:00.000Z';
const receipt = (seq: number): Receipt => ({
  ...{ entryId: '', seq, recorded: AT, flags: [] },
  hash: '8c1f5a90d2e37b46'.repeat(4),
});
/** A made-up capture with everything in it, and one with nothing left over. */
const WITH_WASTE: ActFacts = {
  ...{ drug: 'Ketamine 100 mg/mL', container: 'K-07', unit: 'mL', amount: '0.35', waste: '0.15' },
  ...{ witness: 'T. Marsh', patient: 'Bella', at: AT },
};
const { waste: _, witness: __, ...WITHOUT } = WITH_WASTE;

/** What "Put into the note field" and "Copy receipt line" write, in the clinic's own words. */
export function NoteTemplate() {
  const [text, setText] = useState('');
  const [saved, setSaved] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    void keptTemplate().then((kept) => {
      setText(kept);
      setSaved(kept);
    });
  }, []);
  const read = text.trim() === '' ? null : readTemplate(text);
  const error = read && !read.ok ? read.message : null;
  const save = async (next: string) => {
    try {
      await keepTemplate(next);
    } catch {
      return setFault(NOT_WRITTEN);
    }
    setFault(null);
    setText(next);
    setSaved(next);
  };
  return (
    <section class="panel stack" aria-labelledby="note-line">
      <h2 id="note-line">The line for the note</h2>
      <p>
        After a record, its line can be copied or put into the note field of the page, when somebody presses
        for it. Empty means the standard line, which names no drug and nobody.
      </p>
      <TextArea
        label="Template"
        hint={
          <>
            Placeholders: {PLACEHOLDERS.map((name) => `{${name}}`).join(' ')}. What stands in [square
            brackets] is left out where a value in it is missing.
          </>
        }
        value={text}
        maxLength={TEMPLATE_LIMIT}
        rows={3}
        error={error ?? fault}
        onInput={(value) => setText(value.replace(/[\r\n]+/g, ' '))}
      />
      <div class="stack tight note-preview">
        <p class="small muted">With a leftover wasted, and without one:</p>
        <output>{noteLine(error ? '' : text.trim(), WITH_WASTE, [receipt(1204), receipt(1205)])}</output>
        <output>{noteLine(error ? '' : text.trim(), WITHOUT, [receipt(1204)])}</output>
      </div>
      <div class="row">
        <Button
          kind="primary"
          disabled={error !== null || saved === text.trim()}
          onClick={() => void save(text.trim())}
        >
          Save the template
        </Button>
        <Button disabled={text === '' && saved === ''} onClick={() => void save('')}>
          Use the standard line
        </Button>
        <span class="small muted" role="status">
          {saved === null
            ? ''
            : saved === text.trim()
              ? saved === ''
                ? 'The standard line is used.'
                : 'Saved.'
              : 'Not saved yet.'}
        </span>
      </div>
    </section>
  );
}
