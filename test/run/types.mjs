// Every realm is checked by itself, so that `shared/` cannot lean on the DOM.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const realms = [
  'shared/tsconfig.json',
  'shared/ui/tsconfig.json',
  'workers/tsconfig.json',
  'workers/cli/tsconfig.json',
  'pwa/tsconfig.json',
  'pwa/tsconfig.sw.json',
  'extension/tsconfig.json',
  'test/tsconfig.json',
];
let failed = 0;
const wanted = process.argv.slice(2);
for (const realm of realms.filter(
  (r) => existsSync(r) && (wanted.length === 0 || wanted.some((w) => r.startsWith(w))),
)) {
  const run = spawnSync('node_modules/.bin/tsc', ['-p', realm], { stdio: 'inherit' });
  if (run.status !== 0) {
    failed += 1;
    process.stdout.write(`types: ${realm} has errors\n`);
  }
}
process.exit(failed === 0 ? 0 : 1);
