import { resolve } from 'node:path';
import type { Page } from '@playwright/test';

const always = resolve('test-results/screenshots');
const kept = resolve('test/e2e/screenshots');
const forReadme = process.env.COUNTERSIGN_SCREENSHOTS === '1';

/**
 * Keeps a picture of what the page shows. All of them, whole pages, lie in `test-results/screenshots`; those that
 * the README shows, as high as the window, are replaced in `test/e2e/screenshots` when COUNTERSIGN_SCREENSHOTS is 1.
 */
export async function keepPicture(page: Page, name: string, { readme = false } = {}): Promise<void> {
  const settled = { animations: 'disabled', caret: 'hide' } as const;
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ ...settled, path: resolve(always, `${name}.png`), fullPage: true });
  if (readme && forReadme) await page.screenshot({ ...settled, path: resolve(kept, `${name}.png`) });
}
