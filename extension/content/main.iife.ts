import { pieces } from './pieces.ts';
import { PageSession } from './session.ts';

/** The toolbar can put this script into a page that has it already: the later one takes over. */
pieces.countersignSession?.end();
pieces.countersignSession = new PageSession();
void pieces.countersignSession.start();
