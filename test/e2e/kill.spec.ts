import type { Frame, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import {
  Disk,
  goOn,
  isAllKept,
  Killer,
  nameSelf,
  openForm,
  outboxOf,
  recorded,
  signTo,
  typeDraw,
} from './kill/clinic.ts';
import { arm, holdAt, isReached } from './kill/knife.ts';
import { type Side, STEPS, type Step } from './kill/steps.ts';

/**
 * Every day each step is died after, done and with nobody told, but of the four while somebody types, which end alike,
 * only two; and before the one step where before and after leave something else. The soak dies at all of them, and before
 * each too.
 */
const soak = process.env.COUNTERSIGN_SOAK === '1';
const isDaily = (step: Step, side: Side) =>
  side === 'after'
    ? step.during === 'signing' || STEPS.indexOf(step) % 2 === 0
    : step.leaves.before !== step.leaves.after;
const CUTS = STEPS.flatMap((step) => (['before', 'after'] as const).map((side) => ({ step, side }))).filter(
  ({ step, side }) => soak || isDaily(step, side),
);

/** Where somebody who is still there cannot know what has become of it: every day the three worst, in the soak all. */
const WORST = ['the signature is made', 'the entry is sent to the ledger', 'the outbox lets it go'];
const STAYED = CUTS.filter(({ step }) => step.during === 'signing' && (soak || WORST.includes(step.name)));

/** One amount a cut, in mL, that is written in one way only: 0.01 to 0.09, 0.11 to 0.19, … */
const amountOf = (cut: number) => `0.${Math.floor(cut / 9)}${(cut % 9) + 1}`;

/** Types a draw, signs it where the step is one of signing, and is killed at the step. Gives the form that was left. */
async function die(
  page: Page,
  killer: Killer,
  origin: string,
  cut: { step: Step; side: Side; amount: string },
) {
  const { step, side, amount } = cut;
  await killer.kill();
  await page.goto(`${origin}/tables/`);
  const worker = await killer.fresh();
  await holdAt(worker, step.effect, side);
  if (step.during === 'typing') await arm(worker);
  const frame = await openForm(page, origin);
  await typeDraw(frame, amount);
  if (step.during === 'signing') {
    await nameSelf(frame);
    await expect.poll(() => isAllKept(worker)).toBe(true);
    await arm(worker);
    await signTo(frame, () => isReached(worker));
  }
  await expect.poll(() => isReached(worker)).toBe(true);
  await killer.kill();
  return frame;
}

test.setTimeout(soak ? 900_000 : 240_000);

test('killed at every step of a capture, with nobody there to press again: one entry, or the draft as it was typed', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  const killer = await Killer.on(page, extension);

  for (const [cut, { step, side }] of CUTS.entries()) {
    const amount = amountOf(cut);
    await test.step(`${side} ${step.name}`, async () => {
      const left = await die(page, killer, pms.origin, { step, side, amount });
      if (step.during === 'typing') {
        // What was typed and not heard is said again by the form, with the next that is typed.
        await nameSelf(left);
        const after = await killer.fresh();
        await expect.poll(() => isAllKept(after)).toBe(true);
      }
      const frame = await openForm(page, pms.origin);
      if (step.leaves[side] === 'draft') {
        await goOn(frame, amount);
        await signTo(frame, () => recorded(frame).isVisible());
      }
      await expect.poll(() => disk.draws(amount, since)).toBe(1);
      await expect.poll(async () => outboxOf(await extension.worker())).toEqual([]);
      await expectNothingWaits(frame);
    });
  }
  for (const cut of CUTS.keys()) expect(await disk.draws(amountOf(cut), since)).toBe(1);
  expect(await disk.rows('drafts')).toEqual([]);
});

test('killed while somebody signs who stays and presses again: one entry', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  const killer = await Killer.on(page, extension);

  for (const [cut, { step, side }] of STAYED.entries()) {
    const amount = amountOf(cut);
    await test.step(`${side} ${step.name}`, async () => {
      const frame = await die(page, killer, pms.origin, { step, side, amount });
      const again = frame.getByRole('button', { name: 'Sign and record' });
      await expect(async () => {
        if (await again.isEnabled({ timeout: 100 }).catch(() => false)) await again.click({ timeout: 1000 });
        await expect(recorded(frame)).toBeVisible({ timeout: 1000 });
      }).toPass();
      const later = await openForm(page, pms.origin);
      await expect.poll(async () => outboxOf(await killer.fresh())).toEqual([]);
      await expectNothingWaits(later);
      expect(await disk.draws(amount, since)).toBe(1);
    });
  }
  expect(await disk.rows('drafts')).toEqual([]);
});

const expectNothingWaits = (frame: Frame) =>
  expect(frame.getByRole('region', { name: 'Not in the ledger yet' })).toHaveCount(0);
