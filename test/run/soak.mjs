// `npm run test:soak`: what takes minutes and need not run with every change.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { installPackages, run, say } from './setup.mjs';

installPackages();
const report = 'test-results/soak.json';
mkdirSync('test-results', { recursive: true });
rmSync(report, { force: true });
const status = run('node_modules/.bin/vitest', [
  ...['run', '--project', 'soak', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
]);
const found = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
const failed = Math.max(found?.numFailedTests ?? 0, status === 0 ? 0 : 1);
say(`soak: ${found?.numPassedTests ?? 0} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
