import { DEMO } from './app.ts';
import { addKey, keysFor, requireKeys } from './authenticator.ts';
import { expectNoFaults } from './extension-axe.ts';
import { captureFrame, DEMO_PIN, expect, pressPill, test } from './fixtures.ts';
import { keepPicture } from './pictures.ts';

const { juno } = DEMO;

test('a draw that needs a security key is kept over another site, and signed in the app', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  expect(extension.id).toMatch(/^[a-p]{32}$/);
  const app = await chromeContext.newPage();
  await app.goto(pwa.origin);
  const keys = await keysFor(app, [juno]);
  await keys.touch(juno);
  await addKey(app, juno, { name: 'Key on my ring' });
  await expect(app.getByText(/^“Key on my ring” is added for /)).toBeVisible();
  await requireKeys(app, 'Draw or give');

  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByText('This has to be signed in the Countersign app.')).toBeVisible();
  await frame.getByRole('searchbox', { name: 'Vial' }).fill('ketamine');
  await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  await frame.getByLabel('Drawn', { exact: true }).fill('0.2');
  await frame.getByLabel('Patient', { exact: true }).fill('Bella');
  await frame.getByLabel('Drawn by').selectOption({ label: juno });
  await expect(frame.getByLabel(/^PIN/)).toHaveCount(0);
  await frame.getByRole('button', { name: 'Keep as a draft' }).click();
  await expect(
    frame.getByText('What you typed is kept as a draft: open the app', { exact: false }),
  ).toBeVisible();
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.2');
  await expectNoFaults(page, frame, 'factor-overlay');
  await keepPicture(page, 'factor-overlay-1280-light');
  await page.close();

  await app.goto(`${pwa.origin}/#/today`);
  await app.getByRole('link', { name: 'Go on: the draft' }).click();
  await expect(app.getByLabel('Drawn', { exact: true })).toHaveValue('0.2');
  await app.getByLabel(`PIN of ${juno}`).fill(DEMO_PIN);
  await app.getByRole('button', { name: 'Sign and record' }).click();
  await expect(app.getByRole('heading', { name: 'Recorded', exact: true })).toBeVisible();
});
