// The whole draw-and-waste of two people at one screen, timed in the built app on the demo clinic.
import { chromium } from 'playwright';

const DEMO_PIN = '246810';
/** The largest container, which nobody counts wrong in the demo. */
const VIAL = /^E-/;
const [PERFORMER, WITNESS] = ['Sol Fernfiction', 'Juno Pikesample'];

/**
 * Draws with something left over and wastes it with a witness, `count` times. Gives for each the milliseconds that
 * the two people waited: from the Enter that ends the performer's PIN to the witness's step, and from the one that
 * ends the witness's PIN to the receipt. What they type and read is not in it.
 */
export async function timeDrawAndWaste({ executablePath, origin, profile, args, count }) {
  const context = await chromium.launchPersistentContext(profile, { executablePath, headless: true, args });
  context.setDefaultTimeout(40_000);
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.addInitScript(watchWaits);
    await page.goto(origin);
    await page.getByRole('button', { name: 'Try the demo clinic' }).click();
    await page.getByRole('heading', { name: 'What needs doing' }).waitFor();
    const times = [];
    // The first one warms up what a clinic's tablet has warm all day.
    for (let round = -1; round < count; round += 1) {
      const waited = await drawAndWaste(page, origin);
      if (round >= 0) times.push(waited);
    }
    return times;
  } finally {
    await context.close();
  }
}

async function drawAndWaste(page, origin) {
  await page.goto(`${origin}/#/today`);
  // A worker of its own for each round: neither PIN has been typed before.
  await page.reload();
  await page.getByRole('link', { name: 'Draw or give' }).click();
  await page.getByRole('list', { name: 'Open vials' }).getByRole('button', { name: VIAL }).first().click();
  await page.getByLabel('Drawn', { exact: true }).fill('0.02');
  await page.getByLabel('Given', { exact: true }).fill('0.01');
  await page.getByLabel('Patient', { exact: true }).fill('Biscuit');
  await page.getByLabel('Drawn by', { exact: true }).selectOption({ label: PERFORMER });
  const waits = () => page.evaluate(() => globalThis.takeWaits());
  await waits();
  await sign(page, PERFORMER);
  await page.getByRole('heading', { name: /^Waste 0\.01/ }).waitFor();
  await page.getByLabel('Witness, who saw it', { exact: true }).selectOption({ label: WITNESS });
  await sign(page, WITNESS);
  await page.getByRole('heading', { name: 'Recorded', exact: true }).waitFor();
  const [drawn, wasted] = await waits();
  return { drawn, wasted, all: drawn + wasted };
}

async function sign(page, name) {
  const pin = page.getByLabel(`PIN of ${name}`, { exact: true });
  await pin.fill(DEMO_PIN);
  await pin.press('Enter');
}

/** Runs in the page from its beginning: a clock for every Enter in a PIN until the next step stands there. */
function watchWaits() {
  let started = null;
  let waits = [];
  globalThis.takeWaits = () => {
    const taken = waits;
    waits = [];
    return taken;
  };
  addEventListener(
    'keydown',
    ({ key, target }) => {
      if (key === 'Enter' && target instanceof HTMLInputElement) started = performance.now();
    },
    { capture: true },
  );
  new MutationObserver(() => {
    if (started === null) return;
    const steps = document.querySelectorAll('.witness-what h2, .receipt h2');
    const fresh = [...steps].find((step) => !step.dataset.seen);
    if (!fresh) return;
    fresh.dataset.seen = 'yes';
    waits.push(performance.now() - started);
    started = null;
  }).observe(document, { childList: true, subtree: true });
}
