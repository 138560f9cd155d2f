import type { Page } from '@playwright/test';
import { captureFrame, type Extension, expect, pressPill, test } from './fixtures.ts';
import { type SidePanel, sidePanel } from './side-panel.ts';

const BELLA = '/tables/patient/P-10422';
const BISCUIT = '/tables/patient/P-10507';

/** Opens the browser's side panel from the form over the page, and closes that one. */
async function openBeside(page: Page, extension: Extension): Promise<SidePanel> {
  await pressPill(page);
  const frame = await captureFrame(page);
  await frame.getByRole('button', { name: 'Side panel' }).click();
  const panel = await sidePanel(page, extension);
  await extension.toggle(page);
  await expect.poll(() => page.frames().length).toBe(1);
  return panel;
}

test('the side panel follows the page in front, and says when the form is for somebody else', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}${BELLA}`);
  const panel = await openBeside(page, extension);
  const isForBella = 'This form is for Bella, P-10422.';
  const settled = async () => {
    await expect.poll(() => panel.text()).not.toContain('This form is for');
    expect(await panel.value('Patient')).toBe('Bella');
  };

  await test.step('it says what the page says, without being asked', async () => {
    await panel.shows('Bella · Canine');
    await panel.press(/^Fill in/);
    await expect.poll(() => panel.value('Patient')).toBe('Bella');
    await settled();
  });

  const other = await chromeContext.newPage();
  await test.step('another tab comes to the front, and goes back again', async () => {
    await other.goto(`${pms.origin}${BISCUIT}`);
    await panel.shows(isForBella);
    await panel.shows(/The page shows Mr\. Biscuit, P-10507 now\. Nothing in the form was\s+changed/);
    await page.bringToFront();
    await settled();
  });

  await test.step('a tab that may not be read shows nobody', async () => {
    const blank = await chromeContext.newPage();
    await panel.shows('The page shows nobody now.');
    await blank.close();
    await page.bringToFront();
    await settled();
  });

  await test.step('the page draws somebody else without changing its address', async () => {
    await page.evaluate(() => {
      const cells = [...document.querySelectorAll('td, dd')];
      for (const cell of cells) if (cell.textContent?.trim() === 'Bella') cell.textContent = 'Nella';
    });
    await panel.shows('The page shows Nella, P-10422 now.');
    await page.reload();
    await settled();
  });

  await test.step('the page is another patient’s, in the same tab', async () => {
    await page.goto(`${pms.origin}${BISCUIT}`);
    await panel.shows('The page shows Mr. Biscuit, P-10507 now.');
    // It was loaded anew: it is looked at again and again all the same.
    await page.waitForTimeout(4_000);
    await page.evaluate(() => {
      const cells = [...document.querySelectorAll('td, dd')];
      for (const cell of cells) if (cell.textContent?.trim() === 'Mr. Biscuit') cell.textContent = 'Toast';
    });
    await panel.shows('The page shows Toast, P-10507 now.');
  });

  await test.step('the background dies: what comes to the front is heard of all the same', async () => {
    await extension.kill();
    await page.goto(`${pms.origin}${BELLA}`);
    await settled();
    await other.bringToFront();
    await panel.shows('The page shows Mr. Biscuit, P-10507 now.');
  });
});
