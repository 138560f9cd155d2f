import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { DEMO, expect, expectScreen, signAs, startDemo, test, visit } from './app.ts';
import { keepPicture } from './pictures.ts';

const WIDTHS = [380, 820, 1280];

const AXE = readFileSync(resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const found = await page.evaluate<string>('axe.run().then((r) => JSON.stringify(r.violations))');
  expect(JSON.parse(found)).toEqual([]);
}

async function picturesOf(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await keepPicture(page, `${name}-${width}`);
  }
}

test('the rules, the sources behind them, and a change that two people sign', async ({ page }) => {
  await startDemo(page);
  await visit(page, 'settings', 'Settings');
  await page.getByRole('link', { name: 'See or change the rules' }).click();
  await expectScreen(page, 'Policy');

  await test.step('the citation is one press away, and an unread source says so', async () => {
    const waste = page.locator('.policy-rows > div', { has: page.getByText('Waste', { exact: true }) });
    await waste.getByText('A witness signs, at the latest 24 hours after the record').click();
    await expect(waste.getByText('Countersign, Strict profile')).toBeVisible();
    await expect(page.getByText('source not read').first()).toBeVisible();
    await expectAccessible(page);
    await picturesOf(page, 'policy');
  });

  await test.step('a state, a rule and an interval of the clinic’s own', async () => {
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.getByRole('button', { name: 'See what changes' }).click();
    await expect(page.getByText('Nothing is changed yet.')).toBeVisible();
    await page.getByText('State rules').click();
    await page.getByLabel('Ohio').check();
    await expect(page.getByText('which a PIN alone is not')).toBeVisible();
    await page.getByLabel('At', { exact: true }).selectOption({ label: 'Return to the container' });
    await page.getByLabel('Ask for').selectOption({ label: 'A witness in the same record' });
    await page.getByRole('button', { name: 'Add this rule' }).click();
    await expect(page.getByText('Return to the container: A witness signs in the same record')).toBeVisible();
    await page.getByLabel('Everything is counted, every').fill('0');
    await page.getByRole('button', { name: 'See what changes' }).click();
    await expect(page.getByText('Type a whole number from 1 to 731, or leave it empty.')).toBeVisible();
    await page.getByLabel('Everything is counted, every').fill('7');
    await expectAccessible(page);
    await picturesOf(page, 'policy-edit');
    await page.getByRole('button', { name: 'See what changes' }).click();
  });

  await test.step('what changes is shown before two people sign, and one is not enough', async () => {
    await expect(page.getByText('Everything is counted: every 30 days')).toBeVisible();
    await expect(page.getByText('Everything is counted: every 7 days')).toBeVisible();
    const sign = page.getByRole('form', { name: 'Sign the change' });
    await signAs(sign, { label: 'Proposed by', name: DEMO.registrant });
    await sign.getByRole('button', { name: 'Sign and change the policy' }).click();
    await expect(page.getByText('Say why, so that it can be understood in two years.')).toBeVisible();
    await expect(page.getByText('Pick a name first.')).toBeVisible();
    const own = sign
      .getByLabel('Approved by, another person')
      .locator('option', { hasText: DEMO.registrant });
    await expect(own).toBeDisabled();
    await expectAccessible(page);
    await picturesOf(page, 'policy-diff');
    await sign.getByLabel('Reason').fill('The board asked for it.');
    await signAs(sign, { label: 'Approved by, another person', name: DEMO.vet });
    await sign.getByRole('button', { name: 'Sign and change the policy' }).click();
    await expect(page.getByText(/^The policy is changed\. Recorded as number \d+\.$/)).toBeVisible();
  });

  await test.step('the new rules are in force', async () => {
    await expect(page.getByText('Federal minimum, Strict, Ohio')).toBeVisible();
    await expect(page.getByText('every 7 days')).toBeVisible();
    await visit(page, 'ledger', 'Ledger');
    await expect(page.getByText('Changed the policy: The board asked for it.')).toBeVisible();
  });
});
