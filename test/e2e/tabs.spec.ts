import type { Page } from '@playwright/test';
import { DEMO, drawFrom, expect, fillDraw, readReceipt, record, startDemo, test, visit } from './app.ts';

const recorded = (page: Page) => page.getByRole('region', { name: 'Last recorded' });

test('two tabs are one ledger', async ({ page, context }) => {
  const { number } = (await startDemo(page)).full;
  const other = await context.newPage();
  await visit(other, 'today', 'Today');

  await test.step('what one tab records stands in the other without a reload', async () => {
    await expect(recorded(other)).toBeVisible();
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.31', by: DEMO.sol });
    await record(page).click();
    const [receipt] = await readReceipt(page);
    await expect(recorded(other)).toContainText('0.31 mL');
    await expect(recorded(other)).toContainText(String(receipt?.seq));
  });

  await test.step('both tabs record at once, and both are there', async () => {
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.32', by: DEMO.sol });
    await drawFrom(other, number);
    await fillDraw(other, { drawn: '0.33', by: DEMO.juno });
    await Promise.all([record(page).click(), record(other).click()]);
    const [[mine], [theirs]] = await Promise.all([readReceipt(page), readReceipt(other)]);
    expect(Math.abs((mine?.seq ?? 0) - (theirs?.seq ?? 0))).toBe(1);
    expect(mine?.hash).not.toBe(theirs?.hash);
    await visit(page, 'today', 'Today');
    for (const amount of ['0.32 mL', '0.33 mL']) await expect(recorded(page)).toContainText(amount);
  });

  await test.step('and the chain is whole', async () => {
    await visit(other, 'verify', 'Verify');
    await other.getByRole('button', { name: 'Verify the ledger' }).click();
    await expect(other.getByText('Integrity: whole')).toBeVisible();
  });
});
