import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANIMALS, dayOf, PEOPLE, TREATMENTS } from './day.mjs';
import { answer as digitail } from './digitail/page.mjs';
import { answer as ezyvet } from './ezyvet/page.mjs';
import { answer as hospitalrun } from './hospitalrun/page.mjs';
import { answer as openemr } from './openemr/page.mjs';
import { answer as openvpm } from './openvpm/page.mjs';
import { answer as provetCloud } from './provet-cloud/page.mjs';
import { answer as shepherd } from './shepherd/page.mjs';
import { answer as vetspire } from './vetspire/page.mjs';

const SYSTEMS = {
  ...{ ezyvet, 'provet-cloud': provetCloud, vetspire, digitail, shepherd, openvpm, openemr, hospitalrun },
};
const TYPES = { js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8' };

let loads = 0;

/**
 * Serves the catalogue's pages: `[status, type, body]`, or `null` for an address that is none of theirs. The custom button
 * of a system that has one leads to `app`, as the clinic has set it up.
 */
export async function shapeAt(url, app) {
  const [, first = '', rest = ''] = url.pathname.match(/^\/([\w-]+)(\/.*)?$/) ?? [];
  const day = url.searchParams.get('day') ?? dayOf(new Date());
  if (url.pathname === '/kit/data.json') {
    loads += 1;
    const body = { animals: ANIMALS, people: PEOPLE, treatments: TREATMENTS, day, load: loads };
    return [200, 'application/json', JSON.stringify(body)];
  }
  const file = (first === 'kit' || first in SYSTEMS) && rest.match(/^\/([a-z]+)\.(js|mjs|css)$/);
  if (file) {
    const body = await readFile(join(import.meta.dirname, first, `${file[1]}.${file[2]}`)).catch(() => null);
    return body && [200, TYPES[file[2]] ?? TYPES.js, body];
  }
  const system = SYSTEMS[first];
  const page = system?.({
    path: rest,
    params: url.searchParams,
    day,
    treatments: TREATMENTS,
    button: `${app}/`,
  });
  return page ? [200, 'text/html; charset=utf-8', page] : null;
}
