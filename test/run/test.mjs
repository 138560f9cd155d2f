// `npm test`: everything that has to be green, from a fresh clone. One closing line a runner.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { findChromium, installPackages, run, say } from './setup.mjs';

installPackages();
process.env.CHROMIUM = await findChromium();
rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });
// The tests have a build of their own, so that one being served is not pulled from under its users.
process.env.COUNTERSIGN_DIST = resolve('test-results/dist');

const closing = [];
const close = (name, passed, failed, skipped = 0) =>
  closing.push({
    failed,
    line: `${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`,
  });

function step(name, command, args) {
  say(`\n== ${name}`);
  const started = Date.now();
  const status = run(command, args);
  say(`== ${name}: ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return status;
}

function vitest(project) {
  const report = `test-results/${project}.json`;
  const status = step(project, 'node_modules/.bin/vitest', [
    ...['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  const found = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
  const failed = Math.max(found?.numFailedTests ?? 0, status === 0 ? 0 : 1);
  close(project, found?.numPassedTests ?? 0, failed, found?.numPendingTests ?? 0);
}

function playwright() {
  const report = 'test-results/e2e.json';
  const status = step('e2e', 'node_modules/.bin/playwright', ['test', '-c', 'test/e2e/playwright.config.ts']);
  const stats = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')).stats : null;
  const failed = Math.max(stats?.unexpected ?? 0, status === 0 ? 0 : 1);
  close('e2e', (stats?.expected ?? 0) + (stats?.flaky ?? 0), failed, stats?.skipped ?? 0);
}

const once = (name, command, args) => close(name, ...(step(name, command, args) === 0 ? [1, 0] : [0, 1]));

once('types', 'node', ['test/run/types.mjs']);
once('lint', 'node_modules/.bin/biome', ['check', '.']);
once('build', 'node', ['test/run/build.mjs']);
vitest('unit');
vitest('browser');
playwright();

say('');
for (const { line } of closing) say(line);
process.exit(closing.some(({ failed }) => failed > 0) ? 1 : 0);
