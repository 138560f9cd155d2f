// Serves a folder as a clinic's own web server would: right types, nothing cached, nothing outside the folder.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Serves `dir` on 127.0.0.1 and ::1 at `port`. A path without an extension that is no file is a route of the app
 * and gets `index.html`. Gives a function that stops serving, with every open connection.
 */
export async function serveStatic(dir, port) {
  const root = resolve(dir);
  return listen(port, (request, response) => answer(root, request, response));
}

async function answer(root, request, response) {
  const path = pathOf(request.url ?? '/');
  const asked = path === null ? null : join(root, path);
  if (asked === null || (asked !== root && !asked.startsWith(root + sep))) return refuse(response, 400);
  const file =
    (await fileAt(asked)) ?? (extname(asked) === '' ? await fileAt(join(root, 'index.html')) : null);
  if (!file) return refuse(response, 404);
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

function pathOf(url) {
  try {
    return normalize(decodeURIComponent(new URL(url, 'http://localhost').pathname));
  } catch {
    return null;
  }
}

async function fileAt(path) {
  try {
    const found = await stat(path);
    if (found.isFile()) return path;
    return found.isDirectory() ? await fileAt(join(path, 'index.html')) : null;
  } catch {
    return null;
  }
}

function refuse(response, status) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
  response.end(status === 404 ? 'There is nothing here.' : 'That is not a path.');
}

/** A server on both loopback addresses: `localhost` is either, depending on the machine. Both are had, or none. */
export async function listen(port, handler) {
  const servers = [];
  const close = () =>
    Promise.all(
      servers.map(
        (server) =>
          new Promise((done) => {
            server.close(done);
            server.closeAllConnections();
          }),
      ),
    );
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer(handler);
    const opened = await new Promise((done, fail) => {
      server.once('error', (error) =>
        host === '::1' && ['EADDRNOTAVAIL', 'EAFNOSUPPORT'].includes(error.code) ? done(false) : fail(error),
      );
      server.listen(port, host, () => done(true));
    }).catch(async (error) => {
      await close();
      throw error;
    });
    if (opened) servers.push(server);
  }
  return close;
}
