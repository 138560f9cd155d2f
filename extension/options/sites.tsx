import { useState } from 'preact/hooks';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/Field.tsx';
import { useSites } from './kept-sites.ts';
import { allowSites, forbidSite, readSite } from './permissions.ts';

/** The addresses that the form may be laid over. The browser keeps the list; here it is shown and changed. */
export function Sites() {
  const sites = useSites()?.allowed ?? [];
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const add = async () => {
    const site = readSite(typed);
    if (!site.ok) return setError(site.message);
    setError(undefined);
    if (!(await allowSites([site.pattern])))
      return setError('The browser was told no, so nothing has changed.');
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
          <Button type="submit">Allow this site</Button>
        </div>
      </form>
    </section>
  );
}
