import { captureFrame, expect, pressPill, test } from './fixtures.ts';
import {
  closeForm,
  expectUnknown,
  fillIn,
  hostilePage,
  openForm,
  PERFORMER,
  pageOf,
  secretsOf,
  signForReal,
} from './hostile.ts';

test('a page cannot call the keyboard away from a PIN, and a PIN does not wait where nobody types', async ({
  chromeContext,
  pms,
}) => {
  const page = await chromeContext.newPage();
  for (const how of ['field', 'window', 'blur', 'frame'] as const)
    await test.step(how, async () => {
      await page.goto(hostilePage(pms.origin));
      const frame = await openForm(page);
      await fillIn(frame);
      await expect(frame.getByText('Signing is switched off here.')).toHaveCount(0);
      const before = await pageOf(page);
      const secrets = await secretsOf(frame);
      await frame.getByLabel(`PIN of ${PERFORMER}`).fill('246');
      await page.evaluate(steal, how);
      await page.keyboard.type('810');
      expect(await page.evaluate(() => Reflect.get(globalThis, 'heard'))).toEqual([]);
      await expect(frame.getByLabel(`PIN of ${PERFORMER}`)).toHaveValue(/^(810)?$/);
      await expect(frame.getByText('The PIN was taken out again.')).toBeVisible();
      await page.evaluate(() => document.querySelector('iframe')?.remove());
      expect(await pageOf(page)).toBe(before);
      await expectUnknown(page, secrets);
    });
});

/** Runs in the page: takes the keyboard in one of the ways there are, and listens. */
async function steal(how: 'field' | 'window' | 'blur' | 'frame'): Promise<void> {
  const heard: string[] = [];
  Reflect.set(globalThis, 'heard', heard);
  const listen = (target: EventTarget) =>
    target.addEventListener('keydown', (event) => event instanceof Event && heard.push(event.type), true);
  listen(window);
  if (how === 'field') document.querySelector<HTMLElement>('#note')?.focus();
  if (how === 'window') window.focus();
  if (how === 'blur' && document.activeElement instanceof HTMLElement) document.activeElement.blur();
  if (how !== 'frame') return;
  const frame = document.createElement('iframe');
  frame.style.position = 'fixed';
  await new Promise((loaded) => {
    frame.addEventListener('load', loaded, { once: true });
    document.body.append(frame);
  });
  const field = frame.contentDocument?.createElement('input');
  if (!field || !frame.contentDocument || !frame.contentWindow) throw new Error('No frame.');
  frame.contentDocument.body.append(field);
  listen(frame.contentWindow);
  field.focus();
}

test('a page that holds its own script up, or has got at every prototype, gets no signature and no data', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin, 'polluted'));
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  const before = await pageOf(page);
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByText('Bella · Canine · 28.4 kg · Okafor, Ada · P-10422')).toBeVisible();
  await fillIn(frame);
  const secrets = await secretsOf(frame);
  await signForReal(frame);
  expect(await page.evaluate(() => Reflect.get(globalThis, 'leaked'))).toEqual([]);
  await closeForm(page, extension);
  expect(await pageOf(page)).toBe(before);
  await expectUnknown(page, secrets);

  await page.goto(hostilePage(pms.origin));
  const held = await openForm(page);
  await fillIn(held);
  await expect(held.getByText('Signing is switched off here.')).toHaveCount(0);
  // Nothing of the page can be measured while its script runs, and what is drawn may still move.
  await page.evaluate(() =>
    setTimeout(() => {
      const end = performance.now() + 4_000;
      while (performance.now() < end);
    }, 0),
  );
  const button = held.getByRole('button', { name: 'Sign and record' });
  await button.evaluate((element) => element.focus());
  await page.keyboard.press('Enter');
  await expect(held.getByText('covers, fades or moves this form')).toBeVisible();
  await expect(held.getByRole('heading', { name: 'Recorded' })).toHaveCount(0);
  // Once the page answers again, the form is as good as before.
  await expect(held.getByText('Signing is switched off here.')).toHaveCount(0);
});
