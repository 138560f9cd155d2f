import type { Page } from '@playwright/test';
import {
  balanceOf,
  DEMO,
  drawFrom,
  expect,
  expectScreen,
  fillDraw,
  readReceipt,
  record,
  signAs,
  startDemo,
  test,
  visit,
} from './app.ts';
import { CLINIC, receiveKetamine, startClinic } from './clinic.ts';

/** The life of a vial, with its acts newest first. */
async function openLife(page: Page, number: string) {
  await visit(page, 'vials', 'Vials');
  await page.getByLabel('Find', { exact: true }).fill(number);
  await page.getByRole('main').getByRole('link', { name: number }).click();
  await expectScreen(page, `Container ${number}`);
  return page.getByRole('list', { name: 'Acts, newest first' }).getByRole('listitem');
}

test('amounts that make no sense are refused in a sentence, and stay in the field', async ({ page }) => {
  const { number } = (await startDemo(page)).full;
  await drawFrom(page, number);
  const drawn = page.getByLabel('Drawn', { exact: true });
  const refusals = [
    ['0.12345', 'At most four decimal places.'],
    ['0', 'The amount is zero.'],
    ['-0.5', 'An amount cannot be negative.'],
    ['0,5', 'is not an amount. Use digits and a point'],
    ['12345678', 'That is more than any container holds.'],
  ] as const;
  for (const [typed, sentence] of refusals) {
    await test.step(typed, async () => {
      await fillDraw(page, { drawn: typed, by: DEMO.sol });
      await record(page).click();
      await expect(page.getByRole('alert').filter({ hasText: sentence }).first()).toBeVisible();
      await expect(drawn).toHaveValue(typed);
      await expect(page.getByLabel('Patient', { exact: true })).toHaveValue('Biscuit');
    });
  }
  await test.step('more given than drawn', async () => {
    await fillDraw(page, { drawn: '0.3', given: '0.4', by: DEMO.sol });
    await record(page).click();
    await expect(page.getByText('More was given than was drawn.')).toBeVisible();
  });
  await test.step('more than the book has is taken, and flagged', async () => {
    await fillDraw(page, { drawn: '60', given: '60', by: DEMO.sol });
    await expect(page.getByText('It is recorded all the same')).toBeVisible();
    await record(page).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await expect(
      page.getByText(new RegExp(`The book balance of container ${number} goes to -\\d`)),
    ).toBeVisible();
    expect(await balanceOf(page, number)).toMatch(/^−\d+(\.\d+)?mL$/);
    await visit(page, 'today', 'Today');
    await expect(page.getByRole('region', { name: 'What needs doing' })).toContainText(
      `Container ${number} stands at`,
    );
  });
});

test('a leftover goes back, a draw is reversed once, a vial is closed for good', async ({
  page,
  context,
}) => {
  const { number, product, balance } = (await startDemo(page)).full;

  await test.step('what was left over goes back into the vial', async () => {
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.5', given: '0.3', by: DEMO.sol });
    await record(page).click();
    await page.getByRole('button', { name: 'Leave it open' }).click();
    await expect(page.getByText('0.2 mL left over, still to be wasted')).toBeVisible();
    await page.getByRole('button', { name: 'Done' }).click();
    await visit(page, 'today', 'Today');
    const mine = page.getByRole('listitem').filter({ hasText: `0.2mL left over from ${number}` });
    await mine.getByRole('link', { name: /^Waste/ }).click();
    await page.getByRole('link', { name: 'Put it back instead' }).click();
    await expectScreen(page, 'Return to the container');
    await page.getByLabel('Amount', { exact: true }).fill('0.3');
    await signAs(page, { label: 'Returned by', name: DEMO.sol });
    await page.getByRole('button', { name: 'Sign and return it' }).click();
    await expect(page.getByText('Only 0.2 mL is left over from that draw.')).toBeVisible();
    await page.getByLabel('Amount', { exact: true }).fill('0.2');
    await page.getByRole('button', { name: 'Sign and return it' }).click();
    expect(await readReceipt(page)).toHaveLength(1);
  });

  const seq = await test.step('a draw is recorded that was none', async () => {
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.7', by: DEMO.juno });
    await record(page).click();
    const [receipt] = await readReceipt(page);
    return receipt?.seq ?? 0;
  });

  await test.step('it is reversed, and stays in sight', async () => {
    await openLife(page, number);
    await page.getByRole('link', { name: `Reverse no. ${seq}` }).click();
    await expectScreen(page, 'Reverse an entry');
    // A second tab has the same form open before the first one signs.
    const other = await context.newPage();
    await other.goto(page.url());
    await expectScreen(other, 'Reverse an entry');
    for (const tab of [page, other]) {
      await tab.getByLabel('What was wrong').fill('Wrong vial picked.');
      await signAs(tab, { label: 'Reversed by', name: DEMO.juno });
    }
    await page.getByRole('button', { name: 'Sign the reversal' }).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await other.getByRole('button', { name: 'Sign the reversal' }).click();
    await expect(
      other.getByRole('alert').filter({ hasText: 'This entry was reversed already.' }),
    ).toBeVisible();
    await expect(other.getByLabel('What was wrong')).toHaveValue('Wrong vial picked.');
    await other.close();
    const acts = await openLife(page, number);
    const original = acts.filter({ hasText: `no. ${seq},` });
    await expect(original).toContainText('Drew and gave 0.7 mL');
    await expect(original).toContainText('reversed');
    await expect(acts.first()).toContainText('Wrong vial picked.');
    await expect(page.getByRole('link', { name: `Reverse no. ${seq}` })).toHaveCount(0);
  });

  await test.step('the book is where it would be without both', async () => {
    const given = 0.3;
    const now = Number((await balanceOf(page, number)).replace('mL', ''));
    expect(now).toBeCloseTo(balance - given, 4);
  });

  await test.step('the vial is closed with what stayed in hubs', async () => {
    await openLife(page, number);
    await page.getByRole('link', { name: 'Close', exact: true }).click();
    await expectScreen(page, 'Close a container');
    await page.getByRole('button', { name: 'Sign and close it' }).click();
    await expect(page.getByText('Say why it is closed with something left in the book.')).toBeVisible();
    await page.getByRole('radio', { name: /Hub loss/ }).check();
    await page.getByLabel('Note, if any').fill('What stayed in needles and syringes.');
    await signAs(page, { label: 'Closed by', name: DEMO.lead });
    await signAs(page, { label: 'Witness', name: DEMO.vet });
    await signAs(page, { label: 'Approved by, another person', name: DEMO.registrant });
    await page.getByRole('button', { name: 'Sign and close it' }).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await page.getByRole('button', { name: 'Done' }).click();
    await expectScreen(page, `Container ${number}`);
    await expect(page.getByText(/^closed /)).toBeVisible();
    await expect(page.getByRole('main').getByRole('link', { name: 'Draw or give' })).toHaveCount(0);
  });

  await test.step('nothing more comes out of it', async () => {
    await visit(page, 'capture', 'Draw or give');
    await page.getByLabel('Vial', { exact: true }).fill(number);
    await page.getByLabel('Vial', { exact: true }).press('Enter');
    await expect(
      page.getByText(`Container ${number} (${product}) was closed. Pick another one.`),
    ).toBeVisible();
    await expect(page.getByLabel('Vial', { exact: true })).toHaveValue(number);
  });
});

// The clinic's calendar is ahead of the computer's by a day and an hour, so its vials expire a day sooner.
test.describe('an expired vial', () => {
  test.use({ timezoneId: 'Pacific/Pago_Pago' });

  test('is used only with a reason, which goes into the record', async ({ page }) => {
    await startClinic(page, { zone: 'Pacific/Kiritimati' });
    const today = await page.evaluate(() => {
      const now = new Date();
      const two = (n: number) => String(n).padStart(2, '0');
      return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    });
    await receiveKetamine(page, [{ number: 'K-01', lot: 'OLD1', expires: today }]);
    await drawFrom(page, 'K-01');
    await expect(page.getByText(/^Container K-01 expired on/)).toBeVisible();
    const draw = { drawn: '0.2', by: CLINIC.registrant.name, pin: CLINIC.registrant.pin };
    await fillDraw(page, draw);
    await record(page).click();
    await expect(page.getByText('This vial is past its date.')).toBeVisible();
    await expect(page.getByLabel('Drawn', { exact: true })).toHaveValue('0.2');
    await fillDraw(page, { ...draw, expiredReason: 'Nothing else in the house, emergency' });
    await record(page).click();
    const [receipt] = await readReceipt(page);
    await visit(page, `ledger/${receipt?.seq}`, `Record ${receipt?.seq}`);
    await expect(page.getByText('Nothing else in the house, emergency').first()).toBeVisible();
  });
});
