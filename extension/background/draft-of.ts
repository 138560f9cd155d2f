import type { CaptureDraft } from '../../shared/protocol/ledger.ts';
import type { SiteReading } from '../../shared/protocol/overlay.ts';
import { fillingOf } from '../overlay/suggest.ts';

/** The form as the page fills it. The amount is there only where the page states one in mL, the vial never. */
export function draftOf(site: SiteReading, now: number, entryId: string): CaptureDraft | null {
  const { patient, recordNumber, drug, dose } = site.suggestions;
  if ((patient ?? recordNumber ?? drug) === undefined) return null;
  const at = new Date(now).toISOString();
  return {
    ...{ entryId, type: 'draw', startedAt: at, door: 'overlay' },
    ...(site.reader.id === 'none' ? {} : { site: site.reader.id }),
    form: {
      ...fillingOf(site),
      at,
      ...(drug === undefined ? {} : { saidDrug: drug }),
      ...(dose === undefined ? {} : { saidDose: dose }),
    },
  };
}
