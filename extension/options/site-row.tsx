import { useEffect, useRef, useState } from 'preact/hooks';
import { plainLine } from '../../shared/protocol/page-text.ts';
import { type SiteDefinition, writeSites } from '../../shared/protocol/site.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { TextField } from '../../shared/ui/Field.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { askedText } from '../app-access.ts';
import { changeKept, patternsOf } from '../sites/kept.ts';
import { saveFile } from './download.ts';
import type { SitesNow } from './kept-sites.ts';
import { OwnAddress } from './own-address-form.tsx';
import { allowSites, allowText } from './permissions.ts';
import { healthText, pagesText, readsText, troubles } from './site-words.ts';

type RowProps = { site: SiteDefinition; now: SitesNow; onRemove: () => void };

/** One site: what it reads and where, how it has done, and what can be done with it. */
export function SiteRow({ site, now, onRemove }: RowProps) {
  const own = now.own.includes(site);
  const [fault, setFault] = useState<string | null>(null);
  const health = now.healths[site.id];
  return (
    <li class="site stack tight">
      <label class="check">
        <input
          type="checkbox"
          checked={!now.off.includes(site.id)}
          onInput={(event) => void switchSite(site.id, event.currentTarget.checked).then(setFault)}
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
      {fault === null ? null : <Notice kind="danger">{fault}</Notice>}
      {own ? <Allow {...{ site, now }} /> : null}
      <div class="row">
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
      {site.selfHosted && !own ? <AtYours {...{ site, now }} /> : null}
    </li>
  );
}

/** The addresses of a site of the clinic's own that the browser does not let the extension at yet. */
function Allow({ site, now }: Omit<RowProps, 'onRemove'>) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const here = useRef<HTMLDivElement>(null);
  const missing = patternsOf(site).filter((pattern) => !covered(pattern, now.allowed));
  // Whoever has just set up the page comes here for this press.
  const sentFor = location.hash === `#allow=${site.id}`;
  useEffect(() => {
    if (sentFor) here.current?.scrollIntoView({ block: 'center' });
  }, [sentFor]);
  if (missing.length === 0) return null;
  const press = allowText(missing);
  const allow = async () => {
    const asked = await allowSites(missing);
    setRefusal(
      asked === 'allowed' ? null : askedText(asked, `“${site.label}” reads nothing there yet`, press),
    );
  };
  return (
    <div class="stack tight" ref={here}>
      {refusal === null && !sentFor ? null : (
        <Notice kind="warn">
          {refusal ?? `“${site.label}” is set up. It reads nothing until the browser lets it.`}
        </Notice>
      )}
      <div>
        <Button small kind="primary" onClick={() => void allow()}>
          {press}
        </Button>
      </div>
    </div>
  );
}

/** A self-hosted system, for a clinic that has it at an address of its own. */
function AtYours({ site, now }: Omit<RowProps, 'onRemove'>) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<string | null>(null);
  const done = (label: string | null) => {
    setOpen(false);
    setMade(label);
  };
  if (open) return <OwnAddress of={site} {...{ now }} onDone={done} />;
  return (
    <>
      <p class="small muted">Every clinic has it at its own address; these are this computer’s.</p>
      {made === null ? null : (
        <Notice kind="ok">
          “{made}” is set up, and stands at the top of this list. Open a patient there to try it.
        </Notice>
      )}
      <div>
        <Button small label={`Use at your address… ${site.label}`} onClick={() => setOpen(true)}>
          Use at your address…
        </Button>
      </div>
    </>
  );
}

/** True where one of the allowed patterns is the same, or has a star where this one has the clinic's own name. */
const covered = (pattern: string, allowed: readonly string[]): boolean =>
  allowed.includes(pattern) ||
  (pattern.includes('*.') && allowed.some((one) => one.endsWith(pattern.split('*.')[1] ?? '-')));

/** Switches a site on or off. Gives why that could not be kept; `null` where it was. */
async function switchSite(id: string, on: boolean): Promise<string | null> {
  const written = await changeKept((kept) => {
    const off = kept.off.filter((one) => one !== id);
    return { ...kept, off: on ? off : [...off, id] };
  });
  return written.ok ? null : written.refusal.message;
}

function Rename({ site }: { site: SiteDefinition }) {
  const [name, setName] = useState<string | null>(null);
  const [fault, setFault] = useState<string>();
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
    const written = await changeKept((kept) => ({
      ...kept,
      own: kept.own.map((one) => (one.id === site.id ? { ...one, label } : one)),
    }));
    setFault(written.ok ? undefined : written.refusal.message);
    if (written.ok) setName(null);
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
        error={label === undefined ? 'Type a name.' : fault}
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
