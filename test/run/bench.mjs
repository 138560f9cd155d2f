// `npm run bench`: measures the built product in Chromium, each figure beside its limit of the same run.
// Prints a table and writes test-results/bench.json. COUNTERSIGN_BENCH_RECORDS makes a smaller, quicker run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { percentile } from '../bench/percentile.mjs';
import { findChromium, installPackages, mustRun, say } from './setup.mjs';

installPackages();
const executablePath = await findChromium();
const many = Number(process.env.COUNTERSIGN_BENCH_RECORDS ?? 100_000);
const few = 1_000;
const dist = resolve(process.env.COUNTERSIGN_DIST ?? 'test-results/bench-dist');
process.env.COUNTERSIGN_DIST = dist;
for (const mode of ['verifier', 'pwa', 'extension', 'bench']) {
  mustRun('node_modules/.bin/vite', ['build', '--mode', mode, '--logLevel', 'warn']);
}

const { chromium } = await import('playwright');
const { serveStatic } = await import('./serve.mjs');
const { timeBridge } = await import('../bench/bridge.mjs');
const { timeHostPage } = await import('../bench/host-page.mjs');
const scratch = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
const close = await serveStatic(join(dist, 'pwa'), 4173);
const args = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser of its own, so that one measurement leaves nothing to the next. */
async function browserFor(name) {
  const context = await chromium.launchPersistentContext(join(scratch, name), {
    ...{ executablePath, headless: true, args: [...args, '--enable-precise-memory-info'] },
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(1_200_000);
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto('http://localhost:4173/bench/index.html');
  await page.waitForFunction(() => 'bench' in globalThis);
  return { context, page };
}
const call = (page, name, ...given) => page.evaluate(([n, a]) => globalThis.bench[n](...a), [name, given]);

const figures = [];
const figure = (name, value, unit, limit) => figures.push({ name, value, unit, ...(limit ? { limit } : {}) });
const most = (value) => ({ at: 'most', value });
const least = (value) => ({ at: 'least', value });

say(`Filling two stores: ${few} and ${many} records ...`);
const small = await browserFor('few');
let large = await browserFor('many');
const smallWho = await call(small.page, 'seed', few);
const largeWho = await call(large.page, 'seed', many);

say('Appending, in turn ...');
const smallTimes = [];
const largeTimes = [];
await call(small.page, 'appends', 20, smallWho);
await call(large.page, 'appends', 20, largeWho);
for (let round = 0; round < 5; round += 1) {
  smallTimes.push(...(await call(small.page, 'appends', 60, smallWho)));
  largeTimes.push(...(await call(large.page, 'appends', 60, largeWho)));
}
figure(`append to receipt, p50, ${few} records there`, percentile(smallTimes, 0.5), 'ms');
figure(`append to receipt, p50, ${many} records there`, percentile(largeTimes, 0.5), 'ms');
figure(`append to receipt, p95, ${few} records there`, percentile(smallTimes, 0.95), 'ms', most(25));
figure(`append to receipt, p95, ${many} records there`, percentile(largeTimes, 0.95), 'ms', most(25));
const ratio = percentile(largeTimes, 0.5) / percentile(smallTimes, 0.5);
figure('append p50, many records over few', ratio, 'ratio', most(1.2));
await small.context.close();

say('Opening cold ...');
const opened = [];
for (let i = 0; i < 5; i += 1) {
  const page = await large.context.newPage();
  const started = performance.now();
  await page.goto('http://localhost:4173/', { waitUntil: 'commit' });
  await page
    .getByRole('link', { name: /draw or give/i })
    .or(page.getByRole('button', { name: /draw or give/i }))
    .first()
    .waitFor();
  await page.getByRole('heading', { name: 'On hand' }).waitFor();
  opened.push(performance.now() - started);
  await page.close();
}
figure(
  `cold open to an interactive Today, ${many} records, median of 5`,
  percentile(opened, 0.5),
  'ms',
  most(1000),
);

say('Exporting ...');
// A browser that has done nothing else, so that what it holds is the export's.
await large.context.close();
large = await browserFor('many');
const { answer: exported, highest } = await whileSampling(() => call(large.page, 'export'));
figure(`export of ${many} records`, exported.seconds, 's');
figure('export, package', exported.bytes / 1e6, 'MB');
figure('export, progress notices', exported.progress, '', least(10));
figure('export, memory of the page and its workers at its highest', highest, 'MB', most(300));

say('Checking ...');
const sample = join(scratch, 'records.jsonl');
writeFileSync(sample, `${await call(large.page, 'lines', 20_000)}\n`);
const hashing = [];
const python = [];
for (let round = 0; round < 3; round += 1) {
  const reference = JSON.parse(
    execFileSync('python3', ['test/bench/reference.py', sample], { encoding: 'utf8' }),
  );
  python.push(reference.records / reference.seconds);
  hashing.push(await call(large.page, 'hashing'));
}
// The best of three each: what the machine does besides can only slow either down.
figure(
  'hashing, of the Python reference beside it',
  Math.max(...hashing) / Math.max(...python),
  'times',
  least(2.5),
);
figure('hashing', Math.max(...hashing), 'records/s');
figure('Python reference (json.dumps, hashlib)', Math.max(...python), 'records/s');
const pairs = await call(large.page, 'signatures', Math.min(many, 10_000), 5);
const middle = (values) => percentile(values, 0.5);
const shares = pairs.map(({ pool, bare }) => pool / bare);
figure('signatures, of bare WebCrypto on the same cores, median of 5', middle(shares), 'ratio', least(0.85));
figure('signatures', middle(pairs.map((pair) => pair.pool)), '/s');
figure('bare WebCrypto', middle(pairs.map((pair) => pair.bare)), '/s');
const checked = await call(large.page, 'verify');
if (!checked.ok) throw new Error('The ledger did not verify.');
figure(`the whole check of ${checked.records} records`, checked.seconds, 's');

say('Decoding ...');
for (const one of await call(large.page, 'decode')) {
  figure(`decode, ${one.name}, p50`, one.p50, 'ms');
  figure(`decode, ${one.name}, p95`, one.p95, 'ms');
}
await large.context.close();

say('Appending from the overlay ...');
const door = {
  executablePath,
  dist,
  origin: 'http://localhost:4173',
  profile: join(scratch, 'bridge'),
  args,
};
const bridged = await timeBridge({ ...door, count: 60 });
const through = 'append from the overlay through the bridge, signed entry to receipt (after the PIN)';
figure(`${through}, p50`, percentile(bridged, 0.5), 'ms');
figure(`${through}, p95`, percentile(bridged, 0.95), 'ms', most(150));

say('Drawing and wasting with two PINs ...');
const { timeDrawAndWaste } = await import('../bench/draw-and-waste.mjs');
const pair = { executablePath, origin: 'http://localhost:4173', profile: join(scratch, 'two-pins'), args };
const waited = await timeDrawAndWaste({ ...pair, count: 15 });
const waitedAt = (step) =>
  percentile(
    waited.map((one) => one[step]),
    0.5,
  );
figure('a draw, from the last key of the PIN to the next step, p50', waitedAt('drawn'), 'ms');
figure('its waste, from the last key of the witness’s PIN to the receipt, p50', waitedAt('wasted'), 'ms');
figure('the whole draw-and-waste with two PINs, what people wait, p50', waitedAt('all'), 'ms', most(700));

say('Standing in a busy page ...');
const host = { executablePath, dist, profile: join(scratch, 'host'), args, port: 4180, rounds: 3 };
const { fps, longest } = await timeHostPage(host);
const usual = percentile(fps.without, 0.5);
figure('a page of 10,000 rows that changes 50 times a second, without us, median of 3', usual, 'frames/s');
figure('the same with our pill, of that', percentile(fps.pill, 0.5) / usual, 'ratio', least(0.95));
figure('the same with our form open, of that', percentile(fps.form, 0.5) / usual, 'ratio', least(0.95));
figure('the longest stretch of our script in it, with the pill', longest.pill, 'ms', most(50));
figure('the longest stretch of our script in it, with the form', longest.form, 'ms', most(50));

const kilobytes = (file) => gzipSync(readFileSync(file), { level: 9 }).length / 1024;
figure('first-screen script, gzip', firstScreen(), 'KB', most(70));
figure('content script, gzip', kilobytes(contentScript()), 'KB', most(8));

await close();
rmSync(scratch, { recursive: true, force: true });
report();
process.exit(0);

/** Does the work, and gives its answer with the highest memory of the renderers' own (RssAnon) meanwhile, in MB. */
async function whileSampling(work) {
  let highest = ownMemory();
  const timer = setInterval(() => {
    highest = Math.max(highest, ownMemory());
  }, 50);
  try {
    return { answer: await work(), highest };
  } finally {
    clearInterval(timer);
  }
}

function ownMemory() {
  let kilobytes = 0;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      if (!command.includes('--type=renderer') || !command.includes(join(scratch, 'many'))) continue;
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      kilobytes += Number(status.match(/^RssAnon:\s+(\d+) kB$/m)?.[1] ?? 0);
    } catch {
      // The process ended between the list and the look.
    }
  }
  return (kilobytes * 1024) / 1e6;
}

/** The scripts that Today needs: the entry and what it imports statically, and Today's own. */
function firstScreen() {
  const html = readFileSync(join(dist, 'pwa/index.html'), 'utf8');
  const wanted = new Set([...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map((m) => m[1]));
  for (const file of wanted) {
    const text = readFileSync(join(dist, 'pwa', file), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g))
      wanted.add(`assets/${name}`);
  }
  const today = readdirSync(join(dist, 'pwa/assets')).filter((name) => /^today.*\.js$/.test(name));
  for (const name of today) wanted.add(`assets/${name}`);
  return [...wanted].reduce((sum, file) => sum + kilobytes(join(dist, 'pwa', file)), 0);
}

/** What every allowed page gets before anybody asks for anything. */
function contentScript() {
  return join(dist, 'extension/extension/content/main.iife.js');
}

function report() {
  const shown = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2));
  const rows = figures.map(({ name, value, unit, limit }) => {
    const held = limit && (limit.at === 'most' ? value <= limit.value : value >= limit.value);
    return [
      name,
      `${shown(value)} ${unit}`,
      limit ? `at ${limit.at} ${limit.value}` : '',
      limit ? (held ? 'met' : 'MISSED') : '',
    ];
  });
  const width = [0, 1, 2].map((i) => Math.max(...rows.map((row) => row[i].length)));
  say('');
  for (const row of rows) say(row.map((cell, i) => cell.padEnd(width[i] ?? 0)).join('  '));
  mkdirSync('test-results', { recursive: true });
  writeFileSync('test-results/bench.json', `${JSON.stringify({ records: many, figures }, null, 2)}\n`);
  say('\nThe same as JSON: test-results/bench.json');
}
