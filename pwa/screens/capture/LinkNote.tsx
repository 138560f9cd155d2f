import { Notice } from '../../../shared/ui/Notice.tsx';
import type { Arrival } from '../../app/arrival.ts';
import type { LinkRefusal } from '../../app/link.ts';

/** Why nothing is filled in, where a link was to fill something in. */
export function LinkNote({ link }: { link: Arrival | null }) {
  if (link?.state === 'consultation') return null;
  if (link === null) {
    return (
      <Notice kind="info" quiet>
        What the link said is not here any more: it was recorded or left out, or the page was loaded anew.
        This is a new form.
      </Notice>
    );
  }
  return (
    <Notice kind="warn" quiet>
      {REFUSED[link.code](link.source.label)} Nothing was filled in; type it yourself.
    </Notice>
  );
}

const REFUSED: { [K in LinkRefusal]: (from: string) => string } = {
  several: (from) => `What came from ${from} names more than one consultation.`,
  malformed: (from) => `The consultation that came from ${from} cannot be read.`,
};
