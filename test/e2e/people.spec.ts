import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, expectScreen, signAs, test, visit } from './app.ts';
import { CLINIC, enrol, type Person, startClinic } from './clinic.ts';
import { keepPicture } from './pictures.ts';

const AXE = readFileSync(resolve(import.meta.dirname, '../../node_modules/axe-core/axe.min.js'), 'utf8');

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const found = await page.evaluate<string>('axe.run().then((r) => JSON.stringify(r.violations))');
  expect(JSON.parse(found)).toEqual([]);
}

/** Every width, without a sideways scroll. */
async function look(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  for (const width of [380, 820, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await keepPicture(page, `people-${name}-${width}`);
  }
}

async function lookInTheDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page);
  await keepPicture(page, `people-${name}-1280-dark`);
  await page.emulateMedia({ colorScheme: 'light' });
}

const { registrant, technician } = CLINIC;
const vet = { name: 'Dr. Ben Hale', pin: '662607' };
const visitor = { name: 'Rita Relief', pin: '299792' };
const NEW_PIN = '137035';

/** Opens what can be done for a person, and begins one of it. */
async function begin(page: Page, { name }: Person, act: string): Promise<void> {
  await page.getByRole('button', { name: `Manage ${name}` }).click();
  await page.getByRole('button', { name: act, exact: true }).click();
}

async function choosePin(page: Page, { name, pin }: Person): Promise<void> {
  await expect(page.getByRole('heading', { name: `${name}: choose your own PIN` })).toBeVisible();
  await page.getByLabel('New PIN').fill(pin);
  await page.getByLabel('The same PIN again').fill(pin);
  await page.getByRole('button', { name: 'Next: sign' }).click();
}

const approve = (form: Locator) => signAs(form, { label: 'Approved by, another person', ...vet });

test('people come, are given more for a while and a new PIN, and go', async ({ page }) => {
  await startClinic(page);

  await test.step('Today says what is due, and People why it matters that one person may do it all', async () => {
    await expect(page.getByText('Training is due')).toBeVisible();
    await page.getByRole('link', { name: 'Look: who it is due for' }).click();
    await expectScreen(page, 'People');
    await expect(page.getByText(`Only ${registrant.name} can enrol people`)).toBeVisible();
    await expect(page.getByText('training not recorded')).toBeVisible();
  });

  await test.step('a wrong DEA number stays in its field, and nobody else can approve the first one', async () => {
    await page.getByRole('button', { name: 'Enrol a person' }).click();
    await page.getByLabel('Name', { exact: true }).fill(vet.name);
    await page.getByLabel('Role', { exact: true }).selectOption({ label: 'Veterinarian' });
    await page.getByLabel('DEA number of their own').fill('BH1234564');
    await page.getByLabel('Screened on').fill('2026-02-03');
    await page.getByRole('button', { name: 'Next: their PIN' }).click();
    await expect(page.getByText('fails the DEA check digit')).toBeVisible();
    await page.getByLabel('DEA number of their own').fill('BH1234563');
    await look(page, 'enrol');
    await page.getByRole('button', { name: 'Next: their PIN' }).click();
    await choosePin(page, vet);
    const form = page.getByRole('form', { name: `Enrol ${vet.name}` });
    await expect(form.getByText('nobody else here may')).toBeVisible();
    await signAs(form, { label: 'Who signs', ...registrant });
    await form.getByRole('button', { name: 'Sign and enrol' }).click();
    await expect(page.getByText(`${vet.name} is enrolled and can sign now.`)).toBeVisible();
  });

  await test.step('the next one needs somebody who approves it', () =>
    enrol(page, technician, 'Technician', vet));

  await test.step('a visitor is admitted for a day', async () => {
    await page.getByRole('button', { name: 'Admit a visitor' }).click();
    await page.getByLabel('Name', { exact: true }).fill(visitor.name);
    await page.getByRole('button', { name: 'Next: their PIN' }).click();
    await expect(page.getByText('Say why')).toBeVisible();
    await page.getByLabel('Reason').fill('Relief veterinarian');
    await page.getByRole('button', { name: 'Next: their PIN' }).click();
    await choosePin(page, visitor);
    const form = page.getByRole('form', { name: `Admit ${visitor.name}` });
    await signAs(form, { label: 'Who signs', ...vet });
    await form.getByRole('button', { name: 'Sign and admit' }).click();
    await expect(page.getByText(`${visitor.name} can witness until`)).toBeVisible();
    await expect(page.getByText('visitor until')).toBeVisible();
  });

  await test.step('the technician is made lead for a while, which another person approves', async () => {
    await begin(page, technician, 'Ask to do more for a while');
    const form = page.getByRole('form', { name: `More for ${technician.name}, for a while` });
    await form.getByLabel('As', { exact: true }).selectOption({ label: 'Lead technician' });
    await form.getByLabel('Reason').fill('The lead technician is away');
    await signAs(form, { label: 'Asked for by', ...technician });
    await form.getByRole('button', { name: 'Sign and give' }).click();
    await expect(form.getByText('Pick a name first.')).toBeVisible();
    await approve(form);
    await look(page, 'elevate');
    await form.getByRole('button', { name: 'Sign and give' }).click();
    await expect(page.getByText(`${technician.name} is lead technician as well for now.`)).toBeVisible();
    await page.getByRole('button', { name: `Manage ${technician.name}` }).click();
    await look(page, 'list');
    await lookInTheDark(page, 'list');
    await page.getByRole('button', { name: 'End lead technician' }).click();
    const end = page.getByRole('form', { name: `End: ${technician.name} as lead technician` });
    await end.getByLabel('Reason').fill('No longer needed');
    await signAs(end, { label: 'Who signs', ...technician });
    await end.getByRole('button', { name: 'Sign and end it' }).click();
    await expect(page.getByText(`${technician.name} is no longer lead technician.`)).toBeVisible();
  });

  await test.step('training and screening are recorded, and no longer due', async () => {
    await begin(page, technician, 'Change role or particulars');
    const form = page.getByRole('form', { name: `Change ${technician.name}` });
    const day = await page.evaluate(() => new Date().toLocaleDateString('en-CA'));
    await form.getByLabel('Reason').fill('Screening on file');
    await signAs(form, { label: 'Who signs', ...registrant });
    await approve(form);
    await form.getByRole('button', { name: 'Sign and change' }).click();
    await expect(form.getByText('Nothing is changed yet.')).toBeVisible();
    await form.getByLabel('Screened on').fill(day);
    await form.getByLabel('Last trained on').fill(day);
    await form.getByLabel('Signed out when idle for').selectOption({ label: '30 seconds' });
    await look(page, 'change');
    await lookInTheDark(page, 'change');
    await form.getByRole('button', { name: 'Sign and change' }).click();
    await expect(page.getByText(`${technician.name} is changed.`)).toBeVisible();
    const row = page.getByRole('listitem').filter({ hasText: technician.name });
    await expect(row.getByText('not recorded')).toHaveCount(0);
  });

  await test.step('a person changes their own PIN and key', async () => {
    await begin(page, vet, 'Change the PIN');
    const form = page.getByRole('form', { name: `${vet.name}: change your PIN` });
    await form.getByLabel('PIN that you have').fill('999000');
    await form.getByLabel('New PIN').fill(NEW_PIN);
    await form.getByLabel('The same PIN again').fill(NEW_PIN);
    await form.getByRole('button', { name: 'Change the PIN' }).click();
    await expect(form.getByText('That PIN is wrong.')).toBeVisible();
    await look(page, 'pin');
    await form.getByLabel('PIN that you have').fill(vet.pin);
    await form.getByRole('button', { name: 'Change the PIN' }).click();
    await expect(page.getByText(`The PIN of ${vet.name} is changed.`)).toBeVisible();
    vet.pin = NEW_PIN;
    await begin(page, vet, 'Replace the key');
    const key = page.getByRole('form', { name: `${vet.name}: replace your key` });
    await key.getByLabel('Reason').fill('Yearly');
    await key.getByLabel('PIN', { exact: true }).fill(vet.pin);
    await key.getByRole('button', { name: 'Replace the key' }).click();
    await expect(page.getByText(`${vet.name} signs with a new key.`)).toBeVisible();
  });

  await test.step('a forgotten PIN is replaced by two others', async () => {
    await begin(page, technician, 'PIN forgotten: new PIN');
    await choosePin(page, { ...technician, pin: '806225' });
    const form = page.getByRole('form', { name: `New PIN for ${technician.name}` });
    await form.getByLabel('Reason').fill('Forgot the PIN');
    await signAs(form, { label: 'Who signs', ...registrant });
    await approve(form);
    await look(page, 'reset');
    await form.getByRole('button', { name: 'Sign for the new key' }).click();
    await expect(page.getByText(`${technician.name} signs with the new PIN from now on.`)).toBeVisible();
  });

  await test.step('who leaves is disabled, and the last registrant is not', async () => {
    await begin(page, technician, 'Disable');
    const form = page.getByRole('form', { name: `Disable ${technician.name}` });
    await form.getByLabel('Reason').fill('Left the practice');
    await signAs(form, { label: 'Who signs', ...registrant });
    await form.getByRole('button', { name: 'Disable' }).click();
    await expect(page.getByText(`${technician.name} can no longer sign.`)).toBeVisible();
    await expect(page.getByText('disabled', { exact: true })).toBeVisible();
    await begin(page, registrant, 'Disable');
    await expect(page.getByText(`${registrant.name} stays enrolled.`)).toBeVisible();
  });

  await test.step('all of it is in the ledger, in words', async () => {
    await visit(page, 'ledger', 'Ledger');
    const rows = page.getByRole('list', { name: 'Records, newest first' });
    for (const words of [
      `Disabled ${technician.name}: Left the practice`,
      `New key and PIN for ${technician.name}: Forgot the PIN`,
      `${vet.name} replaced their own key: Yearly`,
      `${vet.name} changed their PIN`,
      `Changed the screening, the training and the idle time of ${technician.name}: Screening on file`,
      `Made ${technician.name} lead technician for a while: The lead technician is away`,
      `Admitted ${visitor.name} as a witness for a day: Relief veterinarian`,
    ]) {
      await expect(rows).toContainText(words);
    }
  });
});
