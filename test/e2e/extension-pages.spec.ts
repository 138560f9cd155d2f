import type { Frame, Page } from '@playwright/test';
import { fillFromPage } from './fill.ts';
import { captureFrame, DEMO_PIN, expect, test } from './fixtures.ts';

const PERFORMER = 'Juno Pikesample';

/** Everything that the page has, without what the extension stands beside it. */
const pageOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    if (!(copy instanceof Element)) return '';
    for (const ours of copy.querySelectorAll('*'))
      if (/^x-[0-9a-f]{16}$/i.test(ours.localName)) ours.remove();
    return copy.outerHTML;
  });

async function recordKetamine(frame: Frame): Promise<void> {
  await fillFromPage(frame, 'ketamine');
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
  await frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Sign and record' }).click();
  await expect(frame.getByRole('heading', { name: 'Recorded' })).toBeVisible();
}

for (const [name, variant] of [
  ['that allows no frame, style or script of others and is cut off from them', 'strict'],
  ['that embeds only what has agreed to it', 'embedder'],
  ['with an open modal dialog', 'dialog'],
] as const) {
  test(`a draw from over a page ${name}; the page is as it was`, async ({
    chromeContext,
    extension,
    pms,
  }) => {
    const page = await chromeContext.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${pms.origin}/tables/patient/P-10422?as=${variant}`);
    await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
    const before = await pageOf(page);
    const submitted = pms.submitted();

    await extension.toggle(page);
    await recordKetamine(await captureFrame(page));
    await extension.toggle(page);
    await expect.poll(() => page.frames().length).toBe(1);

    expect(await pageOf(page)).toBe(before);
    expect(complaints).toEqual([]);
    expect(pms.submitted()).toBe(submitted);
    if (variant === 'dialog') await expect(page.locator('dialog:modal')).toBeVisible();
    if (variant === 'strict') expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });
}
