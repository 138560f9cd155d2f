// `npm test`: everything that has to be green, from a fresh clone. One closing line a runner.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
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

/**
 * Starts a step that runs beside what is done meanwhile, on the core that this leaves free. What it prints is kept until
 * it is asked how it ended, so that nothing is mixed.
 */
function aside(name, command, args) {
  const log = `test-results/${name}.log`;
  const out = openSync(log, 'w');
  const ended = new Promise((done) => {
    const child = spawn(command, args, { stdio: ['ignore', out, out] });
    child.on('error', () => done(1));
    child.on('exit', (status) => done(status ?? 1));
  });
  return async () => {
    const status = await ended;
    say(`\n== ${name}, which ran meanwhile`);
    say(readFileSync(log, 'utf8'));
    return status;
  };
}

const reportOf = (project) => `test-results/${project}.json`;
const vitest = (project) => [
  project,
  'node_modules/.bin/vitest',
  [
    ...['run', '--project', project, '--reporter=default', '--reporter=json'],
    `--outputFile.json=${reportOf(project)}`,
  ],
];

function closeVitest(project, status) {
  const report = reportOf(project);
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
const unit = aside(...vitest('unit'));
const browser = step(...vitest('browser'));
closeVitest('unit', await unit());
closeVitest('browser', browser);
playwright();

say('');
for (const { line } of closing) say(line);
process.exit(closing.some(({ failed }) => failed > 0) ? 1 : 0);
