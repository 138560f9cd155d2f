import type { Page } from '@playwright/test';
import { expectNoFaults } from './extension-axe.ts';
import { fillFromPage } from './fill.ts';
import { captureFrame, DEMO_PIN, type Extension, expect, pressAway, pressPill, test } from './fixtures.ts';
import { closeOffscreen } from './kill/offscreen.ts';

const PERFORMER = 'Juno Pikesample';

/** Keeps a copy of the whole database in the page, as somebody would who wants to put an older one back. */
const copyDatabase = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const [found] = await indexedDB.databases();
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open(found?.name ?? ''));
    const names = [...db.objectStoreNames];
    const read = db.transaction(names);
    const copy = new Map<string, unknown[]>();
    for (const name of names) copy.set(name, await done(read.objectStore(name).getAll()));
    db.close();
    Reflect.set(globalThis, 'putBack', async () => {
      const again = await done(indexedDB.open(found?.name ?? ''));
      const write = again.transaction(names, 'readwrite');
      const over = new Promise((resolve, reject) => {
        write.oncomplete = resolve;
        write.onabort = () => reject(write.error);
      });
      for (const [name, rows] of copy) {
        const store = write.objectStore(name);
        store.clear();
        for (const row of rows) store.put(row);
      }
      await over;
      again.close();
    });
  });
/** Puts the copy back, and takes away what the app itself remembers of the head. */
const putBack = (page: Page): Promise<unknown> => page.evaluate('localStorage.clear(); putBack()');

/** Takes away everything that the app's origin keeps: its own memory of the head goes with it. */
const wipe = (page: Page, origin: string) =>
  page
    .context()
    .newCDPSession(page)
    .then((session) => session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }));

const badge = async (extension: Extension) =>
  (await extension.worker()).evaluate(() => chrome.action.getBadgeText({}));
const options = (extension: Extension) => `chrome-extension://${extension.id}/extension/options/index.html`;

test('an older copy of the ledger that was put back is an alarm, until the registrant takes it on', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const elsewhere = await chromeContext.newPage();
  await elsewhere.goto(`${pwa.origin}/verify.html`);
  await copyDatabase(elsewhere);

  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await fillFromPage(frame, 'ketamine');
  await frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Sign and record' }).click();
  await expect(frame.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  const seq = Number((await frame.locator('.receipt .notice p').textContent())?.match(/No\. (\d+)/)?.[1]);
  await pressAway(page, frame.getByRole('button', { name: 'Close Countersign' }));
  await expect.poll(() => frame.isDetached()).toBe(true);

  const settings = await chromeContext.newPage();
  await settings.goto(options(extension));
  const memory = settings.getByRole('region', { name: 'What this extension remembers' });
  await expect(memory.locator('.amount')).toHaveText(String(seq + 1));
  await expect(memory.locator('.hash')).toHaveText(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);

  await putBack(elsewhere);
  await page.bringToFront();
  await pressPill(page);
  const later = await captureFrame(page);
  await expect(later.getByText('This is not the ledger as it was.')).toBeVisible();
  await expect(later.getByText(new RegExp(`last seen here: number ${seq} `))).toBeVisible();
  await expect.poll(() => badge(extension)).toBe('!');

  await settings.bringToFront();
  await expect(memory.getByText('This is not the ledger as it was.')).toBeVisible();
  await expect(memory.locator('.amount')).toHaveText(String(seq + 1));
  await expectNoFaults(settings, settings, 'the options with an alarm');
  await expect(settings.getByRole('button', { name: 'Remember this ledger instead' })).toBeDisabled();
  await settings.getByLabel('The registrant knows').check();
  await settings.getByRole('button', { name: 'Remember this ledger instead' }).click();
  await expect(memory.getByText('This is not the ledger as it was.')).toHaveCount(0);
  await expect(memory.locator('.amount')).toHaveText(String(seq));
  await expect.poll(() => badge(extension)).not.toBe('!');
});

test('a ledger that is wiped with the app’s own memory, and another in its place, are alarms', async ({
  chromeContext,
  extension,
  pwa,
}) => {
  const settings = await chromeContext.newPage();
  await settings.goto(options(extension));
  const memory = settings.getByRole('region', { name: 'What this extension remembers' });
  await expect(memory.locator('.amount')).toHaveText(/^\d+$/);
  const before = await memory.locator('.amount').textContent();
  // A bridge that is only just opening the ledger would write the app's own memory again, after it was wiped.
  await expect(settings.getByText('This extension writes into the ledger')).toBeVisible();
  await settings.close();
  await closeOffscreen(await extension.worker());

  const app = await chromeContext.newPage();
  await app.goto(`${pwa.origin}/verify.html`);
  await wipe(app, pwa.origin);
  await app.goto(pwa.origin);
  await app.getByRole('button', { name: /demo clinic/i }).click();
  await expect(app.getByRole('heading', { name: 'Today' })).toBeVisible({ timeout: 60_000 });
  await app.goto(`${pwa.origin}/#/settings?pair=${extension.id}`);
  await app
    .getByRole('button', { name: /^Approve/ })
    .first()
    .click();
  await expect(app.getByText(/^Approved\. The extension/)).toBeVisible();

  const later = await chromeContext.newPage();
  await later.goto(options(extension));
  const again = later.getByRole('region', { name: 'What this extension remembers' });
  await expect(again.getByText('This is not the ledger as it was.')).toBeVisible();
  await expect(again.locator('.amount')).toHaveText(before ?? '');
  await expect.poll(() => badge(extension)).toBe('!');
});
