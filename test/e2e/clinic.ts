import type { Page } from '@playwright/test';
import { expect, expectScreen, readReceipt, signAs, visit } from './app.ts';

/** A clinic that begins from nothing, as its people would set it up. */
export const CLINIC = {
  facility: 'Cedar Creek Veterinary',
  address: '12 Mill Lane, Loveland, CO 80537',
  dea: 'AC1234563',
  registrant: { name: 'Dr. Ada Cedar', pin: '913572480615' },
  technician: { name: 'Tess Bright', pin: '408263' },
  witness: { name: 'Omar Field', pin: '571934' },
} as const;

export type Person = { name: string; pin: string };

/** Fills the form that starts a ledger; nothing is sent yet. */
export async function fillClinic(page: Page, { dea, zone }: { dea: string; zone?: string }): Promise<void> {
  const { registrant } = CLINIC;
  await page.goto('/');
  await page.getByRole('button', { name: 'Start a ledger' }).click();
  await expectScreen(page, 'Start a clinic ledger');
  await page.getByLabel('Name', { exact: true }).fill(CLINIC.facility);
  await page.getByLabel('Registered address').fill(CLINIC.address);
  await page.getByLabel('DEA number').fill(dea);
  if (zone) await page.getByLabel('Time zone').fill(zone);
  await page.getByLabel('Your name').fill(registrant.name);
  await page.getByLabel('Choose a PIN').fill(registrant.pin);
  await page.getByLabel('The same PIN again').fill(registrant.pin);
}

export async function startClinic(page: Page, how: { zone?: string } = {}): Promise<void> {
  await fillClinic(page, { dea: CLINIC.dea, ...how });
  await page.getByRole('button', { name: 'Start the ledger' }).click();
  await expectScreen(page, 'Today');
}

/** Enrols a person, who sets their own PIN; the registrant signs, and a second person where there is one who may. */
export async function enrol(
  page: Page,
  { name, pin }: Person,
  role: string,
  approver?: Person,
): Promise<void> {
  await visit(page, 'people', 'People');
  await page.getByRole('button', { name: 'Enrol a person' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Role', { exact: true }).selectOption({ label: role });
  await page.getByRole('button', { name: 'Next: their PIN' }).click();
  await expect(page.getByRole('heading', { name: `${name}: choose your own PIN` })).toBeVisible();
  await page.getByLabel('New PIN').fill(pin);
  await page.getByLabel('The same PIN again').fill(pin);
  await page.getByRole('button', { name: 'Next: sign' }).click();
  const form = page.getByRole('form', { name: `Enrol ${name}` });
  await signAs(form, { label: 'Who signs', ...CLINIC.registrant });
  if (approver) await signAs(form, { label: 'Approved by, another person', ...approver });
  await form.getByRole('button', { name: 'Sign and enrol' }).click();
  await expect(page.getByText(`${name} is enrolled and can sign now.`)).toBeVisible();
}

export type NewVial = { number: string; lot: string; expires: string };

/** Receives vials of a product that the ledger does not know yet, all of it typed by hand. */
export async function receiveKetamine(page: Page, vials: readonly NewVial[]): Promise<void> {
  await visit(page, 'receive', 'Receive');
  await page.getByRole('button', { name: 'New product' }).click();
  const product = page.getByRole('form', { name: 'New product' });
  await product.getByLabel('Drug').fill('Ketamine');
  await product.getByLabel('Strength').fill('100 mg/mL');
  await product.getByLabel('Form', { exact: true }).selectOption({ label: 'Injection' });
  await product.getByLabel('Schedule').selectOption({ label: 'C-III' });
  await product.getByLabel('Counted in').selectOption({ label: 'mL' });
  await product.getByLabel('A new container holds').fill('10');
  await product.getByRole('button', { name: 'Add the product' }).click();
  const lines = page.getByRole('region', { name: 'Containers in this delivery' }).getByRole('listitem');
  for (const [i, vial] of vials.entries()) {
    const line = lines.nth(i);
    await line.getByLabel('Number').fill(vial.number);
    await line.getByLabel('Lot').fill(vial.lot);
    await line.getByLabel('Expires').fill(vial.expires);
    if (i + 1 < vials.length) {
      await line.getByRole('button', { name: 'One more like' }).click();
      await expect(lines).toHaveCount(i + 2);
    }
  }
  await page.getByLabel('Supplier', { exact: true }).fill('Patterson Veterinary');
  await signAs(page, { label: 'Received by', ...CLINIC.registrant });
  await page.getByRole('button', { name: `Sign and receive ${vials.length}` }).click();
  expect(await readReceipt(page)).toHaveLength(2);
}
