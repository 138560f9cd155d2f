import { connectExtension, grantBefore, openSettings } from '../run/allow.mjs';
import { approveExtension, expect, openDemo, test } from './fixtures.ts';

test.use({ start: 'installed' });

test('on install the extension may look at nothing, until a person connects it to the app', async ({
  chromeContext,
  extension,
  pwa,
}) => {
  const worker = await extension.worker();
  const manifest = await worker.evaluate(() => chrome.runtime.getManifest());
  expect(manifest.content_scripts).toBeUndefined();
  expect(manifest.host_permissions).toBeUndefined();
  expect(JSON.stringify(manifest.web_accessible_resources)).not.toContain('/content/');
  const held = () => worker.evaluate(() => chrome.permissions.getAll());
  const atFirst = await held();
  expect(atFirst.origins).toEqual([]);
  expect([...(atFirst.permissions ?? [])].sort()).toEqual([
    'offscreen',
    'sidePanel',
    'storage',
    'unlimitedStorage',
  ]);

  await test.step('the ledger is there, and the extension says that it may not look', async () => {
    await (await openDemo(chromeContext, pwa)).close();
    const panel = await chromeContext.newPage();
    await panel.goto(`chrome-extension://${extension.id}/extension/overlay/panel.html`);
    await expect(panel.getByText('This extension is not connected yet.')).toBeVisible();
    await grantBefore(chromeContext, extension.id, pwa.origin);
    await panel.getByRole('button', { name: 'Connect to the app' }).click();
    await expect(panel.getByText('The ledger does not know this extension yet.')).toBeVisible();
    await panel.close();
  });

  await test.step('a person lets it in, and it reads the ledger with no tab of the app open', async () => {
    await approveExtension(await chromeContext.newPage(), pwa, extension.id);
    const settings = await openSettings(chromeContext, extension.id);
    await expect(settings.getByText('This extension writes into the ledger')).toBeVisible();
    await expect(settings.getByText(/^The ledger had \d+ records/)).toBeVisible();
    // What it woke up without, it has heard of by now.
    expect(await worker.evaluate(() => chrome.alarms.onAlarm.hasListeners())).toBe(true);
    expect(await worker.evaluate(() => chrome.contextMenus.onClicked.hasListeners())).toBe(true);
    await settings.close();
  });

  await test.step('what is taken back in the browser is said, and given again', async () => {
    const settings = await openSettings(chromeContext, extension.id);
    await settings.evaluate(
      (pattern) => chrome.permissions.remove({ origins: [pattern] }),
      `${pwa.origin}/*`,
    );
    await expect(settings.getByRole('button', { name: 'Connect to the app' })).toBeVisible();
    await settings.close();
    await connectExtension(chromeContext, extension.id, pwa.origin);
    const again = await openSettings(chromeContext, extension.id);
    await expect(again.getByText('This extension writes into the ledger')).toBeVisible();
  });
});
