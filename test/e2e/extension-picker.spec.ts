import type { Frame, Page } from '@playwright/test';
import { CATALOGUE, type CatalogueEntry, type PointedField } from '../sites/catalogue.ts';
import { captureFrame, DEMO_PIN, type Extension, expect, pressAway, pressPill, test } from './fixtures.ts';
import { panelOf, pointAt } from './picker.ts';
import { keepPicture } from './pictures.ts';
import { pointedAt, pressNext } from './sites.ts';

const PERFORMER = 'Juno Pikesample';

/** The picker's steps, with what its panel asks for at each. */
const STEPS: readonly (readonly [PointedField, string])[] = [
  ['patient', 'Point at the patient’s name'],
  ['species', 'Point at the species'],
  ['owner', 'Point at the owner'],
  ['weight', 'Point at the weight'],
  ['recordNumber', 'Point at the record number'],
  ['drug', 'Point at the drug'],
  ['dose', 'Point at the dose'],
  ['note', 'Point at the field that notes are typed into'],
];

/** Sets a page up from the form's own button, with the mouse where somebody would look and the keys on the panel. */
async function setUp(page: Page, extension: Extension, entry: CatalogueEntry): Promise<void> {
  await extension.toggle(page);
  const frame = await captureFrame(page);
  // The form takes the keyboard once it has its vials.
  await expect(frame.getByRole('searchbox', { name: 'Vial' })).toBeFocused();
  await pressAway(page, frame.getByRole('button', { name: /^Set up this page/ }));
  const panel = await panelOf(page);
  for (const [field, asks] of STEPS) {
    await panel.shows(asks);
    const pointing = entry.points[field];
    if (pointing) await pointAt(page, pointedAt(page, pointing), pointing.reads, panel);
    else await page.keyboard.press('s');
  }
  await page.keyboard.press('f');
  await panel.shows('Is this right?');
  if (entry.name === 'vetspire') await keepPicture(page, 'picker-review-1280-light');
  await page.keyboard.press('Enter');
  await expect.poll(() => panel.read()).toEqual([]);
}

const hasForm = (page: Page) => page.frames().some((one) => one.url().startsWith('chrome-extension://'));

/** Presses the pill until the form is there: a page that goes to another route takes the pill away and back. */
async function openForm(page: Page): Promise<Frame> {
  await expect(async () => {
    if (!hasForm(page)) await pressPill(page);
    await expect.poll(() => hasForm(page), { timeout: 4_000 }).toBe(true);
  }).toPass({ timeout: 30_000 });
  return captureFrame(page);
}

const offerOf = (frame: Frame) => frame.getByRole('region', { name: 'From the page' });

/** Draws and gives an amount from a vial of ketamine, whatever the page has offered. Gives the record's number. */
async function capture(frame: Frame, amount: string): Promise<number> {
  await frame.getByRole('button', { name: /^Fill in/ }).click();
  const field = frame.getByRole('searchbox', { name: 'Vial' });
  const change = frame.getByRole('button', { name: 'Change' });
  await expect(field.or(change)).toBeVisible();
  if (await change.isVisible()) await change.click();
  await field.fill('ketamine');
  await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  await frame.getByLabel('Drawn', { exact: true }).fill(amount);
  await frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  const recorded = frame.getByRole('heading', { name: 'Recorded' });
  // A page that does not answer in time is one that may be covering the form: then it is pressed again.
  await expect(async () => {
    if (!(await recorded.isVisible())) await frame.getByRole('button', { name: 'Sign and record' }).click();
    await expect(recorded).toBeVisible({ timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
  return Number((await frame.locator('.receipt .notice p').first().textContent())?.match(/No\. (\d+)/)?.[1]);
}

async function expectOffer(frame: Frame, entry: CatalogueEntry, reads: Iterable<string>): Promise<void> {
  for (const text of reads) await expect(offerOf(frame), `${entry.label} says ${text}`).toContainText(text);
}

test.use({ actionTimeout: 20_000 });
// Eight pages, each of them pointed at, drawn from and looked at again.
test.setTimeout(300_000);

test('each page of the catalogue is set up by pointing alone, and a draw from it is in the ledger', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const recorded: { seq: number; amount: string }[] = [];
  const page = await chromeContext.newPage();
  for (const [index, entry] of CATALOGUE.entries()) {
    await test.step(entry.label, async () => {
      await page.goto(`${pms.origin}${entry.path}`);
      await setUp(page, extension, entry);
      const frame = await openForm(page);
      const { note: _note, ...fields } = entry.points;
      await expectOffer(
        frame,
        entry,
        Object.values(fields).map(({ reads }) => reads),
      );
      const amount = `0.${10 + index}`;
      recorded.push({ seq: await capture(frame, amount), amount: String(Number(amount)) });
      await extension.toggle(page);
      await expect.poll(() => hasForm(page)).toBe(false);
      await pressNext(page, entry);
      await expectOffer(await openForm(page), entry, Object.values(entry.next.reads));
    });
  }
  expect(recorded).toHaveLength(CATALOGUE.length);
  const app = await chromeContext.newPage();
  for (const { seq, amount } of recorded) {
    await app.goto(`${pwa.origin}/#/ledger/${seq}`);
    await expect(app.locator('main')).toContainText(`Drew and gave ${amount}`);
  }
});
