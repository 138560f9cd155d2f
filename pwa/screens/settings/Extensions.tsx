import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/Button.tsx';
import { TextField } from '../../../shared/ui/Field.tsx';
import { Notice } from '../../../shared/ui/Notice.tsx';
import { service } from '../../app/ledger.ts';
import { place } from '../../app/router.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { approve, unpair } from '../../bridge/pairing.ts';
import { readExtensionId } from './model.ts';
import { PairingAsks, useAsks } from './PairingAsks.tsx';
import { useSetting } from './use-setting.ts';

/** The extensions that may write into this ledger. `#/settings?pair=ID` is where an extension sends the person. */
export function Extensions() {
  const paired = useSetting('pairedExtensions');
  const ids = paired.value ?? [];
  const { asks, reload } = useAsks();
  const open = asks.filter(({ id }) => !ids.includes(id));
  const [said, setSaid] = useState('');

  const letIn = async (id: string) => {
    await approve(service, localStorage, id, Date.now());
    reload();
    setSaid(`Approved. The extension ${id} can reach this ledger now.`);
  };
  const remove = async (id: string) => {
    await unpair(service, id);
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
      <PairingAsks asks={open} onApprove={({ id }) => void letIn(id)} />
      <Approved ids={ids} onRemove={(id) => void remove(id)} />
      <ById ids={ids} asked={open.map(({ id }) => id)} onApprove={letIn} onTyped={() => setSaid('')} />
      <p role="status" class={said === '' ? 'visually-hidden' : ''}>
        {said}
      </p>
    </section>
  );
}

function Approved({ ids, onRemove }: { ids: readonly string[]; onRemove: (id: string) => void }) {
  if (ids.length === 0) {
    return (
      <p class="muted">
        No extension reaches this ledger. Install it and open it over a page: it asks here, with a code.
      </p>
    );
  }
  return (
    <ul class="list">
      {ids.map((id) => (
        <li key={id} class="row spread">
          <span class="hash">{id}</span>
          <Button small kind="danger" label={`Remove the extension ${id}`} onClick={() => onRemove(id)}>
            Remove
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** The way for an extension that has not asked here: its id, pasted or from the address. */
function ById(props: {
  ids: readonly string[];
  asked: readonly string[];
  onApprove: (id: string) => Promise<void>;
  onTyped: () => void;
}) {
  const { ids, asked } = props;
  const wanted = place.value.query.get('pair') ?? '';
  const asking = asked.includes(wanted) || ids.includes(wanted) ? '' : wanted;
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | undefined>();
  const text = typed ?? asking;
  useUnsaved(typed !== null && typed !== '' && typed !== asking);

  const submit = async (event: Event) => {
    event.preventDefault();
    const read = readExtensionId(text, ids);
    setError(read.ok ? undefined : read.message);
    props.onTyped();
    if (!read.ok) return;
    await props.onApprove(read.id);
    setTyped('');
  };
  return (
    <>
      {asking !== '' && text === asking ? (
        <Notice kind="warn" title="An extension asks to be approved.">
          <p>
            Compare the id below with the one on the options page of the extension. Approve it only if they
            are the same.
          </p>
        </Notice>
      ) : null}
      <form class="stack tight" onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label="Extension id"
          hint="For one that shows no code: 32 letters, as its options page has them"
          value={text}
          error={error}
          onInput={setTyped}
        />
        <div>
          <Button type="submit">Approve this extension</Button>
        </div>
      </form>
    </>
  );
}
