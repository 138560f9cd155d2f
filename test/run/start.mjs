// `npm start`: installs what is missing, builds, and serves the PWA and the demo PMS until Ctrl+C.
import { resolve } from 'node:path';
import { buildAll } from './build.mjs';
import { installPackages, say } from './setup.mjs';

installPackages();
say('Building the PWA, the verifier page, the extension and the command line ...');
buildAll();

const { serveStatic } = await import('./serve.mjs');
const { servePms } = await import('../sites/serve.mjs');
await serveStatic(resolve(process.env.COUNTERSIGN_DIST ?? 'dist', 'pwa'), 4173);
await servePms(4180);

say(`
Countersign is running.

  The app            http://localhost:4173
  A demo PMS         http://127.0.0.1:4180

  The extension      in Chromium: open chrome://extensions, switch on "Developer mode",
                     press "Load unpacked" and choose
                     ${resolve(process.env.COUNTERSIGN_DIST ?? 'dist', 'extension')}
                     Then open the demo PMS and press the Countersign pill on a patient's page.
                     The first time, the app asks you to approve the extension (Settings).

  Or let it be done  npm run demo   (a Chromium with the extension loaded, on the demo clinic)

Stop with Ctrl+C.
`);
