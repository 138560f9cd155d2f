import { useState } from 'preact/hooks';
import { type SiteDefinition, writeSites } from '../../shared/protocol/site.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { allSites, changeKept, type KeptSites, withSite } from '../sites/kept.ts';
import { saveFile } from './download.ts';
import { useSites } from './kept-sites.ts';
import { SiteImport } from './site-import.tsx';
import { SiteRow } from './site-row.tsx';

/** Every site that reads pages: the clinic's own, made by pointing or taken over, and those that came along. */
export function SiteList() {
  const now = useSites();
  const [gone, setGone] = useState<SiteDefinition | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  if (!now) return null;
  const change = async (next: (kept: KeptSites) => KeptSites, goneThen: SiteDefinition | null) => {
    const written = await changeKept(next);
    setFault(written.ok ? null : written.refusal.message);
    if (written.ok) setGone(goneThen);
  };
  const remove = (site: SiteDefinition) =>
    change((kept) => ({ ...kept, own: kept.own.filter(({ id }) => id !== site.id) }), site);
  const undo = (site: SiteDefinition) => change((kept) => withSite(kept, site), null);
  return (
    <section class="panel stack" aria-labelledby="site-list">
      <h2 id="site-list">What reads the pages</h2>
      <p class="muted">
        To set up a page of your own: open it, press Countersign in the toolbar, then “Set up this page by
        pointing”.
      </p>
      {fault === null ? null : <Notice kind="danger">{fault}</Notice>}
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
