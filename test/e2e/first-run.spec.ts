import {
  balanceOf,
  drawFrom,
  expect,
  expectScreen,
  fillDraw,
  readReceipt,
  record,
  signAs,
  test,
  visit,
} from './app.ts';
import { CLINIC, enrol, fillClinic, receiveKetamine } from './clinic.ts';

const { technician, witness } = CLINIC;

test('a clinic starts its ledger, receives, draws and wastes with a witness', async ({ page }) => {
  await test.step('a DEA number with a wrong check digit is refused, and nothing typed is lost', async () => {
    await fillClinic(page, { dea: 'AC1234564' });
    await page.getByRole('button', { name: 'Start the ledger' }).click();
    await expect(page.getByText('fails the DEA check digit')).toBeVisible();
    await expect(page.getByLabel('DEA number')).toHaveValue('AC1234564');
    await expect(page.getByLabel('Registered address')).toHaveValue(CLINIC.address);
    await expect(page.getByLabel('Choose a PIN')).toHaveValue(CLINIC.registrant.pin);
  });

  await test.step('the right one starts it', async () => {
    await page.getByLabel('DEA number').fill(CLINIC.dea);
    await page.getByRole('button', { name: 'Start the ledger' }).click();
    await expectScreen(page, 'Today');
    await expect(page.getByRole('banner')).toContainText(CLINIC.facility);
    await expect(page.getByText('Demo clinic.')).toHaveCount(0);
    await expect(page.getByText('Nothing is on hand yet.')).toBeVisible();
  });

  await test.step('two vials of a new product come in', async () => {
    await receiveKetamine(page, [
      { number: 'K-01', lot: 'KT2291', expires: '2029-03-31' },
      { number: 'K-02', lot: 'KT2291', expires: '2029-03-31' },
    ]);
    await page.getByRole('button', { name: 'Done' }).click();
    await expectScreen(page, 'Vials');
    await expect(page.getByText('2 of 2')).toBeVisible();
  });

  await test.step('a technician and a witness are enrolled, each with a PIN of their own', async () => {
    await enrol(page, technician, 'Technician');
    await enrol(page, witness, 'Witness only');
  });

  await test.step('a draw with a leftover asks for its witness', async () => {
    await drawFrom(page, 'K-01');
    await fillDraw(page, { drawn: '0.5', given: '0.35', by: technician.name, pin: technician.pin });
    await expect(page.getByRole('status').filter({ hasText: 'Left over' })).toContainText('0.15');
    await record(page).click();
    await expect(page.getByRole('heading', { name: 'Waste 0.15' })).toBeVisible();
    const who = page.getByLabel('Witness, who saw it', { exact: true });
    await expect(who.getByRole('option', { name: /did this, cannot witness it/ })).toBeDisabled();
    await expect(who.getByRole('option', { name: technician.name })).toHaveCount(1);
  });

  const receipts = await test.step('a wrong PIN keeps the form, the right one records', async () => {
    await page.getByLabel('Reason').selectOption({ label: 'Procedure stopped' });
    await signAs(page, { label: 'Witness, who saw it', name: witness.name, pin: '571935' });
    await page.getByRole('button', { name: 'Witness and record' }).click();
    await expect(page.getByRole('alert').filter({ hasText: /PIN/ })).toBeVisible();
    await expect(page.getByLabel('Reason')).toHaveValue('Procedure stopped');
    await page.getByLabel(`PIN of ${witness.name}`).fill(witness.pin);
    await page.getByRole('button', { name: 'Witness and record' }).click();
    return readReceipt(page);
  });
  expect(receipts).toHaveLength(2);
  const [draw, waste] = receipts;
  expect(waste?.seq).toBe((draw?.seq ?? 0) + 1);

  await test.step('the book is right, and the ledger shows both', async () => {
    expect(await balanceOf(page, 'K-01')).toBe('9.5mL');
    expect(await balanceOf(page, 'K-02')).toBe('10mL');
    await visit(page, 'ledger', 'Ledger');
    const rows = page.getByRole('list', { name: 'Records, newest first' });
    await expect(rows).toContainText('Drew 0.5 mL Ketamine');
    await expect(rows).toContainText('Wasted 0.15 mL');
    await visit(page, `ledger/${waste?.seq}`, `Record ${waste?.seq}`);
    await expect(page.getByText(waste?.hash ?? '', { exact: true })).toBeVisible();
    await expect(page.getByText('✓ valid')).toHaveCount(2);
  });

  await test.step('a reload keeps all of it', async () => {
    await page.reload();
    await expectScreen(page, `Record ${waste?.seq}`);
    await visit(page, `ledger/${draw?.seq}`, `Record ${draw?.seq}`);
    await expect(page.getByText(draw?.hash ?? '', { exact: true })).toBeVisible();
    expect(await balanceOf(page, 'K-01')).toBe('9.5mL');
  });
});
