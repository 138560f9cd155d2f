// The demo PMS: a made-up practice's patients, once as server-rendered tables, once as a single-page app.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listen } from '../run/serve.mjs';
import { PATIENTS } from './demo-pms/patients.mjs';
import {
  dialogPage,
  framedPage,
  listPage,
  notFoundPage,
  patientPage,
  roundsPage,
  splitPage,
  startPage,
  treatmentsPage,
} from './demo-pms/tables.mjs';
import { shapeAt } from './shapes.mjs';

const here = join(import.meta.dirname, 'demo-pms');
const FILES = {
  '/pms.css': ['pms.css', 'text/css; charset=utf-8'],
  ...Object.fromEntries(
    ['watch', 'attacks', 'paint', 'polluted', 'flood'].map((name) => [
      `/hostile/${name}.js`,
      [`../hostile/${name}.js`, 'text/javascript; charset=utf-8'],
    ]),
  ),
  '/spa/app.js': ['spa-app.js', 'text/javascript; charset=utf-8'],
};

/**
 * Serves the demo PMS at `port`, of a clinic whose Countersign is at the origin `app`. Gives a function that stops it, with the number of forms that were submitted
 * to it: a record keeper that submits somebody else's form would show here.
 */
export async function servePms(port, app = 'http://localhost:4173') {
  let submitted = 0;
  const close = await listen(port, async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const { pathname, searchParams } = url;
    if (request.method === 'POST') {
      submitted += 1;
      request.resume();
      response.writeHead(303, { location: pathname });
      return response.end();
    }
    const variant = searchParams.get('as') ?? '';
    const [status, type, body] =
      (await shapeAt(url, app)) ??
      (await pageAt(pathname, variant, searchParams.get('day'), `http://localhost:${port}`));
    const headers = variant === 'strict' ? STRICT : variant === 'embedder' ? EMBEDDER : {};
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers });
    response.end(body);
  });
  return Object.assign(close, { submitted: () => submitted });
}

/** Pages that mean harm: each a patient's page with scripts before and after it. Each notes what it sees of us. */
const script = (name) => `<script src="/hostile/${name}.js"></script>`;
const watched = (page, first = '') => page.replace('<head>', `<head>${script('watch')}${first}`);
const hostile = (page) => watched(page).replace('</body>', `${script('attacks')}${script('paint')}</body>`);
const HOSTILE = {
  hostile,
  /** As pages were written before there was a standard for it. */
  quirks: (page) => hostile(page).replace('<!doctype html>\n', ''),
  polluted: (page) => watched(page, script('polluted')),
  flood: (page) => page.replace('</main>', `</main>${script('flood')}`),
};

const html = (body, status = 200) => [status, 'text/html; charset=utf-8', body];

/** A page that embeds only what has agreed to it. */
const EMBEDDER = { 'cross-origin-embedder-policy': 'require-corp' };
/** A page of a vendor that trusts nobody: no frame, no inline style or script, and cut off from other origins. */
const STRICT = {
  ...EMBEDDER,
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-src 'none'; child-src 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

function patientIn(variant, patient, elsewhere) {
  if (variant === 'framed') return framedPage(patient, elsewhere);
  if (variant === 'dialog') return dialogPage(patient);
  if (variant === 'split')
    return splitPage(
      patient,
      PATIENTS.find(({ number }) => number !== patient.number),
    );
  return (HOSTILE[variant] ?? String)(patientPage(patient));
}

/** `elsewhere` is this server by another name, which to a browser is another site. */
async function pageAt(path, variant, day, elsewhere) {
  const file = FILES[path];
  if (file) return [200, file[1], await readFile(join(here, file[0]))];
  if (path === '/patients.json') return [200, 'application/json', JSON.stringify(PATIENTS)];
  if (path === '/favicon.ico') return [204, 'image/x-icon', ''];
  if (path === '/') return html(startPage());
  if (path === '/tables' || path === '/tables/') return html(listPage(PATIENTS));
  if (path === '/tables/rounds') return html(roundsPage(day ?? ''));
  const number = path.match(/^\/tables\/patient\/([\w-]+)$/)?.[1];
  const patient = PATIENTS.find((one) => one.number === number);
  if (patient) return html(patientIn(variant, patient, elsewhere));
  const treated = PATIENTS.find((one) => path === `/tables/treatments/${one.number}`);
  if (treated) return html(treatmentsPage(treated));
  if (path.startsWith('/spa')) return html(await readFile(join(here, 'spa.html'), 'utf8'));
  if (path === '/hostile') return html(await readFile(join(here, 'hostile.html'), 'utf8'));
  return html(notFoundPage(), 404);
}
