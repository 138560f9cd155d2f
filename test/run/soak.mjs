// `npm run test:soak`: what takes minutes and need not run with every change.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { findChromium, installPackages, run, say } from './setup.mjs';

installPackages();
const report = 'test-results/soak.json';
mkdirSync('test-results', { recursive: true });
rmSync(report, { force: true });
const status = run('node_modules/.bin/vitest', [
  ...['run', '--project', 'soak', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
]);
const found = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
const failed = Math.max(found?.numFailedTests ?? 0, status === 0 ? 0 : 1);

// In the built extension: every step of a capture, died before and after; every way of painting over the form; a disk
// without room. In what is handed out: every golden package.
process.env.CHROMIUM = await findChromium();
process.env.COUNTERSIGN_DIST = resolve('test-results/dist');
process.env.COUNTERSIGN_SOAK = '1';
const stories = ['kill', 'hostile-paint', 'extension-full', 'verify-html.spec'];
const told =
  run('node', ['test/run/build.mjs']) === 0 &&
  run('node_modules/.bin/playwright', ['test', '-c', 'test/e2e/playwright.config.ts', ...stories]) === 0;

say(
  `soak: ${found?.numPassedTests ?? 0} passed, ${failed} failed; every kill, cover and golden package: ${told ? 'passed' : 'failed'}`,
);
process.exit(failed > 0 || !told ? 1 : 0);
