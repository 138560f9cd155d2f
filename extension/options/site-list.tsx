import { useState } from 'preact/hooks';
import { plainLine } from '../../shared/protocol/page-text.ts';
import { type SiteDefinition, writeSites } from '../../shared/protocol/site.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/Field.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { allSites, changeKept, patternsOf, withSite } from '../sites/kept.ts';
import { saveFile } from './download.ts';
import { type SitesNow, useSites } from './kept-sites.ts';
import { allowSites } from './permissions.ts';
import { SiteImport } from './site-import.tsx';
import { healthText, pagesText, readsText, troubles } from './site-words.ts';

/** Every site that reads pages: the clinic's own, made by pointing or taken over, and those that came along. */
export function SiteList() {
  const now = useSites();
  const [gone, setGone] = useState<SiteDefinition | null>(null);
  if (!now) return null;
  const remove = async (site: SiteDefinition) => {
    await changeKept((kept) => ({ ...kept, own: kept.own.filter(({ id }) => id !== site.id) }));
    setGone(site);
  };
  const undo = async (site: SiteDefinition) => {
    await changeKept((kept) => withSite(kept, site));
    setGone(null);
  };
  return (
    <section class="panel stack" aria-labelledby="site-list">
      <h2 id="site-list">What reads the pages</h2>
      <p class="muted">
        To set up a page of your own: open it, press Countersign in the toolbar, then “Set up this page by
        pointing”.
      </p>
      {gone ? (
        <Notice kind="info">
          <p>“{gone.label}” is deleted.</p>
          <div>
            <Button small onClick={() => void undo(gone)}>
              Undo
            </Button>
          </div>
        </Notice>
      ) : null}
      <ul class="plain sites">
        {allSites(now).map((site) => (
          <SiteRow key={site.id} {...{ site, now }} onRemove={() => void remove(site)} />
        ))}
      </ul>
      {now.own.length > 0 ? (
        <div>
          <Button small onClick={() => saveFile('countersign-sites.json', writeSites(now.own))}>
            Export all of your own
          </Button>
        </div>
      ) : null}
      <SiteImport now={now} />
    </section>
  );
}

function SiteRow({ site, now, onRemove }: { site: SiteDefinition; now: SitesNow; onRemove: () => void }) {
  const own = now.own.includes(site);
  const on = !now.off.includes(site.id);
  const missing = patternsOf(site).filter((pattern) => !covered(pattern, now.allowed));
  const health = now.healths[site.id];
  return (
    <li class="site stack tight">
      <label class="check">
        <input
          type="checkbox"
          checked={on}
          onInput={(event) => void switchSite(site.id, event.currentTarget.checked)}
        />
        <strong>{site.label}</strong>
        <span class="badge">{own ? 'your own' : site.tested ? 'tested' : 'untested'}</span>
      </label>
      <p class="small muted">
        {pagesText(site)} · reads {readsText(site)}
      </p>
      {site.remark === undefined ? null : <p class="small muted">{site.remark}</p>}
      <p class="small">{healthText(health, Date.now())}</p>
      {troubles(health).map((line) => (
        <p key={line} class="small">
          {line}
        </p>
      ))}
      <div class="row">
        {own && missing.length > 0 ? (
          <Button small kind="primary" onClick={() => void allowSites(missing)}>
            {`Allow ${missing.map((pattern) => pattern.replace('/*', '')).join(', ')}`}
          </Button>
        ) : null}
        <Button
          small
          label={`Export ${site.label}`}
          onClick={() => saveFile(`${site.id}.countersign-site.json`, writeSites([site]))}
        >
          Export
        </Button>
        {own ? <Rename site={site} /> : null}
        {own ? (
          <Button small kind="quiet" label={`Delete ${site.label}`} onClick={onRemove}>
            Delete
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** True where one of the allowed patterns is the same, or has a star where this one has the clinic's own name. */
const covered = (pattern: string, allowed: readonly string[]): boolean =>
  allowed.includes(pattern) ||
  (pattern.includes('*.') && allowed.some((one) => one.endsWith(pattern.split('*.')[1] ?? '-')));

const switchSite = (id: string, on: boolean): Promise<void> =>
  changeKept((kept) => {
    const off = kept.off.filter((one) => one !== id);
    return { ...kept, off: on ? off : [...off, id] };
  });

function Rename({ site }: { site: SiteDefinition }) {
  const [name, setName] = useState<string | null>(null);
  if (name === null) {
    return (
      <Button small label={`Rename ${site.label}`} onClick={() => setName(site.label)}>
        Rename
      </Button>
    );
  }
  const label = plainLine(name, 60);
  const save = async () => {
    if (label === undefined) return;
    await changeKept((kept) => ({
      ...kept,
      own: kept.own.map((one) => (one.id === site.id ? { ...one, label } : one)),
    }));
    setName(null);
  };
  return (
    <form
      class="stack tight"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextField
        label={`New name of ${site.label}`}
        value={name}
        maxLength={60}
        error={label === undefined ? 'Type a name.' : undefined}
        onInput={setName}
      />
      <div>
        <Button type="submit" small>
          Keep this name
        </Button>
      </div>
    </form>
  );
}
