import type { Page } from '@playwright/test';

/** Whether a word stands in the page's address or in what outlives the page, as far as that can be read as text. */
export const leavesBehind = async (page: Page, word: string): Promise<boolean> =>
  new RegExp(`(?<![0-9A-Za-z_-])${word}(?![0-9A-Za-z_-])`).test(await page.evaluate(leftBehind));

/** Runs in the page. */
async function leftBehind(): Promise<string> {
  const said: unknown[] = [location.href, history.state, { ...localStorage }, { ...sessionStorage }];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) said.push(url);
  for (const { name = '' } of await indexedDB.databases()) {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => resolve(asked.result);
    });
    for (const store of db.objectStoreNames)
      said.push(
        await new Promise((resolve) => {
          const asked = db.transaction(store).objectStore(store).getAll();
          asked.onsuccess = () => resolve(asked.result);
        }),
      );
    db.close();
  }
  return JSON.stringify(said);
}
