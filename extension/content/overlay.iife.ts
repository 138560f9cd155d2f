import { openHost } from './host.ts';
import { pieces } from './pieces.ts';

/** What lays the form over the page, put in when somebody opens it: most pages never need it. */
pieces.countersignOpenHost = openHost;
