import { useEffect, useState } from 'preact/hooks';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/Field.tsx';
import { SHIPPED } from '../sites/index.ts';
import { allowedSites, allowSite, forbidSite, readOff, readSite, switchAdapter } from './permissions.ts';

/** The sites that the form may be laid over, and the adapters that read them. */
export function Sites() {
  const [sites, setSites] = useState<readonly string[]>([]);
  const [off, setOff] = useState<readonly string[]>([]);
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string>();
  const reload = async () => {
    setSites(await allowedSites());
    setOff(await readOff());
  };
  useEffect(() => void reload(), []);

  const add = async () => {
    const site = readSite(typed);
    if (!site.ok) return setError(site.message);
    setError(undefined);
    if (!(await allowSite(site.pattern))) return setError('The browser was told no, so nothing has changed.');
    setTyped('');
    await reload();
  };
  return (
    <section class="panel stack" aria-labelledby="sites">
      <h2 id="sites">Sites</h2>
      {sites.length === 0 ? (
        <p class="muted">No site is allowed yet.</p>
      ) : (
        <ul class="plain">
          {sites.map((site) => (
            <li key={site} class="row spread">
              <span>{site.replace('/*', '')}</span>
              <Button
                small
                onClick={() => void forbidSite(site).then(reload)}
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
      <fieldset class="stack tight">
        <legend>What reads the pages</legend>
        {SHIPPED.map(({ id, label }) => (
          <label key={id} class="check">
            <input
              type="checkbox"
              checked={!off.includes(id)}
              onInput={(event) => void switchAdapter(id, event.currentTarget.checked).then(reload)}
            />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
    </section>
  );
}
