// Builds everything: the verifier page first, since the PWA carries it and puts it into every package.
import { fileURLToPath } from 'node:url';
import { installPackages, mustRun } from './setup.mjs';

export const MODES = ['verifier', 'pwa', 'extension', 'cli'];

export function buildAll() {
  for (const mode of MODES)
    mustRun('node_modules/.bin/vite', ['build', '--mode', mode, '--logLevel', 'warn']);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  installPackages();
  buildAll();
}
