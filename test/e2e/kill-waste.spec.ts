import type { Frame, Page } from '@playwright/test';
import { inPlainSight } from './fill.ts';
import { DEMO_PIN, type Extension, expect, test } from './fixtures.ts';
import {
  Disk,
  Killer,
  letItCount,
  nameSelf,
  openForm,
  outboxOf,
  PERFORMER,
  recorded,
  sign,
  typeDraw,
} from './kill/clinic.ts';
import { arm, holdAt, isReached } from './kill/knife.ts';
import { type Side, STEPS, type Step } from './kill/steps.ts';

const WITNESS = 'Tova Marshmade';
const REASON = 'Procedure stopped';

/** A waste has the same steps as a draw, but for the patient's; what is typed of it is kept in the same way. */
const SIGNING = STEPS.filter(
  ({ during, effect }) => during === 'signing' && !('method' in effect && effect.method === 'keepPatient'),
);
const soak = process.env.COUNTERSIGN_SOAK === '1';
const ALL = SIGNING.flatMap((step) => (['before', 'after'] as const).map((side) => ({ step, side })));
const CUTS = ALL.filter(
  ({ step, side }) => soak || (side === 'after' && step.name === 'the entry is sent to the ledger'),
);

/** What is left over, one quantity a cut: 0.01 to 0.09, 0.11 and on. */
const leftOf = (cut: number) => `0.${Math.floor(cut / 9)}${(cut % 9) + 1}`;

/** Signs what is left over with its witness until `over` says so; refused where the form was only just in sight. */
async function witness(frame: Frame, over: () => Promise<boolean>): Promise<void> {
  await frame.getByLabel(`PIN of ${WITNESS}`).fill(DEMO_PIN);
  await inPlainSight(frame);
  const press = frame.getByRole('button', { name: 'Witness and record' });
  await press.click();
  const refused = frame.getByText(/so nothing was signed|The ledger did not answer/);
  await expect(async () => {
    if (await refused.isVisible()) await press.click({ timeout: 1000 });
    expect(await over()).toBe(true);
  }).toPass();
}

type Cut = { step: Step; side: Side; left: string };

/** Draws more than is given, and is killed at a step of signing what is left over. */
async function die(page: Page, killer: Killer, origin: string, { step, side, left }: Cut): Promise<void> {
  await killer.kill();
  await page.goto(`${origin}/tables/`);
  const worker = await killer.fresh();
  await holdAt(worker, step.effect, side);
  const frame = await openForm(page, origin);
  await typeDraw(frame, `${(Number(left) * 100 + 10) / 100}`);
  await frame.getByLabel('Given', { exact: true }).fill('0.1');
  await nameSelf(frame);
  await inPlainSight(frame);
  await sign(frame);
  await expect(frame.getByRole('heading', { name: `Waste ${left}` })).toBeVisible();
  await frame.getByLabel('Reason').selectOption(REASON);
  await frame.getByLabel('Witness, who saw it').selectOption({ label: WITNESS });
  // The draw's own row has gone, and the waste stands as it was typed.
  await expect.poll(() => outboxOf(worker)).toEqual(['draft, told']);
  await arm(worker);
  await witness(frame, () => isReached(worker));
  await killer.kill();
}

/** Opens the form again, goes on with the waste where it has to be a draft, and sees that it is in the ledger once. */
async function findAgain(page: Page, extension: Extension, origin: string, { step, side, left }: Cut) {
  const frame = await openForm(page, origin);
  const waiting = frame.getByRole('region', { name: 'Not in the ledger yet' });
  if (step.leaves[side] === 'draft') {
    const item = waiting.getByRole('listitem').filter({ hasText: `Waste of ${left} mL` });
    await item.getByRole('button', { name: 'Go on' }).click();
    await expect(frame.getByLabel('Reason')).toHaveValue(REASON);
    await expect(frame.getByLabel('Witness, who saw it').locator('option:checked')).toHaveText(WITNESS);
    await frame.getByLabel(`PIN of ${PERFORMER}, who wastes it`).fill(DEMO_PIN);
    await witness(frame, () => recorded(frame).isVisible());
  }
  await expect.poll(async () => outboxOf(await extension.worker())).toEqual([]);
  await expect(waiting).toHaveCount(0);
}

test.setTimeout(soak ? 900_000 : 180_000);

test('killed while a leftover is wasted with its witness: one entry, or the draft as it was typed', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const disk = await Disk.of(chromeContext, pwa.origin);
  const since = (await disk.rows('records')).length;
  const page = await chromeContext.newPage();
  const killer = await Killer.on(page, extension);
  await letItCount(page, extension, pms.origin);
  for (const [index, { step, side }] of CUTS.entries())
    await test.step(`${side} ${step.name}`, async () => {
      const cut = { step, side, left: leftOf(index) };
      await die(page, killer, pms.origin, cut);
      await findAgain(page, extension, pms.origin, cut);
      await expect.poll(() => disk.wastes(cut.left, since)).toBe(1);
    });
  for (const index of CUTS.keys()) expect(await disk.wastes(leftOf(index), since)).toBe(1);
  expect(await disk.rows('drafts')).toEqual([]);
});
