// `npm run demo`: a Chromium with the extension loaded, the demo clinic open and the demo PMS beside it.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildAll } from './build.mjs';
import { findChromium, installPackages, say } from './setup.mjs';

installPackages();
const executablePath = await findChromium();
buildAll();

const { serveStatic } = await import('./serve.mjs');
const { servePms } = await import('../sites/serve.mjs');
const { allowSite, connectExtension } = await import('./allow.mjs');
const { chromium } = await import('playwright');
const dist = resolve(process.env.COUNTERSIGN_DIST ?? 'dist');
await serveStatic(join(dist, 'pwa'), 4173);
await servePms(4180);

const extension = join(dist, 'extension');
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'countersign-demo-')), {
  executablePath,
  headless: false,
  viewport: null,
  ignoreDefaultArgs: ['--disable-extensions'],
  args: [
    ...root,
    ...(process.env.DISPLAY || process.platform !== 'linux' ? [] : ['--headless=new']),
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ...[`--disable-extensions-except=${extension}`, `--load-extension=${extension}`],
  ],
});
const app = context.pages()[0] ?? (await context.newPage());
await app.goto('http://localhost:4173/');
await app.getByRole('button', { name: /demo clinic/i }).click();
const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
const { host } = new URL(worker.url());
await connectExtension(context, host, 'http://localhost:4173');
await allowSite(context, host, 'http://127.0.0.1:4180');
await (await context.newPage()).goto('http://127.0.0.1:4180/');
say('The demo clinic is open in one tab, the demo PMS in the other. Everybody’s PIN is 246810.');
say('Close the window to stop.');
await new Promise((resolveClose) => context.on('close', resolveClose));
process.exit(0);
