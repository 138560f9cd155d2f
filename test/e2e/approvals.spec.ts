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

/** Says that a Schedule II vial is damaged, and proposes to close it: nobody else is here. */
async function proposeClosing(page: Page, number: string): Promise<void> {
  await visit(page, 'vials', 'Vials');
  await page.getByLabel('Find', { exact: true }).fill(number);
  await page.getByRole('main').getByRole('link', { name: number }).click();
  await expectScreen(page, `Container ${number}`);
  await page.getByRole('link', { name: 'Close', exact: true }).click();
  await page.getByRole('radio', { name: 'Damaged' }).check();
  await page.getByLabel('Note, if any').fill('Dropped on the floor.');
  await signAs(page, { label: 'Closed by', name: DEMO.lead });
  await page.getByRole('radio', { name: /^Nobody is here: propose it/ }).check();
  await expect(page.getByLabel('Why, for whoever approves')).toHaveValue('Dropped on the floor.');
  await page.getByRole('button', { name: 'Sign and propose' }).click();
  expect(await readReceipt(page)).toHaveLength(1);
  await expect(page.getByText(/^Nothing has changed yet/)).toBeVisible();
}

const group = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

async function openProposal(page: Page, about: string | RegExp): Promise<void> {
  await visit(page, 'approvals', 'Approvals');
  await page.getByRole('link', { name: new RegExp(`^Open: .*${String(about)}`) }).click();
  await expectScreen(page, 'Proposal');
}

test('proposed by one, approved by another, carried out by a third: each with their own PIN', async ({
  page,
}) => {
  const { worn } = await startDemo(page);
  const { number } = worn;
  const nav = page.getByRole('navigation', { name: 'Main' });
  await expect(nav.getByRole('link', { name: 'Approvals 1 waiting' })).toBeVisible();

  await test.step('nobody is here: it is proposed, and nothing changes', async () => {
    const before = await balanceOf(page, number);
    await proposeClosing(page, number);
    expect(await balanceOf(page, number)).toBe(before);
    await expect(nav.getByRole('link', { name: 'Approvals 2 waiting' })).toBeVisible();
    await visit(page, 'today', 'Today');
    const work = page.getByRole('region', { name: 'What needs doing' });
    await expect(work).toContainText(
      `Waits for approval: Closed Hydromorphone ${number}: damaged`.replace('Hydromorphone', worn.product),
    );
    await expect(work).toContainText(`Proposed by ${DEMO.lead} just now`);
  });

  await test.step('the list says who waits for whom, for each', async () => {
    await visit(page, 'approvals', 'Approvals');
    const mine = group(page, 'To approve').getByRole('listitem').filter({ hasText: number });
    await expect(mine).toContainText(
      `Waits for ${DEMO.registrant}, ${DEMO.vet} or ${DEMO.officer} to approve it.`,
    );
    await page.getByLabel('What waits for').selectOption({ label: DEMO.lead });
    await expect(group(page, 'Made by them')).toContainText(number);
    await expect(mine).toHaveCount(0);
  });

  await test.step('the proposer does not approve, and the list of names says why', async () => {
    await openProposal(page, number);
    await expect(page.getByText('Dropped on the floor.').first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'What is proposed' })).toContainText(`Book of ${number}`);
    await page.getByRole('button', { name: 'Approve' }).click();
    const who = page.getByLabel('Approved by', { exact: true });
    await expect(
      who.getByRole('option', { name: `${DEMO.lead} (proposed this, cannot approve it)` }),
    ).toBeDisabled();
    await expect(who.getByRole('option', { name: DEMO.juno })).toHaveCount(0);
  });

  await test.step('somebody else approves', async () => {
    await signAs(page, { label: 'Approved by', name: DEMO.vet, pin: '111222' });
    await page.getByRole('button', { name: 'Sign and approve' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'That PIN is wrong.' })).toBeVisible();
    await page.getByLabel(`PIN of ${DEMO.vet}`).fill('246810');
    await page.getByRole('button', { name: 'Sign and approve' }).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(group(page, 'Approved, to be carried out')).toContainText(
      `Approved by ${DEMO.vet}. Waits for ${DEMO.registrant} or ${DEMO.lead} to carry it out.`,
    );
  });

  const seq =
    await test.step('the approver does not carry it out, a third person does, with a witness', async () => {
      await openProposal(page, number);
      await page.getByRole('button', { name: 'Carry it out' }).click();
      const who = page.getByLabel('Carried out by', { exact: true });
      await expect(
        who.getByRole('option', { name: `${DEMO.vet} (approved this, cannot carry it out)` }),
      ).toBeDisabled();
      await signAs(page, { label: 'Carried out by', name: DEMO.registrant });
      await signAs(page, { label: 'Witness', name: DEMO.sol });
      await page.getByRole('button', { name: 'Sign and carry it out' }).click();
      const [receipt] = await readReceipt(page);
      return receipt?.seq ?? 0;
    });

  await test.step('the book has changed, and the records lead to each other', async () => {
    await visit(page, `ledger/${seq}`, `Record ${seq}`);
    const main = page.getByRole('main');
    await expect(main).toContainText(`${DEMO.registrant}, witnessed by ${DEMO.sol}, approved by ${DEMO.vet}`);
    await group(page, 'Earlier records that this one is about').getByRole('link').click();
    await expect(page.getByRole('heading', { level: 2, name: 'Proposed' })).toBeVisible();
    const later = group(page, 'Later records about this one');
    await expect(later).toContainText('Approved');
    await expect(later).toContainText('Container closed');
    await visit(page, 'approvals', 'Approvals');
    await expect(group(page, 'Done lately').getByRole('listitem').first()).toContainText('carried out');
    await expect(nav.getByRole('link', { name: 'Approvals 1 waiting' })).toBeVisible();
  });
});

test('a proposal is rejected, withdrawn, or overtaken by what happened since', async ({ page }) => {
  const { number } = (await startDemo(page)).worn;

  await test.step('rejected by somebody who may approve, with a reason', async () => {
    await proposeClosing(page, number);
    await openProposal(page, number);
    await page.getByRole('button', { name: 'Reject' }).click();
    await signAs(page, { label: 'Rejected by', name: DEMO.officer });
    await page.getByRole('button', { name: 'Sign and reject' }).click();
    await expect(page.getByText('Say why, for whoever proposed it.')).toBeVisible();
    await page.getByLabel('Reason', { exact: true }).fill('It is whole: I have it in my hand.');
    await page.getByRole('button', { name: 'Sign and reject' }).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await page.getByRole('button', { name: 'Done' }).click();
    const last = group(page, 'Done lately').getByRole('listitem').first();
    await expect(last).toContainText('rejected');
    await expect(last).toContainText('It is whole: I have it in my hand.');
  });

  await test.step('what has changed since is said, and only its end is offered', async () => {
    await proposeClosing(page, number);
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.1', by: DEMO.juno });
    await record(page).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await visit(page, 'approvals', 'Approvals');
    await expect(group(page, 'Cannot be done any more')).toContainText('has to bring its balance to zero');
    await openProposal(page, number);
    await expect(page.getByText('It could not be carried out any more.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Approve' })).toHaveCount(0);
  });

  await test.step('withdrawn by whoever made it, and by nobody else', async () => {
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByLabel('Reason', { exact: true }).fill('It was not that one.');
    await expect(page.getByLabel('Withdrawn by', { exact: true }).getByRole('option')).toHaveText([
      'Pick your name',
      DEMO.lead,
    ]);
    await signAs(page, { label: 'Withdrawn by', name: DEMO.lead });
    await page.getByRole('button', { name: 'Sign and withdraw' }).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(group(page, 'Done lately').getByRole('listitem').first()).toContainText('withdrawn');
  });

  await test.step('a change of the policy waits too, and is compared before anybody approves', async () => {
    await visit(page, 'policy', 'Policy');
    await page.getByRole('button', { name: 'Change it' }).click();
    await page.getByLabel('Everything is counted, every').fill('7');
    await page.getByRole('button', { name: 'See what changes' }).click();
    await page.getByLabel('Reason', { exact: true }).fill('The board asked for it.');
    await signAs(page, { label: 'Proposed by', name: DEMO.registrant });
    await page.getByRole('radio', { name: /^Nobody is here: propose it/ }).check();
    await page.getByRole('button', { name: 'Sign and propose' }).click();
    await expect(page.getByText(/^The change is proposed, as number \d+\./)).toBeVisible();
    await openProposal(page, 'policy');
    await expect(page.getByText('Everything is counted: every 30 days')).toBeVisible();
    await expect(page.getByText('Everything is counted: every 7 days')).toBeVisible();
  });
});
