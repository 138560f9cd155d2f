import type { Frame, Page } from '@playwright/test';
import { expect, pressPill, test } from './fixtures.ts';
import { attack, closeForm, fillIn, hostilePage, openForm, pageOf, relent, signForReal } from './hostile.ts';
import { Disk, outboxOf } from './kill/clinic.ts';

const COVER = 'covers all of it with what can hardly be seen';
const isCovered = (frame: Frame) => expect(frame.getByText('Signing is switched off here.')).toBeVisible();
const inSight = (frame: Frame) => expect(frame.locator('main[data-sight="none"]')).toBeVisible();

test('a page that lures somebody into pressing through a cover gets no line of the record, and no draft is dropped', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin));
  const first = await openForm(page);
  await first.getByLabel('Patient', { exact: true }).fill('Rex the Kept');
  await expect
    .poll(async () => (await extension.worker()).evaluate(() => chrome.action.getTitle({})))
    .toContain('not in the ledger yet');
  await closeForm(page, extension);
  const before = await pageOf(page);

  const frame = await openForm(page);
  const draft = frame.getByRole('listitem').filter({ hasText: 'Rex the Kept' });
  await attack(page, COVER);
  await isCovered(frame);
  await draft.getByRole('button', { name: 'Drop' }).press('Enter');
  await expect(frame.getByText('Nothing was dropped.')).toBeVisible();
  await expect(draft).toBeVisible();
  await relent(page);

  await inSight(frame);
  await fillIn(frame);
  await signForReal(frame);
  const put = frame.getByRole('button', { name: 'Put into the note field' });
  await attack(page, COVER);
  await isCovered(frame);
  await put.press('Enter');
  await expect(frame.getByText('so nothing was written')).toBeVisible();
  await expect(page.getByLabel('Note')).toHaveValue('');
  await relent(page);
  expect(await pageOf(page)).toBe(before);

  await inSight(frame);
  await put.press('Enter');
  await expect(page.getByLabel('Note')).toHaveValue(/Countersign no\. \d+/);
  await draft.getByRole('button', { name: 'Drop' }).press('Enter');
  await expect(draft).toHaveCount(0);
});

/** The form that stands in the page itself: one that the page has taken elsewhere is on its way out. */
async function formOf(page: Page): Promise<Frame> {
  const find = () =>
    page
      .mainFrame()
      .childFrames()
      .find((one) => one.url().startsWith('chrome-extension:'));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find() ?? formOf(page);
}

/** What a page can do that takes the form with it, and whether it comes back by itself. */
const TAKE = [
  ['writes the document anew', true],
  ['takes the form into a frame of its own', true],
  ['loads itself anew', false],
] as const;

test('a page that takes the form away in whatever way under somebody who types: nothing is signed, and what was typed waits as a draft', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  for (const [index, [how, comesBack]] of TAKE.entries())
    await test.step(how, async () => {
      const name = `Rex the ${index + 1}. Kept`;
      await page.goto(hostilePage(pms.origin));
      const frame = await openForm(page);
      await fillIn(frame);
      await frame.getByLabel('Patient', { exact: true }).fill(name);
      await expect.poll(async () => (await disk.rows('drafts')).length).toBe(index + 1);
      await expect
        .poll(async () => new Set(await outboxOf(await extension.worker())))
        .toEqual(new Set(['draft, told']));
      await attack(page, how);
      await expect.poll(() => frame.isDetached()).toBe(true);
      if (!comesBack) await pressPill(page);
      const later = await formOf(page);
      const waits = later.getByRole('listitem').filter({ hasText: name });
      await waits.getByRole('button', { name: 'Go on' }).click();
      await expect(later.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
      await expect(later.getByLabel('Patient', { exact: true })).toHaveValue(name);
    });
  expect((await disk.rows('records')).length).toBe(since);
});
