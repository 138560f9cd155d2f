import type { Frame, Page } from '@playwright/test';
import { CATALOGUE, type CatalogueEntry } from '../sites/catalogue.ts';
import { type Extension, expect, test } from './fixtures.ts';
import {
  captureDraw,
  hasForm,
  keepSite,
  offerOf,
  openForm,
  pointThrough,
  startPicker,
  type Targets,
} from './picker.ts';
import { keepPicture } from './pictures.ts';
import { pointedAt, pressNext } from './sites.ts';

/** What a person points at on a page of the catalogue. */
const targetsOf = (page: Page, { points }: CatalogueEntry): Targets =>
  Object.fromEntries(
    Object.entries(points).map(([step, pointing]) => [
      step,
      { target: pointedAt(page, pointing), reads: pointing.reads },
    ]),
  );

/** Sets a page up from the form's own button, with the mouse where somebody would look and the keys on the panel. */
async function setUp(page: Page, extension: Extension, entry: CatalogueEntry): Promise<void> {
  const panel = await startPicker(page, extension);
  await pointThrough(page, panel, targetsOf(page, entry), false);
  if (entry.name === 'vetspire') await keepPicture(page, 'picker-review-1280-light');
  await keepSite(page, panel);
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
      recorded.push({ seq: await captureDraw(frame, amount), amount: String(Number(amount)) });
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
