import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { writeFilm } from '../run/fake-camera.ts';
import { DEMO, expect, readReceipt, signAs, startDemo, test, visit } from './app.ts';
import { expectNoFaults } from './extension-axe.ts';
import { BROWSER_ARGS, DEMO_PIN } from './fixtures.ts';
import { keepPicture } from './pictures.ts';

/** Two browsers that share no network and no storage: each sees the other's screen through its camera. */

const CAMERA = { width: 1280, height: 720 };
const PHONE_PIN = '805172';
const films = mkdtempSync(join(tmpdir(), 'countersign-films-'));
const FILM = { tablet: join(films, 'tablet.y4m'), phone: join(films, 'phone.y4m') };
const looksAt = (film: string) => [
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${film}`,
];

test.use({
  permissions: ['camera'],
  launchOptions: async ({ launchOptions }, use) => {
    for (const film of Object.values(FILM)) {
      writeFilm(film, new Uint8Array(CAMERA.width * CAMERA.height).fill(200), CAMERA);
    }
    await use({ ...launchOptions, args: [...BROWSER_ARGS, ...looksAt(FILM.tablet)] });
  },
});

/** Holds what one screen shows before the other's camera: the picture is what a person would see there. */
async function show(from: Page, label: string | RegExp, film: string): Promise<void> {
  const code = from.getByRole('img', { name: label });
  await expect(code).toBeVisible();
  const png = (await code.screenshot()).toString('base64');
  const luma = await from.evaluate(inGrey, { png, ...CAMERA });
  writeFilm(film, Uint8Array.from(luma), CAMERA);
}

/** Runs in the page: a picture in the middle of a grey wall, one byte a pixel. */
async function inGrey({ png, width, height }: { png: string; width: number; height: number }) {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#ccc';
  context.fillRect(0, 0, width, height);
  const size = height - 40;
  context.drawImage(picture, (width - size) / 2, 20, size, size);
  const { data } = context.getImageData(0, 0, width, height);
  return Array.from({ length: width * height }, (_, i) => data[4 * i] ?? 0);
}

/** A phone with nothing on it. */
async function aPhone(origin: string): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...BROWSER_ARGS, ...looksAt(FILM.phone)],
  });
  const context = await browser.newContext({
    ...{ baseURL: origin, permissions: ['camera'], viewport: { width: 380, height: 780 } },
  });
  return { browser, page: await context.newPage() };
}

/** Looked at by axe, and kept as a picture. */
async function look(page: Page, name: string): Promise<void> {
  await expectNoFaults(page, page, name);
  await keepPicture(page, name);
}

/** The code on the clinic's screen, read on the phone: it says all of this. */
async function readOnPhone(page: Page, phone: Page, facts: readonly string[]): Promise<void> {
  await show(page, `Code for the phone of ${DEMO.lead}`, FILM.phone);
  await page.getByRole('button', { name: 'Stop camera' }).click();
  await phone.getByRole('button', { name: 'Read a code' }).click();
  const asked = phone.getByRole('main');
  for (const fact of facts) await expect(asked).toContainText(fact);
}

/** Signed on the phone; its answer held before the clinic's camera. */
async function answerFromPhone(page: Page, phone: Page): Promise<void> {
  await phone.getByLabel('PIN of this phone').fill(PHONE_PIN);
  await phone.getByRole('button', { name: 'I saw it: sign' }).click();
  await show(phone, 'Your signature', FILM.tablet);
  await page.getByRole('button', { name: 'Start camera' }).click();
  await readReceipt(page);
  await phone.getByRole('button', { name: 'Done' }).click();
}

test('a witness in another room signs on a phone, over two cameras and no network', async ({ page, pwa }) => {
  test.slow();
  const { full } = await startDemo(page);
  const { browser, page: phone } = await aPhone(pwa.origin);

  await test.step('the phone is paired with its owner', async () => {
    await visit(page, 'people', 'People');
    await page.getByRole('button', { name: `Manage ${DEMO.lead}` }).click();
    await page.getByRole('link', { name: `Phones of ${DEMO.lead}` }).click();
    await page.getByRole('button', { name: 'Pair a phone' }).click();
    await show(page, /Invitation for the phone/, FILM.phone);
    await page.getByRole('button', { name: 'Stop camera' }).click();

    await phone.goto('/');
    // Once it has been opened with a network, it needs none.
    await phone.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await phone.context().setOffline(true);
    await phone.reload();
    await phone.getByRole('link', { name: 'Witness on this phone' }).click();
    await phone.getByRole('button', { name: 'Read a code' }).click();
    await expect(phone.getByText(`As ${DEMO.lead}`)).toBeVisible();
    await phone.getByLabel('PIN for this phone').fill(PHONE_PIN);
    await phone.getByLabel('The same again').fill(PHONE_PIN);
    await look(phone, 'phone-pairs');
    await phone.getByRole('button', { name: 'Make a key' }).click();
    await show(phone, 'The key of this phone', FILM.tablet);

    await page.getByRole('button', { name: 'Start camera' }).click();
    await page.getByLabel('PIN', { exact: true }).fill(DEMO_PIN);
    await page.getByRole('button', { name: 'Add the phone' }).click();
    await expect(page.getByText(`now witnesses for ${DEMO.lead}`)).toBeVisible();
    await phone.getByRole('button', { name: 'Done' }).click();
  });

  await test.step('what is wasted is read off the screen, seen and signed', async () => {
    await page.goto(`/#/waste?container=${await containerOf(page, full.number)}`);
    await page.getByLabel('Amount to waste').fill('0.4');
    await page.getByLabel('Wasted by').selectOption({ label: DEMO.juno });
    await page.getByRole('button', { name: 'Go on to the witness' }).click();
    await page.getByLabel(`PIN of ${DEMO.juno}`).fill(DEMO_PIN);
    await page.getByRole('button', { name: 'Witness on their phone' }).click();
    await look(page, 'witness-elsewhere');
    await readOnPhone(page, phone, ['0.4 mL', full.number, DEMO.juno]);
    await look(phone, 'phone-asked');
    await phone.getByLabel('PIN of this phone').fill('000000');
    await phone.getByRole('button', { name: 'I saw it: sign' }).click();
    await expect(phone.getByText('That PIN is wrong')).toBeVisible();
    await answerFromPhone(page, phone);
    await expect(page.getByText(`Wasted 0.4 mL, witnessed by ${DEMO.lead}`)).toBeVisible();
  });

  await test.step('so is what becomes of a discrepancy', async () => {
    await visit(page, 'discrepancy', 'Discrepancies');
    const open = page.getByRole('main').getByRole('listitem').filter({ hasText: 'open' }).first();
    await open.getByRole('link').click();
    const heading = page.getByRole('heading', { name: /^Discrepancy on / });
    const number = ((await heading.textContent()) ?? '').replace('Discrepancy on ', '');
    await page.getByRole('button', { name: 'Resolve it' }).click();
    const form = page.getByRole('region', { name: 'Resolve' });
    await form.getByLabel('What it was').selectOption({ label: 'Counted wrongly' });
    await form.getByRole('radio', { name: /^Leave it/ }).check();
    await form.getByLabel('How it was found out').fill('Read at the wrong mark.');
    await form.getByRole('button', { name: 'Witness on their phone' }).click();
    await expect(form.getByText('Pick a name first.')).toHaveCount(1);
    await signAs(form, { label: 'Resolved by', name: DEMO.registrant });
    await form.getByRole('button', { name: 'Witness on their phone' }).click();
    // The camera still sees what the phone answered before.
    await expect(page.getByText('This answer is to another question.')).toBeVisible();
    await look(page, 'act-elsewhere');
    // Whoever goes back signs anew: what was typed for this act is not lent to another.
    await page.getByRole('button', { name: 'Back to the witness here' }).click();
    await expect(form.getByLabel('How it was found out')).toHaveValue('Read at the wrong mark.');
    await expect(form.getByLabel(`PIN of ${DEMO.registrant}`)).toHaveValue('');
    await signAs(form, { label: 'Resolved by', name: DEMO.registrant });
    await form.getByRole('button', { name: 'Witness on their phone' }).click();
    await readOnPhone(page, phone, ['Counted wrongly', 'Read at the wrong mark.', number, DEMO.registrant]);
    await answerFromPhone(page, phone);
    await expect(page.getByText(`Resolved: Counted wrongly, witnessed by ${DEMO.lead}`)).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    await visit(page, 'today', 'Today');
    const last = page.getByRole('main').locator('a.record-line').first();
    await expect(last).toContainText(`${DEMO.registrant}, witnessed by ${DEMO.lead}`);
  });
  await browser.close();
});

async function containerOf(page: Page, number: string): Promise<string> {
  await visit(page, 'vials', 'Vials');
  const address = await page
    .getByRole('main')
    .getByRole('link', { name: number })
    .first()
    .getAttribute('href');
  return address?.split('/').at(-1)?.split('?')[0] ?? '';
}
