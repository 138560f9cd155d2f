import type { Page } from '@playwright/test';
import {
  DEMO,
  drawFrom,
  expect,
  expectScreen,
  fillDraw,
  readReceipt,
  record,
  startDemo,
  test,
  visit,
} from './app.ts';

/** How many records the ledger says that it has. */
async function sizeOf(page: Page): Promise<number> {
  await visit(page, 'ledger', 'Ledger');
  const text = await page.getByText(/^[\d,]+ records$/).textContent();
  return Number(text?.replace(/\D/g, ''));
}

test('pressing twice records once', async ({ page }) => {
  const { number } = (await startDemo(page)).full;
  const before = await sizeOf(page);

  await test.step('a double click', async () => {
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.41', by: DEMO.sol });
    await record(page).dblclick();
    expect(await readReceipt(page)).toHaveLength(1);
    expect(await sizeOf(page)).toBe(before + 1);
  });

  await test.step('Enter, twice', async () => {
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.42', by: DEMO.sol });
    await page.getByLabel(`PIN of ${DEMO.sol}`).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await readReceipt(page)).toHaveLength(1);
    expect(await sizeOf(page)).toBe(before + 2);
  });
});

test('what was begun survives a closed page, and nothing of it is recorded', async ({ page, context }) => {
  const { number } = (await startDemo(page)).full;
  const before = await sizeOf(page);
  const other = await context.newPage();
  await visit(other, 'today', 'Today');
  const begun = other.getByRole('listitem').filter({ hasText: 'Begun and not signed' });

  await test.step('a page dies with a half-filled form', async () => {
    await drawFrom(page, number);
    await page.getByLabel('Drawn', { exact: true }).fill('0.55');
    await page.getByLabel('Given', { exact: true }).fill('0.45');
    await page.getByLabel('Patient', { exact: true }).fill('Mochi');
    await expect(begun).toContainText('Nothing is recorded until somebody signs.');
    // Each change is saved on its way; a page that dies may take the one with it that is just being saved.
    await expect(async () => {
      await visit(other, 'today', 'Today');
      await begun.getByRole('link', { name: /^Go on/ }).click();
      await expect(other.getByLabel('Patient', { exact: true })).toHaveValue('Mochi', { timeout: 1000 });
    }).toPass();
    await visit(other, 'today', 'Today');
    await page.close();
  });

  await test.step('Today offers it, everything typed is there, and no PIN', async () => {
    await other.reload();
    await begun.getByRole('link', { name: /^Go on/ }).click();
    await expectScreen(other, 'Draw or give');
    await expect(other.getByLabel('Drawn', { exact: true })).toHaveValue('0.55');
    await expect(other.getByLabel('Given', { exact: true })).toHaveValue('0.45');
    await expect(other.getByLabel('Patient', { exact: true })).toHaveValue('Mochi');
    expect(await sizeOf(other)).toBe(before);
  });

  await test.step('once signed it is no draft any more', async () => {
    await visit(other, 'today', 'Today');
    await begun.getByRole('link', { name: /^Go on/ }).click();
    await fillDraw(other, { drawn: '0.55', given: '0.55', patient: 'Mochi', by: DEMO.sol });
    await record(other).click();
    expect(await readReceipt(other)).toHaveLength(1);
    await visit(other, 'today', 'Today');
    await expect(begun).toHaveCount(0);
  });
});
