import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { place } from '../../app/router.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { readExtensionId } from './model.ts';
import { useSetting } from './use-setting.ts';

/** The extensions that may write into this ledger. `#/settings?pair=ID` is how an extension asks. */
export function Extensions() {
  const paired = useSetting('pairedExtensions');
  const asking = place.value.query.get('pair') ?? '';
  const [typed, setTyped] = useState(asking);
  const [error, setError] = useState<string | undefined>();
  const [said, setSaid] = useState('');
  const ids = paired.value ?? [];
  useUnsaved(typed !== '' && typed !== asking);

  const approve = async (event: Event) => {
    event.preventDefault();
    const read = readExtensionId(typed, ids);
    setError(read.ok ? undefined : read.message);
    setSaid('');
    if (!read.ok) return;
    await paired.change([...ids, read.id]);
    setTyped('');
    setSaid(`Approved. The extension ${read.id} can reach this ledger now.`);
  };
  const remove = async (id: string) => {
    await paired.change(ids.filter((other) => other !== id));
    setSaid(`Removed. The extension ${id} can no longer reach this ledger.`);
  };
  return (
    <section class="panel stack tight" aria-labelledby="settings-extensions">
      <h2 id="settings-extensions">Extension</h2>
      <p>
        The Countersign extension lays the capture form over the page of your practice-management system. It
        reaches this ledger only while its id stands here. It cannot sign: every act still needs a PIN, typed
        into its own form.
      </p>
      {asking !== '' && !ids.includes(asking) ? (
        <Notice kind="warn" title="An extension asks to be approved.">
          <p>
            Compare the id below with the one on the options page of the extension. Approve it only if they
            are the same.
          </p>
        </Notice>
      ) : null}
      {ids.length === 0 ? (
        <p class="muted">
          No extension is approved. Install it, open its options page, and paste its id here.
        </p>
      ) : (
        <ul class="list">
          {ids.map((id) => (
            <li key={id} class="row spread">
              <span class="hash">{id}</span>
              <Button
                small
                kind="danger"
                label={`Remove the extension ${id}`}
                onClick={() => void remove(id)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form class="stack tight" onSubmit={(event) => void approve(event)} noValidate>
        <TextField
          label="Extension id"
          hint="32 letters, as its options page shows them"
          value={typed}
          error={error}
          onInput={setTyped}
        />
        <div>
          <Button type="submit">Approve this extension</Button>
        </div>
      </form>
      <p role="status" class={said === '' ? 'visually-hidden' : ''}>
        {said}
      </p>
    </section>
  );
}
