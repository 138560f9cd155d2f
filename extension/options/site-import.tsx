import { useState } from 'preact/hooks';
import { readSites, type SiteDefinition } from '../../shared/protocol/site.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { Choices } from '../../shared/ui/Field.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { askedText } from '../app-access.ts';
import { allSites, changeKept, freeId, patternsOf, withSite } from '../sites/kept.ts';
import type { SitesNow } from './kept-sites.ts';
import { allowSites, allowText, originsText } from './permissions.ts';
import { pagesText, readsText } from './site-words.ts';

type Meeting = 'replace' | 'both';

/** Takes over sites from a file: read by the schema, shown with what they read and where, and only then taken. */
export function SiteImport({ now }: { now: SitesNow }) {
  const [found, setFound] = useState<readonly SiteDefinition[]>([]);
  const [message, setMessage] = useState<string | null>(null);
  const open = async (file: File | undefined) => {
    if (!file) return;
    const read = readSites(await file.text());
    setMessage(read.ok ? null : read.message);
    setFound(read.ok ? read.sites : []);
  };
  const take = async (site: SiteDefinition, meeting: Meeting) => {
    const patterns = patternsOf(site);
    const asked = await allowSites(patterns);
    const id =
      meeting === 'both'
        ? freeId(
            site.id,
            allSites(now).map((one) => one.id),
          )
        : site.id;
    const written = await changeKept((kept) => withSite(kept, { ...site, id }));
    if (!written.ok) return setMessage(written.refusal.message);
    setFound((all) => all.filter((one) => one !== site));
    const taken = `“${site.label}” is taken over.`;
    setMessage(
      asked === 'allowed'
        ? taken
        : `${taken} ${askedText(asked, 'it reads nothing yet', allowText(patterns))}`,
    );
  };
  return (
    <div class="stack tight">
      <label class="stack tight">
        <span>Take over sites from a file</span>
        <input
          class="input"
          type="file"
          accept=".json,application/json"
          onInput={(event) => void open(event.currentTarget.files?.[0])}
        />
      </label>
      {message === null ? null : (
        <Notice kind="info">
          <p>{message}</p>
        </Notice>
      )}
      {found.map((site) => (
        <Preview
          key={site.id}
          site={site}
          meets={allSites(now).find(({ id }) => id === site.id)}
          onTake={(meeting) => void take(site, meeting)}
          onLeave={() => setFound((all) => all.filter((one) => one !== site))}
        />
      ))}
    </div>
  );
}

function Preview(props: {
  site: SiteDefinition;
  meets: SiteDefinition | undefined;
  onTake: (meeting: Meeting) => void;
  onLeave: () => void;
}) {
  const { site, meets } = props;
  const [meeting, setMeeting] = useState<Meeting>('replace');
  const patterns = patternsOf(site);
  return (
    <section class="panel stack tight" aria-label={`Preview of ${site.label}`}>
      <strong>{site.label}</strong>
      <p>
        Reads {readsText(site)}. Writes nothing
        {site.note ? ', but a receipt line into the note field when you ask for it' : ''}.
      </p>
      <p>On {pagesText(site)}.</p>
      <p>
        {patterns.length === 0
          ? 'It asks for no address.'
          : `The browser will ask for ${originsText(patterns)}.`}
      </p>
      <p class="small muted">
        {site.tested ? 'Its maker has recorded with it.' : 'Its maker has not recorded with it yet.'} Version{' '}
        {site.version}. {site.remark ?? ''}
      </p>
      {meets ? (
        <Choices
          legend={`There is a site called “${meets.label}” with the same id, version ${meets.version}.`}
          name={`meets-${site.id}`}
          value={meeting}
          options={[
            { value: 'replace', label: 'Put this one in its place' },
            { value: 'both', label: 'Keep both' },
          ]}
          onInput={setMeeting}
        />
      ) : null}
      <div class="row">
        <Button kind="primary" small onClick={() => props.onTake(meeting)}>
          Take it over
        </Button>
        <Button small kind="quiet" onClick={props.onLeave}>
          Leave it
        </Button>
      </div>
    </section>
  );
}
