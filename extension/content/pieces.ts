import type { readTreatments } from '../sites/treatments.ts';
import type { openHost } from './host.ts';
import type { putNote } from './note.ts';
import type { PageSession } from './session.ts';

/** What the scripts in a page's isolated world leave for each other there. The page itself sees nothing of it. */
export const pieces = globalThis as typeof globalThis & {
  countersignSession?: PageSession;
  countersignOpenHost?: typeof openHost;
  countersignPutNote?: typeof putNote;
  countersignReadTreatments?: typeof readTreatments;
  countersignPicker?: { start: () => void; end: () => void };
};
