import { resolve } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { captureFrame, type Extension, expect, pressPill, test } from './fixtures.ts';
import { closeForm, fillIn, hostilePage, openForm, pageOf, signForReal } from './hostile.ts';

test.describe('with a second extension in the browser', () => {
  test.use({ beside: [resolve('test/sites/hostile/second-extension')] });
  test('it gets no answer, sees nothing of the form, and nobody signs in what it has faded', async ({
    chromeContext,
    extension,
    pms,
  }) => {
    const page = await chromeContext.newPage();
    await page.goto(hostilePage(pms.origin));
    const before = await pageOf(page);
    const frame = await openForm(page);
    await fillIn(frame);
    await expect(frame.getByText('Signing is switched off here.')).toHaveCount(0);

    const spy = await spyIn(chromeContext);
    const knocked = await spy.evaluate(
      (id) => Reflect.get(globalThis, 'knock')(id, { kind: 'page-here' }),
      extension.id,
    );
    expect(knocked.said).toContain('Could not establish connection');
    expect(knocked.heard.all).toEqual([]);

    const inPage = (deed: string, given?: string | null) =>
      spy.evaluate(([url, what, more]) => Reflect.get(globalThis, 'inPage')(url, what, more), [
        page.url(),
        deed,
        given ?? null,
      ] as const);
    const taken = await inPage('pierce');
    expect(taken).toMatchObject({ text: 'SecurityError', ledger: 'SecurityError', session: 'undefined' });

    await inPage('fade', '0.01');
    await expect(frame.getByText('Signing is switched off here.')).toBeAttached();
    await inPage('fade', null);
    await expect(frame.getByText('Signing is switched off here.')).toHaveCount(0);

    // The number in the address was burned by the form itself.
    expect(taken.src).toMatch(/#[0-9a-f]{64}$/);
    await inPage('frame', taken.src);
    await expect.poll(() => page.frames().length).toBe(3);
    await expect(page.frameLocator('#stolen').getByText('This form was not opened by you')).toBeVisible();
    await page.evaluate(() => document.getElementById('stolen')?.remove());

    await signForReal(frame);
    await closeForm(page, extension);
    expect(await pageOf(page)).toBe(before);
  });
});

async function spyIn(context: BrowserContext) {
  const known = context.serviceWorkers().find((worker) => worker.url().endsWith('/spy.js'));
  return known ?? (await context.waitForEvent('serviceworker', (worker) => worker.url().endsWith('/spy.js')));
}

test('our pages in somebody else’s page or window hold nothing', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const page = await chromeContext.newPage();
  // The same site as the app: a frame of it here has the app's own storage.
  const neighbour = `http://localhost:${new URL(pms.origin).port}/`;
  await page.goto(neighbour);
  const dynamic = await (await extension.worker()).evaluate(() =>
    chrome.runtime.getURL('extension/overlay/index.html'),
  );
  const fixed = `chrome-extension://${extension.id}/extension`;
  await page.evaluate(
    (sources) => {
      for (const [id, src] of Object.entries(sources)) {
        const frame = document.createElement('iframe');
        frame.id = id;
        frame.src = src;
        document.body.append(frame);
      }
    },
    {
      app: `${pwa.origin}/#/settings`,
      verifier: `${pwa.origin}/verify.html`,
      guessed: `${dynamic}#${'a'.repeat(64)}`,
      alone: `${dynamic}?panel`,
      options: `${fixed}/options/index.html`,
      offscreen: `${fixed}/offscreen/index.html`,
    },
  );
  await expect(page.frameLocator('#app').getByText('does not open inside another page')).toBeVisible();
  for (const id of ['guessed', 'alone'])
    await expect(page.frameLocator(`#${id}`).getByText('This form was not opened by you')).toBeVisible();
  for (const id of ['options', 'offscreen'])
    expect(await page.frameLocator(`#${id}`).locator('body').textContent()).not.toMatch(/Countersign|vial/i);

  // Nor does the page get a form that stands alone by opening a window on it.
  for (const address of [dynamic, `${dynamic}?panel`, `${fixed}/options/index.html`]) {
    const [popup] = await Promise.all([
      chromeContext.waitForEvent('page'),
      page.evaluate((url) => void window.open(url), address),
    ]);
    await popup.waitForLoadState();
    expect(await popup.locator('body').textContent()).not.toMatch(
      /Sign and record|Read the page|Countersign settings/,
    );
    await popup.close();
  }
});

/** What the page has seen of us: places, events, entries and reports, in the order of the opening. */
function watchUs(): void {
  const seen: string[] = [];
  Reflect.set(globalThis, 'seenOfUs', seen);
  const nameOf = (target: EventTarget | null) =>
    target instanceof Element ? target.localName.replace(/^x-.*/, 'ours') : 'window';
  const types = [
    'focus',
    'blur',
    'focusin',
    'focusout',
    'beforetoggle',
    'toggle',
    'load',
    'message',
    'scroll',
  ];
  for (const type of [...types, 'wheel', 'securitypolicyviolation', 'click'])
    window.addEventListener(type, ({ target }) => seen.push(`${type} ${nameOf(target)}`), true);
  new ReportingObserver((all) => seen.push(...all.map(({ type }) => `report ${type}`))).observe();
  new PerformanceObserver((list) =>
    seen.push(...list.getEntries().map(({ entryType, name }) => `${entryType} ${name}`)),
  ).observe({ entryTypes: ['resource', 'navigation', 'layout-shift'] });
  new MutationObserver((changes) =>
    seen.push(...changes.map(({ type, attributeName }) => `${type} ${attributeName ?? ''}`)),
  ).observe(document.documentElement, { childList: true });
}

/** Opens the form, looks at all that a page can of it, scrolls to its end and beyond, and closes it again. */
async function seenBy(page: Page, extension: Extension, ready: string): Promise<unknown> {
  await page.reload();
  await page.addStyleTag({ content: 'body { min-height: 9000px }' });
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  await page.evaluate(watchUs);
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByText(ready).first()).toBeVisible();
  const host = page.locator('xpath=/html/*[@popover]');
  const box = await host.boundingBox();
  await page.mouse.move(1000, 500);
  for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, 400);
  await expect
    .poll(() =>
      frame.evaluate(() =>
        [...document.querySelectorAll('#app')].every(
          (one) => one.scrollTop + one.clientHeight >= one.scrollHeight - 1,
        ),
      ),
    )
    .toBe(true);
  await page.mouse.wheel(0, 400);
  await frame.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const view = await page.evaluate(() => {
    const one = document.querySelector('html > [popover]');
    return {
      markup: one?.outerHTML.replaceAll(/x-[0-9a-f]{16}/g, 'ours'),
      sizes: [one?.scrollHeight, one?.scrollWidth, one?.clientHeight, one?.textContent],
      frames: window.length,
      scrolled: window.scrollY,
      active: document.activeElement === one,
      entries: performance.getEntries().filter(({ name }) => /extension:|[0-9a-f]{32}/.test(name)).length,
    };
  });
  await closeForm(page, extension);
  const seen = await page.evaluate(() => Reflect.get(globalThis, 'seenOfUs'));
  return { box, view, seen };
}

test('a page sees the same of the form whatever the ledger and the drafts hold', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin));
  const empty = await seenBy(page, extension, 'Sign and record');
  expect(empty).toMatchObject({ view: { frames: 0, scrolled: 0, entries: 0 } });
  const frame = await openForm(page);
  await frame.getByLabel('Patient', { exact: true }).fill('Somebody in a draft');
  await expect
    .poll(async () => (await extension.worker()).evaluate(() => chrome.action.getTitle({})))
    .toContain('not in the ledger yet');
  await closeForm(page, extension);
  expect(await seenBy(page, extension, 'Somebody in a draft')).toEqual(empty);

  const app = await chromeContext.newPage();
  await app.goto(`${pwa.origin}/#/settings`);
  await app.getByRole('button', { name: `Remove the extension ${extension.id}` }).click();
  await page.bringToFront();
  expect(await seenBy(page, extension, 'The ledger does not know this extension yet.')).toEqual(empty);
});
