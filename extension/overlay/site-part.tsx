import type { SiteReading } from '../../shared/protocol/overlay.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { Notice } from '../../shared/ui/Notice.tsx';
import { FIELD_NAMES } from '../sites/names-of-fields.ts';

const LOST = new Set<unknown>(['none', 'many']);

/** Fields that the site was set up with and that are nowhere on the page now. */
export const lostFields = (site: SiteReading): string[] =>
  Object.entries(site.finds ?? {}).flatMap(([name, find]) =>
    LOST.has(find) ? [FIELD_NAMES[name] ?? name] : [],
  );

/**
 * How the page is read, and the way to the field picker: a page that nobody has set up, or one that has changed since.
 * A single field that is missing is often this patient's, so it is said quietly.
 */
export function SitePart({ site, onSetUp }: { site: SiteReading | null; onSetUp: () => void }) {
  if (!site) return null;
  const lost = lostFields(site);
  const named = site.reader.id !== 'none' && site.reader.id !== 'generic';
  const own = named && !site.untried;
  const { patient, recordNumber } = site.suggestions;
  const nobody = patient === undefined && recordNumber === undefined && !site.choices;
  const button = (
    <Button small {...(own ? { kind: 'quiet' as const } : {})} onClick={onSetUp}>
      {own ? 'Set up this page again' : 'Set up this page by pointing'}
    </Button>
  );
  if (own && nobody && lost.length > 0) {
    return (
      <Notice kind="warn" title="This page is not read any more.">
        <p>
          {site.reader.label}: {lost.join(', ')} {lost.length === 1 ? 'is' : 'are'} not where{' '}
          {lost.length === 1 ? 'it was' : 'they were'} when it was set up. Type what you need, and point at it
          again when there is time.
        </p>
        <div>
          <Button small onClick={onSetUp}>
            Set up this page again
          </Button>
        </div>
      </Notice>
    );
  }
  return (
    <section class="row spread site-part" aria-label="How this page is read">
      <span class="small muted">
        {named
          ? `Read as “${site.reader.label}”${own ? '' : ', which nobody has tried'}.`
          : 'Nobody has set this page up.'}
        {own && lost.length > 0 && !(site.choices && patient === undefined)
          ? ` Not found: ${lost.join(', ')}.`
          : ''}
      </span>
      {button}
    </section>
  );
}
