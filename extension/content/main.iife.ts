import { PageSession } from './session.ts';

/** The toolbar can put this script into a page that has it already: the later one takes over. */
const page = globalThis as typeof globalThis & { countersignSession?: PageSession };
page.countersignSession?.end();
page.countersignSession = new PageSession();
void page.countersignSession.start();
