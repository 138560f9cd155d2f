import { captureFrame, DEMO_PIN, expect, test } from './fixtures.ts';
import {
  attack,
  closeForm,
  expectUnknown,
  fillIn,
  hostilePage,
  openForm,
  PERFORMER,
  pageOf,
  pressSign,
  relent,
  secretsOf,
  signForReal,
} from './hostile.ts';

/** While they last nobody signs; when they end the form is as good as before. */
const PASSING = [
  'covers all of it with what can hardly be seen',
  'covers the amounts and leaves the button',
  'keeps raising its own popover',
  'fills the screen with something else',
  'shows a picture of the page as it was',
  'fades the root',
  'zooms the root',
  'does not draw the root',
  'skips what is in the root',
  'makes the root inert',
  'fills the screen with the body',
];
/** A page that fights: signing is off in this form for good. */
const FIGHTING = [
  'blurs the root',
  'cuts the root off',
  'masks the root',
  'blends the root',
  'scales and turns the root',
  'writes on the host without end',
  'puts the host elsewhere without end',
  'takes the keyboard without end',
  'traps the keyboard in a dialog of its own',
];
/** These come to nothing. */
const IDLE = [
  'dresses the host',
  'hides the popover once',
  'puts the host elsewhere once',
  'asks something in a modal dialog',
  'presses and types by script',
  'sends every frame elsewhere',
  'says what the form might listen to',
  'sets the base of every address',
  'waits for Escape itself',
  'moves a picture of the body',
  'floods the history',
  'makes an element of its own of the host',
];

test('nobody signs while a page hides, moves or covers the form; the page is as it was', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin));
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  const before = await pageOf(page);
  const globals = await page.evaluate(() => Object.getOwnPropertyNames(globalThis).sort().join());
  const frame = await openForm(page);
  await fillIn(frame);
  const off = frame.getByText('Signing is switched off here.');
  for (const name of PASSING)
    await test.step(name, async () => {
      await expect(off).toHaveCount(0);
      await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
      await attack(page, name);
      await expect(off).toBeAttached();
      await pressSign(frame);
      await relent(page);
      await expect(off).toHaveCount(0);
      await expect(frame.getByRole('heading', { name: 'Recorded' })).toHaveCount(0);
      expect(await pageOf(page)).toBe(before);
    });
  const first = await signForReal(frame);
  await closeForm(page, extension);

  for (const name of FIGHTING)
    await test.step(name, async () => {
      const fought = await openForm(page);
      await fillIn(fought);
      await attack(page, name);
      await expect(fought.getByText('Signing is switched off here.')).toBeAttached();
      await pressSign(fought);
      await relent(page);
      await expect(fought.getByRole('heading', { name: 'Recorded' })).toHaveCount(0);
      await closeForm(page, extension);
      expect(await pageOf(page)).toBe(before);
    });

  const last = await openForm(page);
  await fillIn(last);
  const secrets = await secretsOf(last);
  expect(await signForReal(last)).toBe(first + 1);
  await closeForm(page, extension);
  expect(await pageOf(page)).toBe(before);
  await expectUnknown(page, secrets);
  expect(await page.evaluate(() => Object.getOwnPropertyNames(globalThis).sort().join())).toBe(globals);
});

test('what a page tries in vain leaves the form as it stands, with what was typed', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin));
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  const before = await pageOf(page);
  const frame = await openForm(page);
  await fillIn(frame);
  const host = page.locator('xpath=//*[starts-with(name(), "x-") and @popover]');
  const place = await host.boundingBox();
  for (const name of IDLE)
    await test.step(name, async () => {
      await attack(page, name);
      const home = name.startsWith('asks') ? 'dialog' : 'html';
      await expect.poll(() => host.evaluate((one) => one.parentElement?.localName)).toBe(home);
      // The watch has looked once more, and nothing is wrong with the form.
      await expect(host).toHaveAttribute('popover', 'manual');
      await expect(host).toHaveCSS('opacity', '1');
      // An element of the page's own writes its style again whenever it is taken off, and it has no say.
      if (!name.startsWith('makes an element')) await expect(host).not.toHaveAttribute('style');
      await expect.poll(() => host.evaluate((one) => one.matches(':popover-open'))).toBe(true);
      await expect(frame.getByText('Signing is switched off here.')).toHaveCount(0);
      expect(await host.boundingBox()).toEqual(place);
      await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
      if (name.startsWith('makes an element'))
        expect(await page.evaluate(() => Reflect.get(globalThis, 'taken'))).toEqual(['null', 'null']);
      await relent(page);
      await expect.poll(() => host.evaluate((one) => one.parentElement?.localName)).toBe('html');
      expect(await pageOf(page)).toBe(before);
    });
  const secrets = await secretsOf(frame);
  await signForReal(frame);
  await closeForm(page, extension);
  expect(await pageOf(page)).toBe(before);
  await expectUnknown(page, secrets);
});

test('a cover that is gone before the watch comes round again is not held against the form', async ({
  chromeContext,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin));
  const frame = await openForm(page);
  const inSight = frame.locator('main[data-sight="none"]');
  for (let turn = 0; turn < 6; turn += 1)
    await test.step(`turn ${turn + 1}`, async () => {
      await expect(inSight).toBeVisible();
      await attack(page, 'keeps raising its own popover');
      // Coming back to the form asks the page's watch out of its turn.
      await frame.evaluate(() => void window.dispatchEvent(new Event('focus')));
      await expect(frame.getByText('Something on the page lies over this form.')).toBeVisible();
      await relent(page);
      await expect(inSight).toBeVisible();
    });
});

/** What a form that was typed into and not filled from the page shows, and the page does not. */
const KEPT_APART = ['Rex the Kept', PERFORMER, 'Tova Marshmade', 'VetaKet', 'chrome-extension:', 'Drawn by'];

test('a page that takes the form out again and again is left alone, and the side panel has what was typed', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin));
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  const before = await pageOf(page);
  const frame = await openForm(page);
  await frame.getByLabel('Patient', { exact: true }).fill('Rex the Kept');
  await expect
    .poll(async () => (await extension.worker()).evaluate(() => chrome.action.getTitle({})))
    .toContain('not in the ledger yet');
  // Many a page takes a dialog away as it closes: the form comes back by itself, with the draft.
  await attack(page, 'takes out a dialog with the form in it');
  await expect.poll(() => frame.isDetached()).toBe(true);
  const back = await captureFrame(page);
  await expect(back.getByRole('listitem').filter({ hasText: 'Rex the Kept' })).toBeVisible();

  await attack(page, 'takes out whatever it does not know');
  await expect.poll(() => page.frames().length, { intervals: [1000] }).toBe(1);
  await relent(page);
  expect(await pageOf(page)).toBe(before);
  await expectUnknown(page, KEPT_APART);
  await (await extension.worker()).evaluate(async (url) => {
    const tab = (await chrome.tabs.query({})).find((one) => one.url === url);
    const asked: number[] = [];
    const { open } = chrome.sidePanel;
    Reflect.set(globalThis, 'panelsAsked', asked);
    chrome.sidePanel.open = (options) => {
      asked.push(options.tabId ?? -1);
      // Without a person's press the browser refuses, which is not what is asked here.
      return Promise.resolve(open.call(chrome.sidePanel, options)).catch(() => undefined);
    };
    const dispatch: unknown = Reflect.get(chrome.action.onClicked, 'dispatch');
    if (!tab || typeof dispatch !== 'function') throw new Error('Nothing to press.');
    Reflect.apply(dispatch, chrome.action.onClicked, [tab]);
  }, page.url());
  await expect
    .poll(async () =>
      (await extension.worker()).evaluate(() => Reflect.get(globalThis, 'panelsAsked').length),
    )
    .toBe(1);

  const panel = await chromeContext.newPage();
  await panel.goto(`chrome-extension://${extension.id}/extension/overlay/panel.html`);
  await expect(panel.getByText('Rex the Kept')).toBeVisible();
  await panel
    .getByRole('listitem')
    .filter({ hasText: 'Rex the Kept' })
    .getByRole('button', { name: /Go on/ })
    .click();
  await expect(panel.getByLabel('Patient', { exact: true })).toHaveValue('Rex the Kept');
});
