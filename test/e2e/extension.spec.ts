import type { Frame, Page } from '@playwright/test';
import { inPlainSight } from './fill.ts';
import { captureFrame, DEMO_PIN, expect, pressPill, test } from './fixtures.ts';
import { keepPicture } from './pictures.ts';

const PERFORMER = 'Juno Pikesample';
const WITNESS = 'Tova Marshmade';

/** Picks an open vial of a drug from the list, whatever the page has offered. */
async function pickVial(frame: Frame, drug: string): Promise<void> {
  const field = frame.getByRole('searchbox', { name: 'Vial' });
  const change = frame.getByRole('button', { name: 'Change' });
  await expect(field.or(change)).toBeVisible();
  if (await change.isVisible()) await change.click();
  await field.fill(drug);
  await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
}

async function signDraw(frame: Frame, pin = DEMO_PIN): Promise<void> {
  await inPlainSight(frame);
  await frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(pin);
  await frame.getByRole('button', { name: 'Sign and record' }).click();
}

/** A draw of 0.35 mL with 0.25 mL given, then the leftover wasted with its witness. Gives the receipt's numbers. */
async function drawAndWaste(frame: Frame, look: (what: string) => Promise<void>): Promise<number[]> {
  await frame.getByRole('button', { name: /^Fill in/ }).click();
  await pickVial(frame, 'ketamine');
  await frame.getByLabel('Drawn', { exact: true }).fill('0.35');
  await frame.getByLabel('Given').fill('0.25');
  await look('3-filled-in');
  await signDraw(frame);
  await expect(frame.getByRole('heading', { name: /Waste 0.1/ })).toBeVisible();
  await look('4-witness');
  await frame.getByLabel('Witness, who saw it').selectOption({ label: WITNESS });
  await frame.getByLabel(`PIN of ${WITNESS}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Witness and record' }).click();
  await expect(frame.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  await look('5-recorded');
  const receipts = await frame.locator('.receipt .notice p').allTextContents();
  for (const receipt of receipts) expect(receipt).toMatch(/No\. \d+ ([0-9a-f]{4} ){3}[0-9a-f]{4}/);
  return receipts.map((text) => Number(text.match(/No\. (\d+)/)?.[1]));
}

/** What the ledger says of a number, in a tab of the app that is opened only now. */
async function recordInApp(page: Page, origin: string, seq: number): Promise<string> {
  await page.goto(`${origin}/#/ledger/${seq}`);
  await page.reload();
  await expect(page.getByText(WITNESS).or(page.getByText(PERFORMER)).first()).toBeVisible();
  return (await page.locator('main').textContent()) ?? '';
}

for (const { name, path, patient } of [
  { name: 'server-rendered tables', path: '/tables/patient/P-10422', patient: 'Bella' },
  { name: 'single-page app', path: '/spa/patient/P-10507', patient: 'Mr. Biscuit' },
]) {
  test(`a draw and its witnessed waste from over the ${name}, with no tab of the app open`, async ({
    chromeContext,
    extension,
    pwa,
    pms,
  }) => {
    const before = pms.submitted();
    const page = await chromeContext.newPage();
    await page.goto(`${pms.origin}${path}`);
    const strip = async (what: string, of: Page = page) => {
      if (path.startsWith('/spa')) await keepPicture(of, `strip-${what}`, { readme: true });
    };
    await strip('1-page');
    await pressPill(page);
    const frame = await captureFrame(page);
    await expect(frame.getByText('The page at')).toBeVisible();
    await expect(frame.getByLabel('Patient', { exact: true })).toHaveValue('');
    for (const width of [380, 820, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const picture = `overlay-${path.split('/')[1]}-${width}-light`;
      await keepPicture(page, picture, { readme: picture === 'overlay-spa-1280-light' });
    }
    await strip('2-form');
    const [draw, waste] = await drawAndWaste(frame, strip);
    expect(waste).toBe((draw ?? 0) + 1);
    expect(chromeContext.pages().some((tab) => tab.url().startsWith(pwa.origin))).toBe(false);
    await expect
      .poll(async () => (await extension.worker()).evaluate(() => chrome.action.getTitle({})))
      .not.toContain('not in the ledger yet');

    const note = page.getByLabel('Note');
    await expect(note).toHaveValue('');
    await frame.getByRole('button', { name: 'Put into the note field' }).click();
    await expect(note).toHaveValue(new RegExp(`^Countersign no\\. ${draw} .*; Countersign no\\. ${waste} `));
    await expect(frame.getByText('Save the note there yourself')).toBeVisible();
    expect(pms.submitted()).toBe(before);
    await expect(page.locator('html')).not.toHaveAttribute('data-saved', /./);

    const app = await chromeContext.newPage();
    expect(await recordInApp(app, pwa.origin, draw ?? 0)).toContain('0.35');
    await strip('6-in-the-ledger', app);
    expect(await recordInApp(app, pwa.origin, waste ?? 0)).toContain(WITNESS);
    await expect(app.locator('body')).not.toContainText(patient);
  });
}

test('a form of the single-page app survives its redraws, and follows the route', async ({
  chromeContext,
  extension,
  pms,
}) => {
  expect(extension.id).toMatch(/^[a-p]{32}$/);
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/spa/`);
  await page.getByRole('button', { name: /Bella/ }).click();
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByText('Bella · Canine')).toBeVisible();
  await frame.getByLabel('Drawn', { exact: true }).fill('0.4');
  const clock = page.locator('.clock');
  const drawnAt = (await clock.textContent()) ?? '';
  await expect(clock).not.toHaveText(drawnAt);
  await page.getByRole('button', { name: /Juniper/ }).click();
  await expect(frame.getByText('Juniper · Equine')).toBeVisible();
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.4');
  await expect(frame.getByLabel('Patient', { exact: true })).toHaveValue('');
});

test('the shortcut opens and closes, and a wrong PIN keeps what was typed', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  await extension.toggle(page);
  const frame = await captureFrame(page);
  await pickVial(frame, 'ketamine');
  await frame.getByLabel('Drawn', { exact: true }).fill('0.2');
  await frame.getByLabel('Patient', { exact: true }).fill('Bella');
  await signDraw(frame, '000000');
  await expect(frame.locator('[aria-invalid="true"]')).toBeVisible();
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.2');
  await extension.toggle(page);
  await expect.poll(() => page.frames().length).toBe(1);
});

test('a strength that no open vial has is said, and stands beside the amount of whichever vial is picked', async ({
  chromeContext,
  extension,
  pms,
}) => {
  expect(extension.id).not.toBe('');
  const page = await chromeContext.newPage();
  // The page says 0.3 mg/mL; the clinic's only buprenorphine is Simbadol, six times as strong.
  await page.goto(`${pms.origin}/tables/patient/P-10507`);
  await pressPill(page);
  const frame = await captureFrame(page);
  const offer = frame.getByRole('region', { name: 'From the page' });
  await expect(offer.getByText('The page says 0.3 mg/mL, and no open vial of that drug')).toBeVisible();
  await expect(offer).toContainText('Buprenorphine (Simbadol) 1.8 mg/mL');
  await expect(frame.getByRole('button', { name: /with vial/ })).toHaveCount(0);

  await frame.getByRole('button', { name: 'Fill in from the page' }).click();
  await expect(frame.getByRole('searchbox', { name: 'Vial' })).toBeVisible();
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.25');
  await pickVial(frame, 'simbadol');
  const warning = frame.locator('form').getByText(/The page says 0\.3 mg\/mL, and S-\d+ is .* 1\.8 mg\/mL/);
  await expect(warning).toBeVisible();
  await frame.getByLabel('Drawn', { exact: true }).fill('0.04');
  await signDraw(frame);
  await expect(frame.getByRole('heading', { name: 'Recorded' })).toBeVisible();
});

test('a waste that was refused and left is gone on with, as it was typed, in the app or from the list', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  expect(extension.id).not.toBe('');
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await pickVial(frame, 'ketamine');
  await frame.getByLabel('Drawn', { exact: true }).fill('0.35');
  await frame.getByLabel('Given').fill('0.25');
  await frame.getByLabel('Patient', { exact: true }).fill('Bella');
  await signDraw(frame);
  await frame.getByLabel('Reason').selectOption('Procedure stopped');
  await frame.getByLabel('Witness, who saw it').selectOption({ label: WITNESS });
  await frame.getByLabel(`PIN of ${WITNESS}`).fill('000000');
  await frame.getByRole('button', { name: 'Witness and record' }).click();
  await expect(frame.locator('[aria-invalid="true"]')).toBeVisible();
  const app = await chromeContext.newPage();
  await app.goto(`${pwa.origin}/#/today`);
  await app.locator('a[href*="#/waste/"][href*="draft="]').click();
  await expect(app.getByRole('heading', { name: /Waste 0.1/ })).toBeVisible();
  await expect(app.getByLabel('Reason')).toHaveValue('Procedure stopped');
  await app.close();
  await page.reload();
  await pressPill(page);
  const later = await captureFrame(page);
  await expect(later.getByText('Waste of 0.1 mL')).toBeVisible();
  await later.getByRole('button', { name: 'Go on' }).click();
  await expect(later.getByLabel('Reason')).toHaveValue('Procedure stopped');
  await later.getByLabel(`PIN of ${PERFORMER}, who wastes it`).fill(DEMO_PIN);
  await later.getByLabel(`PIN of ${WITNESS}`).fill(DEMO_PIN);
  await inPlainSight(later);
  await later.getByRole('button', { name: 'Witness and record' }).click();
  await expect(later.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  await expect(later.getByText('Not in the ledger yet')).toHaveCount(0);
});

test('the background dies in the middle: one entry, once', async ({ chromeContext, extension, pwa, pms }) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await frame.getByRole('button', { name: /^Fill in/ }).click();
  await pickVial(frame, 'ketamine');
  await frame.getByLabel('Drawn', { exact: true }).fill('0.33');
  await frame.getByLabel('Given').fill('0.33');
  await extension.kill();
  await frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Sign and record' }).click();
  await extension.kill();
  const recorded = frame.getByRole('heading', { name: 'Recorded' });
  const again = frame.getByRole('button', { name: 'Sign and record' });
  await expect(async () => {
    if (await recorded.isVisible()) return;
    // A PIN that stood there while the tab was not in front is gone.
    await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN, { timeout: 1000 });
    await again.click({ timeout: 1000 });
    await expect(recorded).toBeVisible({ timeout: 3000 });
  }).toPass();
  const app = await chromeContext.newPage();
  await app.goto(`${pwa.origin}/#/ledger`);
  await expect(app.getByText(/0\.33 mL/)).toHaveCount(1);
});

test('what nobody has signed waits as a draft, in sight, over the death of the background', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await pickVial(frame, 'ketamine');
  await frame.getByLabel('Drawn', { exact: true }).fill('0.21');
  await frame.getByLabel('Patient', { exact: true }).fill('Bella');
  const title = async () => (await extension.worker()).evaluate(() => chrome.action.getTitle({}));
  await expect.poll(title).toContain('1 not in the ledger yet');
  await expect(frame.getByText('What you have typed is kept as a draft.')).toBeVisible();
  await extension.kill();
  await page.reload();
  await pressPill(page);
  const later = await captureFrame(page);
  await expect(later.getByText('typed, not signed')).toBeVisible();
  await later.getByRole('button', { name: 'Go on' }).click();
  await expect(later.getByLabel('Drawn', { exact: true })).toHaveValue('0.21');
  await expect(later.getByLabel('Patient', { exact: true })).toHaveValue('Bella');
});
