import { expectNoFaults } from './extension-axe.ts';
import { captureFrame, DEMO_PIN, expect, pressPill, test } from './fixtures.ts';

const PERFORMER = 'Juno Pikesample';
const WITNESS = 'Tova Marshmade';

test('axe finds nothing against the form over a page, from the offer to the receipt', async ({
  chromeContext,
  extension,
  pms,
}) => {
  expect(extension.id).not.toBe('');
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10507`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByText('no open vial of that drug has this strength')).toBeVisible();
  await expectNoFaults(page, frame, 'the offer and an empty form');

  await frame.getByRole('button', { name: 'Fill in from the page' }).click();
  await frame.getByRole('searchbox', { name: 'Vial' }).fill('simbadol');
  await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  await frame.getByRole('button', { name: 'Sign and record' }).click();
  await expect(frame.locator('[aria-invalid="true"]').first()).toBeVisible();
  await expectNoFaults(page, frame, 'a form with a warning and refusals');

  await frame.getByLabel('Given').fill('0.15');
  await frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Sign and record' }).click();
  await frame.getByLabel('Witness, who saw it').selectOption({ label: WITNESS });
  await expectNoFaults(page, frame, 'the witness');

  await frame.getByRole('button', { name: 'Leave it open' }).click();
  await expect(frame.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  await expectNoFaults(page, frame, 'the receipt and what waits');

  await frame.getByRole('button', { name: 'Waste a leftover' }).click();
  await expect(frame.getByRole('button', { name: /^Waste 0\.1 mL/ })).toBeVisible();
  await expectNoFaults(page, frame, 'the leftovers');
});

test('axe finds nothing against the options page', async ({ chromeContext, extension }) => {
  const page = await chromeContext.newPage();
  await page.goto(`chrome-extension://${extension.id}/extension/options/index.html`);
  await expect(page.getByText('This extension writes into the ledger')).toBeVisible();
  await page.getByRole('button', { name: 'Allow this site' }).click();
  await expect(page.locator('[aria-invalid="true"]')).toBeVisible();
  await expectNoFaults(page, page, 'the options');
});

test.describe('before anybody has approved it', () => {
  test.use({ start: 'demo' });
  test('axe finds nothing against the options page and the side panel’s', async ({
    chromeContext,
    extension,
  }) => {
    const page = await chromeContext.newPage();
    for (const address of ['options/index.html', 'overlay/panel.html']) {
      await page.goto(`chrome-extension://${extension.id}/extension/${address}`);
      await expect(page.locator('.pair-code')).toBeVisible();
      await expectNoFaults(page, page, address);
    }
  });
});
