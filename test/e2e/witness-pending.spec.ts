import {
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

test('nobody is free to witness: it stands open, and the late signature shows the delay', async ({
  page,
}) => {
  const { number } = (await startDemo(page)).full;

  await test.step('the waste is recorded as it was, without a witness', async () => {
    await drawFrom(page, number);
    await fillDraw(page, { drawn: '0.6', given: '0.5', by: DEMO.juno });
    await record(page).click();
    await page.getByRole('button', { name: 'Nobody is free: witness pending' }).click();
    expect(await readReceipt(page)).toHaveLength(2);
    await expect(page.getByText('Wasted 0.1 mL, witness pending')).toBeVisible();
  });

  const work = page.getByRole('region', { name: 'What needs doing' });
  const mine = work.getByRole('listitem').filter({ hasText: 'Wasted 0.1 mL' });
  await test.step('Today says who waits, since when and until when', async () => {
    await visit(page, 'today', 'Today');
    await expect(mine).toContainText('Witness pending');
    await expect(mine).toContainText(`By ${DEMO.juno}, just now. Due by`);
    await expect(work.getByRole('listitem').filter({ hasText: 'Wasted 0.2 mL' })).toContainText('2 h ago');
  });

  await test.step('nobody witnesses their own act, and only who may is offered', async () => {
    await mine.getByRole('link', { name: /^Witness/ }).click();
    await expectScreen(page, 'Witness');
    const who = page.getByLabel('Witness, who saw it', { exact: true });
    await expect(
      who.getByRole('option', { name: `${DEMO.juno} (did this, cannot witness it)` }),
    ).toBeDisabled();
    await expect(who).not.toHaveValue(/./);
  });

  await test.step('a colleague signs afterwards', async () => {
    await signAs(page, { label: 'Witness, who saw it', name: DEMO.sol });
    await page.getByRole('button', { name: 'Sign as witness' }).click();
    expect(await readReceipt(page)).toHaveLength(1);
    await page.getByRole('button', { name: 'Done' }).click();
    await expectScreen(page, 'Today');
    await expect(mine).toHaveCount(0);
  });

  await test.step('two hours late is two hours late in the record, for everybody to see', async () => {
    await work.getByRole('listitem').filter({ hasText: 'Wasted 0.2 mL' }).getByRole('link').click();
    await signAs(page, { label: 'Witness, who saw it', name: DEMO.vet });
    await page.getByRole('button', { name: 'Sign as witness' }).click();
    const [cosigned] = await readReceipt(page);
    await visit(page, `ledger/${cosigned?.seq}`, `Record ${cosigned?.seq}`);
    const main = page.getByRole('main');
    await expect(main).toContainText('Witness signed later');
    await expect(main).toContainText(DEMO.vet);
    await expect(main).toContainText('Witnessed 2 h later: Wasted 0.2 mL Hydromorphone');
  });
});
