import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from '@playwright/test';
import { inPlainSight } from './fill.ts';
import { expect, test } from './fixtures.ts';
import { closeForm, fillIn, hostilePage, openForm, signForReal } from './hostile.ts';
import { Disk } from './kill/clinic.ts';
import { dist } from './places.ts';

const content = join(dist, 'extension/extension/content');

test('what a page gets before anybody asks is under 8 KB, and observes nothing', () => {
  const script = readFileSync(join(content, 'main.iife.js'));
  expect(gzipSync(script, { level: 9 }).length).toBeLessThan(8 * 1024);
  expect(script.toString()).not.toMatch(/MutationObserver|ResizeObserver|requestAnimationFrame/);
});

/** Where the content script lives in the page, as the browser's inspector sees it. */
async function worldOf(page: Page, session: CDPSession): Promise<number> {
  const worlds: { id: number; name: string }[] = [];
  session.on('Runtime.executionContextCreated', ({ context }) => worlds.push(context));
  await session.send('Runtime.enable');
  const ours = worlds.find(({ name }) => name === 'Countersign');
  if (!ours) throw new Error(`No content script in ${page.url()}.`);
  return ours.id;
}

/** The types of event that something of ours listens for, on the window and on the document. */
async function heardBy(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const contextId = await worldOf(page, session);
  const types: string[] = [];
  for (const expression of ['window', 'document', 'document.documentElement', 'document.body']) {
    const { result } = await session.send('Runtime.evaluate', { expression, contextId });
    if (!result.objectId) throw new Error(`There is no ${expression}.`);
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: result.objectId });
    types.push(...listeners.map(({ type }) => type));
  }
  await session.detach();
  return [...new Set(types)].sort();
}

// The page leaves little to anybody: on a busy machine the pill and the press may take a minute and a half each.
test.setTimeout(300_000);
test('a page of ten thousand rows that never rests has no handler of ours on its way, and none at all afterwards; it is signed on once', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin, 'flood'));
  // A page that never rests leaves little to anybody else; on a busy machine that takes its time.
  const pill = page.locator('xpath=/html/*[starts-with(name(), "x-")]').first();
  await expect(pill).toBeAttached({ timeout: 90_000 });
  const resting = ['focus', 'resize', 'visibilitychange', 'x-opens', 'x-starts'];
  expect(await heardBy(page)).toEqual(resting);

  const frame = await openForm(page);
  expect(await heardBy(page)).toEqual(
    [...resting, 'blur', 'focusin', 'focusout', 'keydown', 'pointerdown'].sort(),
  );
  await fillIn(frame);
  // A page that is slow to say how the form stands in it is one that may be covering it: then it is pressed again.
  await expect(async () => {
    await inPlainSight(frame);
    await signForReal(frame);
  }).toPass({ timeout: 90_000 });
  expect(await disk.draws('0.35', since)).toBe(1);
  expect((await disk.rows('records')).length).toBe(since + 1);
  expect(await page.locator('main').textContent()).not.toMatch(/Juno|VetaKet|Recorded/);
  await closeForm(page, extension);
  expect(await heardBy(page)).toEqual(resting);

  await (await extension.worker()).evaluate(async (url) => {
    const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
    if (tab?.id !== undefined) await chrome.tabs.sendMessage(tab.id, { kind: 'leave' }, { frameId: 0 });
  }, page.url());
  expect(await heardBy(page)).toEqual([]);
  // The page goes on changing, so it cannot be held against itself.
  await expect(page.locator('xpath=//*[starts-with(name(), "x-")]')).toHaveCount(0);
});
