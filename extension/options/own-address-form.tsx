import { useState } from 'preact/hooks';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/Field.tsx';
import { askedText } from '../app-access.ts';
import { allSites, changeKept, patternsOf, withSite } from '../sites/kept.ts';
import type { SitesNow } from './kept-sites.ts';
import { ownSite } from './own-address.ts';
import { allowSites } from './permissions.ts';

const PRESS = 'Use this address';

/** Makes a self-hosted system's definition one of the clinic's own, at the address that is typed. */
export function OwnAddress(props: {
  of: SiteDefinition;
  now: SitesNow;
  onDone: (made: string | null) => void;
}) {
  const { of, now, onDone } = props;
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const use = async () => {
    const own = ownSite(of, typed, allSites(now));
    if (!own.ok) return setError(own.message);
    setError(undefined);
    const asked = await allowSites(patternsOf(own.site));
    if (asked !== 'allowed') return setError(askedText(asked, 'nothing is set up at that address', PRESS));
    const written = await changeKept((kept) => withSite(kept, own.site));
    if (!written.ok) return setError(written.refusal.message);
    onDone(own.site.label);
  };
  return (
    <form
      class="stack tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void use();
      }}
    >
      <TextField
        label={`Your address of ${of.label}`}
        hint="Like https://pms.example.com. The browser asks you to confirm."
        value={typed}
        maxLength={200}
        error={error}
        onInput={setTyped}
      />
      <div class="row">
        <Button type="submit" small kind="primary">
          {PRESS}
        </Button>
        <Button small kind="quiet" onClick={() => onDone(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
