import type { Page } from '@playwright/test';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { grantBefore } from '../run/allow.mjs';
import { expectNoFaults } from './extension-axe.ts';
import { captureFrame, type Extension, expect, pressPill, test } from './fixtures.ts';
import { keepPicture } from './pictures.ts';
import { pillSays } from './sites.ts';

test.use({ actionTimeout: 20_000 });

const options = (extension: Extension) => `chrome-extension://${extension.id}/extension/options/index.html`;
const siteOf = (origin: string): SiteDefinition => ({
  format: 'countersign-site-1',
  id: 'vetspire-ours',
  label: 'Our chart',
  version: 3,
  tested: false,
  remark: 'From the clinic across the street.',
  match: [{ origin, path: '/vetspire/patients/*/chart' }],
  fields: {
    patient: [
      { by: 'attribute', name: 'data-testid', value: 'gone-since' },
      { by: 'role', role: 'heading', level: 1 },
    ],
    weight: [{ by: 'beside', texts: ['Weight'] }],
    owner: [{ by: 'attribute', name: 'data-testid', value: 'not-there-either' }],
  },
});

async function openFile(page: Page, name: string, content: string): Promise<void> {
  const buffer = Buffer.from(content);
  await page
    .getByLabel('Take over sites from a file')
    .setInputFiles({ name, mimeType: 'application/json', buffer });
}

test('a site from a file is looked at before it is taken, read by its fallbacks, and told of in the settings', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const settings = await chromeContext.newPage();
  await settings.goto(options(extension));
  const list = settings.getByRole('region', { name: 'What reads the pages' });
  await openFile(settings, 'bad.json', '{"format":"countersign-sites-1","sites":[{"run":"alert(1)"}]}');
  await expect(list.getByText('The file does not hold sites as Countersign writes them.')).toBeVisible();

  await openFile(settings, 'site.json', JSON.stringify(siteOf(pms.origin)));
  const preview = settings.getByRole('region', { name: 'Preview of Our chart' });
  await expect(preview).toContainText('Reads Patient, Owner, Weight.');
  await expect(preview).toContainText(`The browser will ask for ${pms.origin}.`);
  await expectNoFaults(settings, settings, 'the preview of a site');
  await preview.getByRole('button', { name: 'Take it over' }).click();
  await expect(list.getByText('“Our chart” is taken over.')).toBeVisible();

  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/vetspire/patients/240117/chart`);
  await pressPill(page);
  const frame = await captureFrame(page);
  const offer = frame.getByRole('region', { name: 'From the page' });
  await expect(offer).toContainText('Bramble · 24.6 kg');
  await expect(frame.getByText('Read as “Our chart”. Not found: Owner.')).toBeVisible();
  // Read when the page had settled, and counted then.
  await settings.bringToFront();
  const row = settings.getByRole('listitem').filter({ hasText: 'Our chart' });
  await expect(row.getByText('Read once')).toBeVisible();
  await expect(row.getByText('Patient: by its first way 0 times, by a fallback 1')).toBeVisible();
  await expect(row.getByText('Owner: not found 1 times')).toBeVisible();
  const kept = await (await extension.worker()).evaluate(async () =>
    JSON.stringify(await chrome.storage.local.get('site-health')),
  );
  expect(kept).not.toMatch(/Bramble|24\.6/);
  await keepPicture(settings, 'settings-sites-1280-light');

  await row.getByRole('button', { name: 'Rename Our chart' }).click();
  await row.getByLabel('New name of Our chart').fill('Ward chart');
  await row.getByRole('button', { name: 'Keep this name' }).click();
  await settings.getByRole('button', { name: 'Delete Ward chart' }).click();
  await expect(settings.getByRole('button', { name: 'Delete Ward chart' })).toHaveCount(0);
  await settings.getByRole('button', { name: 'Undo' }).click();
  const again = settings.getByRole('listitem').filter({ hasText: 'Ward chart' });
  const [download] = await Promise.all([
    settings.waitForEvent('download'),
    again.getByRole('button', { name: 'Export Ward chart' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('vetspire-ours.countersign-site.json');
  await openFile(settings, 'site.json', JSON.stringify(siteOf(pms.origin)));
  await expect(settings.getByText('There is a site called “Ward chart” with the same id')).toBeVisible();
  await settings.getByLabel('Keep both').check();
  await settings.getByRole('button', { name: 'Take it over' }).click();
  await expect(settings.getByRole('button', { name: /^Delete/ })).toHaveCount(2);
});

test('a page on which nothing is found any more says so and offers the picker; without leave nothing of ours is there', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const lost: SiteDefinition = {
    ...siteOf(pms.origin),
    fields: { patient: [{ by: 'attribute', name: 'data-testid', value: 'gone-since' }] },
  };
  await (await extension.worker()).evaluate(
    (own) => chrome.storage.local.set({ sites: { off: [], own: [own] } }),
    lost,
  );
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/vetspire/patients/240117/chart`);
  // It is said before anybody opens anything.
  await expect
    .poll(() => pillSays(page))
    .toEqual({
      name: 'Countersign: page not read',
      description: 'The page has changed since set-up. Record anyway, or point anew.',
    });
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByText('This page is not read any more.')).toBeVisible();
  await expect(frame.getByText('Our chart: Patient is not where it was')).toBeVisible();
  await expect(frame.getByRole('button', { name: 'Set up this page again' })).toBeVisible();

  const settings = await chromeContext.newPage();
  await settings.goto(options(extension));
  await settings.getByRole('button', { name: `Take back ${pms.origin}` }).click();
  await expect(settings.getByText('No site is allowed yet.')).toBeVisible();
  const ours = page.locator('xpath=/html/*[starts-with(name(), "x-")]');
  await expect(ours).toHaveCount(0);
  await page.reload();
  const scripts = async () =>
    (await extension.worker()).evaluate(
      async () => (await chrome.scripting.getRegisteredContentScripts()).length,
    );
  await expect.poll(scripts).toBe(0);
  await expect(page.getByRole('heading', { name: 'Bramble' })).toBeVisible();
  await expect(ours).toHaveCount(0);
  await grantBefore(chromeContext, extension.id, pms.origin);
  await settings.getByRole('button', { name: `Allow ${pms.origin}` }).click();
  await expect(ours.first()).toBeAttached();
});
