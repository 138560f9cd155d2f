import { HEAD_KEY } from '../../workers/ledger/client.ts';

/** Forgets the head that is kept outside IndexedDB: only when the registrant has decided to begin anew after an alarm. */
export function forgetHead(): void {
  localStorage.removeItem(HEAD_KEY);
}
