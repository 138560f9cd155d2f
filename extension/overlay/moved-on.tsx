import type { SiteReading } from '../../shared/protocol/overlay.ts';
import { Notice } from '../../shared/ui/Notice.tsx';

/** Whom a form is for, as it was filled in: from the page, or from a draft that is gone on with. */
export type Whom = Pick<SiteReading['suggestions'], 'patient' | 'recordNumber'>;

const who = ({ patient, recordNumber }: Whom): string => [patient, recordNumber].filter(Boolean).join(', ');

/** The page shows somebody else than whom this is of: a form, which keeps what it has, or a list that was read. */
export function MovedOn(props: {
  taken: Whom | null;
  site: SiteReading | null;
  title: string;
  rest: string;
}) {
  const { taken, site } = props;
  if (!taken || who(taken) === '') return null;
  const now = site ? who(site.suggestions) : '';
  if (now === who(taken)) return null;
  return (
    <Notice kind="warn" title={`${props.title} ${who(taken)}.`}>
      <p>
        {now === '' ? 'The page shows nobody now.' : `The page shows ${now} now.`} {props.rest}
      </p>
    </Notice>
  );
}
