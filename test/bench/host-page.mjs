// What the extension costs the page that it stands in: frames and long tasks of a page of ten thousand rows that changes
// fifty times a second, with the pill, with the form open, and without either, in turn, in one browser.
import { join } from 'node:path';
import { chromium } from 'playwright';
import { allowSite, openSettings } from '../run/allow.mjs';
import { servePms } from '../sites/serve.mjs';

const FOR = 4_000;

/**
 * Gives for each of `without`, `pill` and `form` the frames a second of every round, and for the two with us the
 * longest stretch, in milliseconds, in which the page's thread was in our script (sampled every 0.2 ms).
 */
export async function timeHostPage({ executablePath, dist, profile, args, port, rounds }) {
  const extension = join(dist, 'extension');
  const origin = `http://127.0.0.1:${port}`;
  const close = await servePms(port);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: false,
    ignoreDefaultArgs: ['--disable-extensions'],
    args: [
      ...args,
      '--headless=new',
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
    ],
  });
  try {
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
    const { host } = new URL(worker.url());
    const fps = { without: [], pill: [], form: [] };
    const longest = { pill: 0, form: 0 };
    for (let round = 0; round < rounds; round += 1) {
      fps.without.push((await measure(context, origin, 'without')).fps);
      await allowSite(context, host, origin);
      for (const state of ['pill', 'form']) {
        const { fps: seen, ours } = await measure(context, origin, state);
        fps[state].push(seen);
        longest[state] = Math.max(longest[state], ours);
      }
      await forbid(context, host, origin);
    }
    return { fps, longest };
  } finally {
    await context.close();
    await close();
  }
}

async function forbid(context, id, origin) {
  const page = await openSettings(context, id);
  const back = page.getByRole('button', { name: `Take back ${origin}` });
  await back.click();
  await back.waitFor({ state: 'detached' });
  await page.close();
}

async function measure(context, origin, state) {
  const page = await context.newPage();
  await page.goto(`${origin}/tables/patient/P-10422?as=flood`);
  const pill = page.locator('xpath=/html/*[starts-with(name(), "x-")]').first();
  if (state !== 'without') await pill.waitFor({ state: 'attached' });
  const session = await context.newCDPSession(page);
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: 200 });
  await session.send('Profiler.start');
  if (state === 'form') {
    const box = await pill.boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('xpath=/html/*[@popover]').waitFor({ state: 'attached' });
  }
  const seen = await page.evaluate((milliseconds) => globalThis.measure(milliseconds), FOR);
  const { profile } = await session.send('Profiler.stop');
  await page.close();
  return { fps: (seen.frames * 1000) / FOR, ours: longestOf(profile) };
}

/** The longest run of samples with our script on the stack, in milliseconds. */
function longestOf({ nodes, samples, timeDeltas }) {
  const parent = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = new Map();
  const isOurs = (id) => {
    if (id === undefined) return false;
    if (!known.has(id)) {
      const here = byId.get(id)?.callFrame.url.startsWith('chrome-extension://') ?? false;
      known.set(id, here || isOurs(parent.get(id)));
    }
    return known.get(id);
  };
  let longest = 0;
  let run = 0;
  samples.forEach((id, at) => {
    run = isOurs(id) ? run + timeDeltas[at] : 0;
    longest = Math.max(longest, run);
  });
  return longest / 1000;
}
