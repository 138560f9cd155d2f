import type { Page } from '@playwright/test';
import { captureFrame, DEMO_PIN, type Extension, expect, test } from './fixtures.ts';

const PERFORMER = 'Juno Pikesample';
const WITNESS = 'Tova Marshmade';

/** The browser's own event of the toolbar button or the shortcut, raised in the background for the tab of a page. */
async function press(extension: Extension, page: Page, what: 'toolbar' | 'shortcut'): Promise<void> {
  await (await extension.worker()).evaluate(
    async ([url, pressed]) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
      const event = pressed === 'toolbar' ? chrome.action.onClicked : chrome.commands.onCommand;
      const dispatch: unknown = Reflect.get(event, 'dispatch');
      if (!tab || typeof dispatch !== 'function') throw new Error('Nothing to press.');
      Reflect.apply(dispatch, event, pressed === 'toolbar' ? [tab] : ['open-overlay', tab]);
    },
    [page.url(), what] as const,
  );
}

test('the toolbar button and the shortcut open the form over the page, and close it', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  for (const what of ['toolbar', 'shortcut'] as const) {
    await press(extension, page, what);
    await expect((await captureFrame(page)).getByLabel('Drawn', { exact: true })).toBeVisible();
    await press(extension, page, what);
    await expect.poll(() => page.frames().length).toBe(1);
  }
  const commands = await (await extension.worker()).evaluate(() => chrome.commands.getAll());
  expect(commands.map(({ name }) => name)).toContain('open-overlay');
});

test('the side panel’s page does a draw and its witnessed waste by itself', async ({
  chromeContext,
  extension,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`chrome-extension://${extension.id}/extension/overlay/panel.html`);
  await expect(page.getByRole('button', { name: 'Read the page' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Vial' }).fill('ketamine');
  await page.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  await page.getByLabel('Drawn', { exact: true }).fill('0.3');
  await page.getByLabel('Given').fill('0.2');
  await page.getByLabel('Patient', { exact: true }).fill('Bella');
  await page.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await page.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  await page.getByRole('button', { name: 'Sign and record' }).click();
  await expect(page.getByRole('heading', { name: /Waste 0.1/ })).toBeVisible();
  await page.getByLabel('Witness, who saw it').selectOption({ label: WITNESS });
  await page.getByLabel(`PIN of ${WITNESS}`).fill(DEMO_PIN);
  await page.getByRole('button', { name: 'Witness and record' }).click();
  await expect(page.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  await expect(page.locator('.receipt .notice p')).toHaveCount(2);
  for (const receipt of await page.locator('.receipt .notice p').allTextContents())
    expect(receipt).toMatch(/No\. \d+ ([0-9a-f]{4} ){3}[0-9a-f]{4}/);
  await expect(page.getByText('Not in the ledger yet')).toHaveCount(0);
});
