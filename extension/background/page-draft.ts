import { newId } from '../../shared/ledger/ids.ts';
import type { CaptureDraft } from '../../shared/protocol/ledger.ts';
import type { ListedDrug } from '../../shared/protocol/overlay.ts';
import { takingDrug } from '../overlay/suggest.ts';
import type { Desk } from './desk.ts';
import { draftOf } from './draft-of.ts';
import { readTab } from './page-reader.ts';

/** A key that is held down, or pressed twice in a hurry, is one draft: the same page within this time, in milliseconds. */
const SAME_PRESS = 60_000;

/**
 * Keeps what the page of a tab says as a draft, to be signed later at the safe. Its time is that of the press. False
 * where the page names neither patient nor drug, or the browser has no room: then somebody has to look. `taken` is the
 * drug that a person has taken of those that the page lists.
 */
export async function keepPageDraft(desk: Desk, tab: number, taken?: ListedDrug): Promise<boolean> {
  const site = takingDrug(await readTab(desk, tab), taken);
  const now = Date.now();
  const draft = site && draftOf(site, now, newId(now, crypto.getRandomValues(new Uint8Array(10))));
  if (!draft) return false;
  try {
    if ((await desk.outbox.drafts()).some((known) => samePress(known, draft))) return true;
    await desk.outbox.saveDraft(draft);
  } catch {
    return false;
  }
  void desk.courier.tellDrafts();
  return true;
}

function samePress(known: CaptureDraft, draft: CaptureDraft): boolean {
  const apart = Date.parse(draft.startedAt) - Date.parse(known.startedAt);
  const said = ({ site, form: { at: _, ...form } }: CaptureDraft) =>
    JSON.stringify([site, Object.entries(form).sort()]);
  return apart >= 0 && apart < SAME_PRESS && said(known) === said(draft);
}
