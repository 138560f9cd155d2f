import type { Page } from '@playwright/test';
import {
  balanceOf,
  DEMO,
  DEMO_PIN,
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
import { everythingOn, listenToTraffic, trafficOf } from './traffic.ts';

/** An amount that no other figure of the demo looks like: four places, and an odd end. */
const ODD = '0.0037';

/** The book's figure in every form in which it could leak: as text, and in ten-thousandths. */
const formsOf = (balance: string) => [balance, balance.replace('.', '')];

async function expectBlind(page: Page, balance: string): Promise<void> {
  const [shown, sent] = [await everythingOn(page), await trafficOf(page)];
  for (const form of formsOf(balance)) {
    expect(shown).not.toContain(form);
    expect(sent).not.toContain(form);
  }
}

async function typeCount(page: Page, number: string, amount: string): Promise<void> {
  await page
    .getByRole('region', { name: 'In this count' })
    .getByRole('button', { name: new RegExp(`^${number}\\b`) })
    .click();
  await page.getByLabel(`What is there in ${number}`).fill(amount);
}

async function sealAs(page: Page, name: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Seal the count' });
  await form.getByLabel('Who signs').selectOption({ label: name });
  await form.getByLabel('PIN', { exact: true }).fill(DEMO_PIN);
  await form.getByRole('button', { name: 'Sign and seal' }).click();
}

test('a count is blind until it is sealed, and a difference is followed to its end', async ({ page }) => {
  await listenToTraffic(page);
  const { full, second } = await startDemo(page);
  const [number, other] = [full.number, second.number];

  const balance = await test.step('the book of one vial is made unmistakable', async () => {
    await drawFrom(page, number);
    await fillDraw(page, { drawn: ODD, by: DEMO.sol });
    await record(page).click();
    await readReceipt(page);
    const text = (await balanceOf(page, number)).replace('mL', '');
    expect(text).toMatch(/^\d+\.\d{4}$/);
    return text;
  });
  const right = (await balanceOf(page, other)).replace('mL', '');

  await test.step('a fresh page goes straight to the count', async () => {
    await page.goto('/#/count');
    await page.reload();
    await expectScreen(page, 'Count');
    await page.getByRole('radio', { name: 'Some containers' }).check();
    await page.getByRole('checkbox', { name: new RegExp(`^${number}\\b`) }).check();
    await page.getByRole('checkbox', { name: new RegExp(`^${other}\\b`) }).check();
    await expectBlind(page, balance);
    await page.getByRole('button', { name: 'Start counting 2 containers' }).click();
    await expectBlind(page, balance);
  });

  await test.step('what is typed is checked, and nothing can be sealed by halves', async () => {
    await typeCount(page, number, '8,5');
    await expect(page.getByText('is not an amount', { exact: false }).first()).toBeVisible();
    await typeCount(page, number, '1.5');
    await page.getByRole('button', { name: 'Seal the count' }).click();
    await expect(page.getByText(`Nothing is typed yet for ${other}.`)).toBeVisible();
    await typeCount(page, other, right);
    await expectBlind(page, balance);
  });

  await test.step('once sealed, the first count says only that something does not agree', async () => {
    await page.getByRole('button', { name: 'Seal the count' }).click();
    await expectBlind(page, balance);
    await sealAs(page, DEMO.sol);
    await expect(page.getByText('1 agrees with the book, 1 does not.')).toBeVisible();
    const shown = await everythingOn(page);
    for (const form of formsOf(balance)) expect(shown).not.toContain(form);
    // Now it is sealed the worker does send it: proof that the listening above would have heard it.
    expect(await trafficOf(page)).toContain(balance);
  });

  await test.step('the recount finds the same, and the difference is shown', async () => {
    await page.getByRole('button', { name: 'Count again' }).click();
    await expect(page.getByText('Count these again, as if for the first time.')).toBeVisible();
    await typeCount(page, number, '1.5');
    await page.getByRole('button', { name: 'Seal the count' }).click();
    await sealAs(page, DEMO.juno);
    await expect(page.getByText('less than the book').first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'What was counted' })).toContainText(balance);
  });

  await test.step('a discrepancy is opened with a note', async () => {
    const form = page.getByRole('form', { name: 'Open a discrepancy' });
    await form.getByLabel(new RegExp(`Number ${number}`)).fill('The stopper looked wet.');
    await form.getByLabel('Who signs').selectOption({ label: DEMO.juno });
    await form.getByLabel('PIN', { exact: true }).fill(DEMO_PIN);
    await form.getByRole('button', { name: 'Sign and open it' }).click();
    await page.getByRole('link', { name: 'discrepancy opened' }).click();
    await expectScreen(page, `Discrepancy on ${number}`);
    await expect(page.getByText('The stopper looked wet.')).toBeVisible();
  });

  await test.step('whom the policy wants told is named, until one of them has signed something about it', async () => {
    const told = page.getByText(/^To be told: /);
    await expect(told).toContainText(`${DEMO.registrant} (registrant)`);
    await expect(told).toContainText('(compliance officer)');
    await page.getByRole('button', { name: 'Add a note' }).click();
    await page.getByRole('textbox', { name: 'What was found' }).fill('I was called, and looked.');
    await signAs(page, { label: 'Noted by', name: DEMO.registrant });
    await page.getByRole('button', { name: 'Sign the note' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(told).not.toContainText('(registrant)');
    await expect(told).toContainText('(compliance officer)');
  });

  await test.step('more is noted', async () => {
    await page.getByRole('button', { name: 'Add a note' }).click();
    await page
      .getByRole('textbox', { name: 'What was found' })
      .fill('A leak in the hub, seen under the lamp.');
    await signAs(page, { label: 'Noted by', name: DEMO.lead });
    await page.getByRole('button', { name: 'Sign the note' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByText('A leak in the hub, seen under the lamp.')).toBeVisible();
  });

  await test.step('the registrant resolves it with a witness and an approver, and the book follows the count', async () => {
    await page.getByRole('button', { name: 'Resolve it' }).click();
    const form = page.getByRole('region', { name: 'Resolve' });
    await form.getByLabel('What it was').selectOption({ label: 'Spilt or broken' });
    await form.getByRole('radio', { name: /Change it by/ }).check();
    await form.getByLabel('How it was found out').fill('Leaking stopper, the rest is dry.');
    await signAs(form, { label: 'Resolved by', name: DEMO.registrant });
    await signAs(form, { label: 'Witness', name: DEMO.vet });
    await form.getByRole('button', { name: 'Sign and resolve' }).click();
    await expect(form.getByText('Pick a name first.')).toBeVisible();
    await signAs(form, { label: 'Approved by, another person', name: DEMO.officer });
    await form.getByRole('button', { name: 'Sign and resolve' }).click();
    await readReceipt(page);
    expect(await balanceOf(page, number)).toBe('1.5mL');
    await visit(page, 'discrepancy', 'Discrepancies');
    await expect(
      page.getByRole('listitem').filter({ hasText: number }).filter({ hasText: 'resolved' }),
    ).toBeVisible();
  });
});
