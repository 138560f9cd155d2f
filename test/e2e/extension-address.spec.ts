import type { BrowserContext } from '@playwright/test';
import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { grantBefore, openSettings } from '../run/allow.mjs';
import { expectNoFaults } from './extension-axe.ts';
import { captureFrame, expect, pressPill, test } from './fixtures.ts';
import { keepPicture } from './pictures.ts';
import { answerAgain, sayNo } from './say-no.ts';

test.use({ actionTimeout: 20_000 });

const OURS = 'https://vpm.clinic.example';

/** The clinic's own server: the demo pages, at an address that is nobody's. */
const serveOurs = (context: BrowserContext, pms: string): Promise<unknown> =>
  context.route(`${OURS}/**`, async (route) => {
    const at = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: `${pms}${at.pathname}${at.search}` }) });
  });

test('a self-hosted system is used at the clinic’s own address: typed, asked for in that press, and read there', async ({
  chromeContext,
  extension,
  pms,
}) => {
  await serveOurs(chromeContext, pms.origin);
  const settings = await openSettings(chromeContext, extension.id);
  const list = settings.getByRole('region', { name: 'What reads the pages' });
  await expect(list.getByRole('button', { name: /^Use at your address/ })).toHaveCount(3);
  await list.getByRole('button', { name: 'Use at your address… OpenVPM' }).click();
  const field = list.getByLabel('Your address of OpenVPM');
  const use = list.getByRole('button', { name: 'Use this address' });
  const ours = list.getByRole('listitem').filter({ hasText: 'OpenVPM at vpm.clinic.example' });

  await test.step('what is wrong with it is said, and stays to be put right', async () => {
    await sayNo(settings, 'declined');
    for (const [typed, words] of [
      ['http://vpm.clinic.example', 'That address is not encrypted'],
      [`${OURS}/login`, `Type ${OURS} alone, or a patient’s page.`],
    ] as const) {
      await field.fill(typed);
      await use.click();
      await expect(list.getByText(words)).toBeVisible();
      await expect(field).toHaveValue(typed);
    }
    await expectNoFaults(settings, settings, 'an address that is refused');
    expect(await answerAgain(settings)).toEqual([]);
  });

  await test.step('a no leaves everything as it was, with what was typed', async () => {
    await sayNo(settings, 'declined');
    const page = `${OURS}/openvpm/patients/240117`;
    await field.fill(page);
    await use.click();
    await expect(
      list.getByText('The browser was told no, so nothing is set up at that address.'),
    ).toBeVisible();
    await expect(field).toHaveValue(page);
    await expect(ours).toHaveCount(0);
    expect(await answerAgain(settings)).toEqual([{ origins: [`${OURS}/*`], inPress: true }]);
    await keepPicture(settings, 'settings-address-declined');
  });

  await test.step('a yes makes a site of the clinic’s own', async () => {
    await grantBefore(chromeContext, extension.id, OURS);
    await use.click();
    await expect(ours.getByText('your own')).toBeVisible();
    await expect(ours.getByText(`${OURS}/openvpm/patients/*`)).toBeVisible();
    await expect(list.getByText('“OpenVPM at vpm.clinic.example” is set up')).toBeVisible();
    await expect(settings.getByRole('button', { name: `Take back ${OURS}` })).toBeVisible();
    await keepPicture(settings, 'settings-address-1280-light');
  });

  await test.step('its pages are read, as what nobody has tried', async () => {
    const page = await chromeContext.newPage();
    await page.goto(`${OURS}/openvpm/patients/240117`);
    await pressPill(page);
    const frame = await captureFrame(page);
    await expect(frame.getByRole('region', { name: 'From the page' })).toContainText('Bramble');
    await expect(
      frame.getByText('Read as “OpenVPM at vpm.clinic.example”, which nobody has tried.'),
    ).toBeVisible();
    await page.close();
  });

  await test.step('the same address is not set up twice, and deleting can be undone', async () => {
    await list.getByRole('button', { name: 'Use at your address… OpenVPM' }).click();
    await field.fill(`${OURS}/openvpm/patients/1`);
    await use.click();
    await expect(list.getByText('“OpenVPM at vpm.clinic.example” reads the pages at')).toBeVisible();
    await list.getByRole('button', { name: 'Cancel' }).click();
    await list.getByRole('button', { name: 'Delete OpenVPM at vpm.clinic.example' }).click();
    await expect(ours).toHaveCount(0);
    await list.getByRole('button', { name: 'Undo' }).click();
    await expect(ours).toHaveCount(1);
  });
});

test('a no to the browser’s question says what does not work now and how to go on, wherever it is asked', async ({
  chromeContext,
  extension,
}) => {
  const origin = 'https://pms.clinic.example';
  const site: SiteDefinition = {
    ...{ format: 'countersign-site-1', id: 'ours', label: 'Our chart', version: 1, tested: false },
    match: [{ origin, path: '/patients/*' }],
    fields: { patient: [{ by: 'term', texts: ['Patient'] }] },
  };
  const settings = await openSettings(chromeContext, extension.id);
  const button = (name: string) => settings.getByRole('button', { name, exact: true });

  for (const [how, words] of [
    ['declined', 'The browser was told no'],
    ['not-asked', 'The browser did not ask'],
  ] as const)
    await test.step(`an address that is typed: ${how}`, async () => {
      await sayNo(settings, how);
      const field = settings.getByLabel('Address of your practice-management system');
      await field.fill(origin);
      await button('Allow this site').click();
      await expect(settings.getByText(`${words}, so Countersign may not look at ${origin}.`)).toBeVisible();
      await expect(settings.getByText('Press “Allow this site” again')).toBeVisible();
      await expect(field).toHaveValue(origin);
      await settings.reload();
    });

  await test.step('a site from a file, and its own button then', async () => {
    await sayNo(settings, 'declined');
    await settings.getByLabel('Take over sites from a file').setInputFiles({
      name: 'site.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(site)),
    });
    await button('Take it over').click();
    await expect(settings.getByText('“Our chart” is taken over. The browser was told no')).toBeVisible();
    const row = settings.getByRole('listitem').filter({ hasText: 'Our chart' });
    await row.getByRole('button', { name: `Allow ${origin}` }).click();
    await expect(row.getByText('so “Our chart” reads nothing there yet.')).toBeVisible();
    await expectNoFaults(settings, settings, 'a no beside a site');
    await keepPicture(settings, 'settings-declined-1280-light');
  });

  await test.step('whoever has just set up a page is led to the press that is still to be made', async () => {
    await settings.goto(`${settings.url().split('#')[0]}#allow=ours`);
    await settings.reload();
    const row = settings.getByRole('listitem').filter({ hasText: 'Our chart' });
    await expect(
      row.getByText('“Our chart” is set up. It reads nothing until the browser lets it.'),
    ).toBeVisible();
    await expect(row.getByRole('button', { name: `Allow ${origin}` })).toBeInViewport();
    await grantBefore(chromeContext, extension.id, origin);
    await row.getByRole('button', { name: `Allow ${origin}` }).click();
    await expect(row.getByText('is set up. It reads nothing')).toHaveCount(0);
  });
});

test.describe('before it is connected', () => {
  test.use({ start: 'installed' });
  test('a no to the app’s address is said in the settings and in the side panel, and a yes is still to be had', async ({
    chromeContext,
    extension,
    pwa,
  }) => {
    for (const [where, how] of [
      ['options/index.html', 'declined'],
      ['overlay/panel.html', 'not-asked'],
    ] as const)
      await test.step(where, async () => {
        const page = await chromeContext.newPage();
        await page.goto(`chrome-extension://${extension.id}/extension/${where}`);
        await sayNo(page, how);
        await page.getByRole('button', { name: 'Connect to the app' }).click();
        const refusal = page.getByText(
          'so the ledger is still out of reach and nothing can be recorded here.',
        );
        await expect(refusal).toBeVisible();
        await expectNoFaults(page, page, `a no in ${where}`);
        expect(await answerAgain(page)).toEqual([{ origins: [`${pwa.origin}/*`], inPress: true }]);
        await keepPicture(page, `declined-${where.split('/')[0]}`);
        if (where === 'overlay/panel.html') {
          await grantBefore(chromeContext, extension.id, pwa.origin);
          await page.getByRole('button', { name: 'Connect to the app' }).click();
          await expect(refusal).toHaveCount(0);
        }
        await page.close();
      });
  });
});
