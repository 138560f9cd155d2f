import { useState } from 'preact/hooks';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/Field.tsx';
import { askedText } from '../app-access.ts';
import { readSite } from './address.ts';
import { useSites } from './kept-sites.ts';
import { allowSites, forbidSite, originsText } from './permissions.ts';

const PRESS = 'Allow this site';

/** The addresses that the form may be laid over. The browser keeps the list; here it is shown and changed. */
export function Sites() {
  const sites = useSites()?.allowed ?? [];
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const add = async () => {
    const site = readSite(typed);
    if (!site.ok) return setError(site.message);
    setError(undefined);
    const asked = await allowSites([site.pattern]);
    if (asked !== 'allowed')
      return setError(askedText(asked, `Countersign may not look at ${originsText([site.pattern])}`, PRESS));
    setTyped('');
  };
  return (
    <section class="panel stack" aria-labelledby="sites">
      <h2 id="sites">Where Countersign may look</h2>
      {sites.length === 0 ? (
        <p class="muted">No site is allowed yet.</p>
      ) : (
        <ul class="plain">
          {sites.map((site) => (
            <li key={site} class="row spread">
              <span>{site.replace('/*', '')}</span>
              <Button
                small
                onClick={() => void forbidSite(site)}
                label={`Take back ${site.replace('/*', '')}`}
              >
                Take back
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form
        class="stack tight"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <TextField
          label="Address of your practice-management system"
          hint="Like https://pms.example.com. The browser asks you to confirm."
          value={typed}
          maxLength={200}
          error={error}
          onInput={setTyped}
        />
        <div>
          <Button type="submit">{PRESS}</Button>
        </div>
      </form>
    </section>
  );
}
