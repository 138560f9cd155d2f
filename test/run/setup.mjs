// What a fresh machine needs before anything else can run: the packages of the lock file and a Chromium.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export const say = (line) => process.stdout.write(`${line}\n`);

export function run(command, args, options = {}) {
  return spawnSync(command, args, { stdio: 'inherit', ...options }).status ?? 1;
}

export function mustRun(command, args, options) {
  if (run(command, args, options) !== 0) {
    say(`${command} ${args.join(' ')} failed. What it printed is above.`);
    process.exit(1);
  }
}

/** Installs from the lock file when that has not been done for this very lock file. */
export function installPackages() {
  const stamp = 'node_modules/.countersign-lock';
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing the packages of the lock file ...');
  // Not `npm ci`: it refuses a lock file whose optional packages for other platforms a registry does not carry.
  mustRun('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  });
  writeFileSync(stamp, wanted);
}

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const systemChromium = () => [process.env.CHROMIUM, ...SYSTEM].find((path) => path && existsSync(path));

/** A Chromium to test with: the system's, else Debian's package where we may install it, else Playwright's download. */
export async function findChromium() {
  const present = systemChromium();
  if (present) return present;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('No Chromium here: installing the Debian package ...');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const installed = systemChromium();
    if (installed) return installed;
  }
  say('No Chromium here: asking Playwright for its own ...');
  mustRun('npx', ['playwright', 'install', 'chromium']);
  const { chromium } = await import('playwright');
  return chromium.executablePath();
}
