// The demo PMS: a made-up practice's patients, once as server-rendered tables, once as a single-page app.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listen } from '../run/serve.mjs';
import { PATIENTS } from './demo-pms/patients.mjs';
import { listPage, notFoundPage, patientPage, startPage } from './demo-pms/tables.mjs';

const here = join(import.meta.dirname, 'demo-pms');
const FILES = {
  '/pms.css': ['pms.css', 'text/css; charset=utf-8'],
  '/spa/app.js': ['spa-app.js', 'text/javascript; charset=utf-8'],
};

/**
 * Serves the demo PMS at `port`. Gives a function that stops it, with the number of forms that were submitted
 * to it: a record keeper that submits somebody else's form would show here.
 */
export async function servePms(port) {
  let submitted = 0;
  const close = await listen(port, async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (request.method === 'POST') {
      submitted += 1;
      request.resume();
      response.writeHead(303, { location: pathname });
      return response.end();
    }
    const [status, type, body] = await pageAt(pathname);
    response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
    response.end(body);
  });
  return Object.assign(close, { submitted: () => submitted });
}

const html = (body, status = 200) => [status, 'text/html; charset=utf-8', body];

async function pageAt(path) {
  const file = FILES[path];
  if (file) return [200, file[1], await readFile(join(here, file[0]))];
  if (path === '/patients.json') return [200, 'application/json', JSON.stringify(PATIENTS)];
  if (path === '/') return html(startPage());
  if (path === '/tables' || path === '/tables/') return html(listPage(PATIENTS));
  const number = path.match(/^\/tables\/patient\/([\w-]+)$/)?.[1];
  const patient = PATIENTS.find((one) => one.number === number);
  if (patient) return html(patientPage(patient));
  if (path.startsWith('/spa')) return html(await readFile(join(here, 'spa.html'), 'utf8'));
  if (path === '/hostile') return html(await readFile(join(here, 'hostile.html'), 'utf8'));
  return html(notFoundPage(), 404);
}
