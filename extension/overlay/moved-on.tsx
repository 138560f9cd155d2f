import type { SiteReading } from '../../shared/protocol/overlay.ts';
import { Notice } from '../../shared/ui/Notice.tsx';

/** Whom a form is for, as it was filled in: from the page, or from a draft that is gone on with. */
export type Whom = Pick<SiteReading['suggestions'], 'patient' | 'recordNumber'>;

const who = ({ patient, recordNumber }: Whom): string => [patient, recordNumber].filter(Boolean).join(', ');

/** The page shows somebody else than whom the form is for; the form keeps what it has. */
export function MovedOn({ taken, site }: { taken: Whom | null; site: SiteReading | null }) {
  if (!taken || who(taken) === '') return null;
  const now = site ? who(site.suggestions) : '';
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
