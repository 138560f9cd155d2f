import { readTreatments } from '../sites/treatments.ts';
import { openHost } from './host.ts';
import { putNote } from './note.ts';
import { pieces } from './pieces.ts';

/** What lays the form over the page, reads its lists and writes a note, put in when somebody opens it: most pages never need it. */
pieces.countersignOpenHost = openHost;
pieces.countersignPutNote = putNote;
pieces.countersignReadTreatments = readTreatments;
