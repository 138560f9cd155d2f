import type { Frame, Page } from '@playwright/test';
import { expect, pressPill, test } from './fixtures.ts';
import { attack, closeForm, fillIn, hostilePage, openForm, pageOf, relent, signForReal } from './hostile.ts';
import { Disk } from './kill/clinic.ts';

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

test('a page that never rests is signed on, and the ledger has one entry of it', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin, 'flood'));
  const pill = page.locator('xpath=/html/*[starts-with(name(), "x-")]').first();
  await expect(pill).toBeAttached({ timeout: 90_000 });
  const frame = await openForm(page);
  await fillIn(frame);
  await frame.getByLabel('Drawn', { exact: true }).fill('0.37');
  await frame.getByLabel('Given', { exact: true }).fill('0.37');
  // A page that is slow to say how the form stands in it is one that may be covering it: then it is pressed again.
  await expect(async () => {
    await inSight(frame);
    await signForReal(frame);
  }).toPass({ timeout: 90_000 });
  await closeForm(page, extension);
  await expect.poll(() => disk.draws('0.37', since)).toBe(1);
  expect((await disk.rows('drafts')).length).toBe(0);
  // The page has what it had: its rows, in the order that it gives them itself, and nothing of anybody else's in them.
  await expect(page.locator('main table.grid').last().locator('tr')).toHaveCount(10_000);
  expect(await page.locator('main').textContent()).not.toMatch(/Juno|VetaKet|0\.37/);
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

for (const [how, comesBack] of [
  ['writes the document anew', true],
  ['takes the form into a frame of its own', true],
  ['loads itself anew', false],
] as const)
  test(`a page that ${how} under a form: nothing is signed, and what was typed waits as a draft`, async ({
    chromeContext,
    extension,
    pwa,
    pms,
  }) => {
    const disk = await Disk.of(chromeContext, pwa.origin);
    const since = (await disk.rows('records')).length;
    const page = await chromeContext.newPage();
    await page.goto(hostilePage(pms.origin));
    const frame = await openForm(page);
    await fillIn(frame);
    await frame.getByLabel('Patient', { exact: true }).fill('Rex the Kept');
    await expect.poll(async () => (await disk.rows('drafts')).length).toBe(1);
    await attack(page, how);
    await expect.poll(() => frame.isDetached()).toBe(true);
    if (!comesBack) await pressPill(page);
    const later = await formOf(page);
    const waits = later.getByRole('listitem').filter({ hasText: 'Rex the Kept' });
    await waits.getByRole('button', { name: 'Go on' }).click();
    await expect(later.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
    expect((await disk.rows('records')).length).toBe(since);
    expect(extension.id).not.toBe('');
  });
