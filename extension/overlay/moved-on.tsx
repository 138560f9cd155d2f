import type { SiteReading } from '../../shared/protocol/overlay.ts';
import { Notice } from '../../shared/ui/Notice.tsx';

const who = ({ suggestions: { patient, recordNumber } }: SiteReading): string =>
  [patient, recordNumber].filter((part) => part !== undefined).join(', ');

/** The page went on to somebody else after the form was filled in from it; the form keeps what it has. */
export function MovedOn({ taken, site }: { taken: SiteReading | null; site: SiteReading | null }) {
  if (!taken || who(taken) === '') return null;
  const now = site ? who(site) : '';
  if (now === who(taken)) return null;
  return (
    <Notice kind="warn" title={`This form is for ${who(taken)}.`}>
      <p>
        {now === '' ? 'The page shows nobody now.' : `The page shows ${now} now.`} Nothing in the form was
        changed.
      </p>
    </Notice>
  );
}
