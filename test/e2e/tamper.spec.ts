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

/** Changes one byte of a stored record behind the app's back, as somebody with the developer tools would. */
async function tamperWith(page: Page, seq: number): Promise<void> {
  await page.evaluate(async (at) => {
    const [found] = await indexedDB.databases();
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const db = await done(indexedDB.open(found?.name ?? ''));
    const store = db.transaction('records', 'readwrite').objectStore('records');
    const row = await done(store.get(at));
    const wanted = row.line.replace('"drawn":"0.', '"drawn":"1.');
    if (wanted === row.line) throw new Error('That record is no draw.');
    await done(store.put({ ...row, line: wanted }));
    db.close();
  }, seq);
}

test('one changed byte of a stored record is found, and its record is named', async ({ page }) => {
  const { number } = (await startDemo(page)).full;
  await drawFrom(page, number);
  await fillDraw(page, { drawn: '0.35', by: DEMO.sol });
  await record(page).click();
  const [receipt] = await readReceipt(page);
  const seq = receipt?.seq ?? 0;

  await test.step('before: whole', async () => {
    await visit(page, 'verify', 'Verify');
    await page.getByRole('button', { name: 'Verify the ledger' }).click();
    await expect(page.getByText('Integrity: whole')).toBeVisible();
  });
  await test.step('after: the record is named, and nothing is said about the policy', async () => {
    await tamperWith(page, seq);
    await page.getByRole('button', { name: 'Verify again' }).click();
    await expect(page.getByText(/Integrity: broken in \d+ places?/)).toBeVisible();
    const integrity = page.getByRole('region', { name: 'Integrity' });
    await expect(integrity.getByRole('link', { name: `Record ${seq}` }).first()).toBeVisible();
    await expect(page.getByText('Conformity: cannot be said')).toBeVisible();
  });
  await test.step('a fresh start of the app says so, too', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Verify the ledger' }).click();
    await expect(page.getByText(/Integrity: broken in/)).toBeVisible();
  });
});

test('a check of the ledger can be cancelled', async ({ page }) => {
  await startDemo(page);
  await visit(page, 'verify', 'Verify');
  // The demo is checked in a moment: the button is pressed as soon as it is drawn.
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const cancel = [...document.querySelectorAll('button')].find((b) => b.textContent === 'Cancel');
      if (!cancel) return;
      observer.disconnect();
      cancel.click();
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.getByRole('button', { name: 'Verify the ledger' }).click();
  await expect(page.getByText('Cancelled. Nothing was checked to the end.')).toBeVisible();
  await page.getByRole('button', { name: 'Verify the ledger' }).click();
  await expect(page.getByText('Integrity: whole')).toBeVisible();
});

test('a database that is gone is an alarm, never a first run', async ({ page, context, baseURL }) => {
  await startDemo(page);
  await page.close();
  const elsewhere = await context.newPage();
  await elsewhere.goto(`${baseURL}/verify.html`);
  await elsewhere.evaluate(async () => {
    for (const { name = '' } of await indexedDB.databases()) {
      await new Promise((resolve, reject) => {
        const gone = indexedDB.deleteDatabase(name);
        gone.onsuccess = resolve;
        gone.onerror = reject;
        gone.onblocked = reject;
      });
    }
  });
  const back = await context.newPage();
  await back.goto('/');
  await expectScreen(back, 'Records are missing');
  await expect(back.getByText(/It last held \d+ records/)).toBeVisible();
  await expect(back.getByText('Now there is no ledger at all.')).toBeVisible();
  await expect(back.getByRole('button', { name: 'Try the demo clinic' })).toHaveCount(0);
  await expect(back.getByRole('button', { name: 'Start a ledger' })).toHaveCount(0);
  await back.getByText('The registrant has dealt with it').click();
  await expect(back.getByRole('button', { name: 'Begin a new ledger' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});
