import type { Page } from '@playwright/test';
import { dispatch } from './dispatch.ts';
import { expect, test } from './fixtures.ts';
import { Disk, Killer, letItCount, openForm, outboxOf, PATIENT } from './kill/clinic.ts';
import { arm, holdAt, isReached } from './kill/knife.ts';
import { type Side, STEPS } from './kill/steps.ts';

/** What one key does: the same steps as while somebody types, but that no form is told. */
const ALL = STEPS.filter(({ during, effect }) => during === 'typing' && effect.at !== 'frame');
const soak = process.env.COUNTERSIGN_SOAK === '1';
const SIDES: readonly Side[] = soak ? ['before', 'after'] : ['after'];
/** Every day the worst: it is kept, and nobody heard of it. */
const KEEPING = soak ? ALL : ALL.slice(0, 1);

/** With the content script at work: before that there is nobody to read the page. */
async function openPatient(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}${PATIENT.path}`);
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
}

test('killed while one key keeps the page as a draft: pressed again there is one, with what the page said', async ({
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
  for (const step of KEEPING)
    for (const side of SIDES)
      await test.step(`${side} ${step.name}`, async () => {
        await killer.kill();
        await openPatient(page, pms.origin);
        const worker = await killer.fresh();
        await holdAt(worker, step.effect, side);
        await arm(worker);
        await dispatch(extension, page, 'keep-draft');
        await expect.poll(() => isReached(worker)).toBe(true);
        await killer.kill();

        await openPatient(page, pms.origin);
        await killer.fresh();
        await dispatch(extension, page, 'keep-draft');
        await expect.poll(async () => outboxOf(await extension.worker())).toEqual(['draft, told']);
        await expect.poll(async () => (await disk.rows('drafts')).length).toBe(1);
        const frame = await openForm(page, pms.origin);
        const waiting = frame.getByRole('region', { name: 'Not in the ledger yet' });
        const draft = waiting.getByRole('listitem').filter({ hasText: 'Bella, Ketamine 100 mg/mL' });
        await draft.getByRole('button', { name: 'Go on' }).click();
        await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
        await expect(frame.getByLabel('Patient', { exact: true })).toHaveValue('Bella');
        await frame.getByRole('button', { name: 'Draw or give' }).click();
        await expect(frame.locator('main[data-sight="none"]')).toBeVisible();
        await draft.getByRole('button', { name: 'Drop' }).click();
        await expect.poll(async () => outboxOf(await extension.worker())).toEqual([]);
        await expect.poll(async () => (await disk.rows('drafts')).length).toBe(0);
      });
  expect((await disk.rows('records')).length).toBe(since);
});
