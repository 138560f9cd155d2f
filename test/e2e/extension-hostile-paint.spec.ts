import type { Frame } from '@playwright/test';
import { STEADY } from '../../extension/overlay/guard.ts';
import { DEMO_PIN, expect, test } from './fixtures.ts';
import {
  attack,
  closeForm,
  expectUnknown,
  fillIn,
  hostilePage,
  openForm,
  PERFORMER,
  pageOf,
  pressAtOnce,
  relent,
  secretsOf,
  signForReal,
} from './hostile.ts';
import { Disk } from './kill/clinic.ts';

const soak = process.env.COUNTERSIGN_SOAK === '1';
/** Each goes round the browser's hit test, or the page's own, in another way. Every day those that differ most. */
const DAILY = [
  'throws a shadow over the form',
  'floods a filter',
  'covers it with what is inert',
  'covers it with the ground of a tiny popover',
  'covers it in a transition of views',
];
const PAINTS = [
  'draws an outline over the form',
  'drops a filter’s shadow on the form',
  'is reflected in the form',
  'has a border that reaches over the form',
  'writes a shadow of letters over the form',
  'underlines with a wall',
  'ends a line in a vast marker',
  'covers it with a hint',
  'covers it with a frame',
  'leaves a hole at the button',
  'blurs what is behind glass',
  'moves a cover in by animation',
  'makes a popover of the root',
];

const sightOf = (frame: Frame) => frame.locator('main[data-sight="none"]');

test('a press right after something was painted over the form, before anything is said of it, signs nothing', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin));
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  const before = await pageOf(page);
  const frame = await openForm(page);
  await fillIn(frame);
  const since = (await disk.rows('records')).length;
  const button = frame.getByRole('button', { name: 'Sign and record' });
  for (const name of soak ? [...DAILY, ...PAINTS] : DAILY)
    await test.step(name, async () => {
      await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
      await expect(sightOf(frame)).toBeVisible();
      await pressAtOnce(page, frame, () => attack(page, name));
      await expect(frame.getByText('Signing is switched off here.')).toBeAttached();
      await expect(frame.getByText('covers, fades or moves this form')).toBeAttached();
      await expect(button).not.toHaveAttribute('aria-busy', 'true');
      await relent(page);
      await expect(sightOf(frame)).toBeVisible();
      await expect(frame.getByRole('heading', { name: 'Recorded' })).toHaveCount(0);
      expect(await pageOf(page)).toBe(before);
    });
  const secrets = await secretsOf(frame);
  expect((await disk.rows('records')).length).toBe(since);
  await signForReal(frame);
  await closeForm(page, extension);
  expect(await pageOf(page)).toBe(before);
  await expectUnknown(page, secrets);
});

test('a cover that is shown in between the browser’s looks is seen, and stays seen while it lasts', async ({
  chromeContext,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin));
  const frame = await openForm(page);
  await fillIn(frame);
  await expect(sightOf(frame)).toBeVisible();
  await attack(page, 'shows a cover in between the looks');
  await expect(frame.getByText('Signing is switched off here.')).toBeVisible();
  // The cover comes and goes thirty times more.
  const cleared = await frame.evaluate(
    () =>
      new Promise<boolean>((done) => {
        const begun = performance.now();
        const look = () => {
          if (document.querySelector('main')?.dataset.sight === 'none') done(true);
          else if (performance.now() - begun > 3_030) done(false);
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
  // A machine that is too busy to draw leaves the form bare for longer than it takes to be in plain sight.
  const bare = await page.evaluate(() => Reflect.get(globalThis, 'longestBare'));
  expect(cleared && bare < STEADY - 100, `bare for ${bare} ms at most`).toBe(false);
  await relent(page);
  await signForReal(frame);
});

test('in a page without a doctype the form stands where it belongs, however narrow the page makes its root', async ({
  chromeContext,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(hostilePage(pms.origin, 'quirks'));
  expect(await page.evaluate(() => document.compatMode)).toBe('BackCompat');
  await page.addStyleTag({ content: 'html { width: 160px }' });
  const frame = await openForm(page);
  await expect(sightOf(frame)).toBeVisible();
  const box = await page.locator('xpath=/html/*[@popover]').boundingBox();
  const right = await page.evaluate(() => visualViewport?.width ?? 0);
  expect(box).toMatchObject({ width: 400, x: right - 412 });
});
