import type { Page } from '@playwright/test';
import { DEMO, DEMO_PIN, expect, signAs, startDemo, test, visit } from './app.ts';
import { keepPicture } from './pictures.ts';

// The worker's own clock is moved by what is put before its script, which a service worker would not ask for.
test.use({ serviceWorkers: 'block' });

const SIX_YEARS = 6 * 366 * 86_400_000;

/** Everything on this page happens six years later, in its worker too. */
async function inSixYears(page: Page): Promise<void> {
  await page.clock.install({ time: Date.now() + SIX_YEARS });
  await page.route(/ledger\.worker.*\.js/, async (route) => {
    const answer = await route.fetch();
    const later = `const real = Date.now.bind(Date); Date.now = () => real() + ${SIX_YEARS};\n`;
    await route.fulfill({ response: answer, body: `${later}${await answer.text()}` });
  });
}

const panel = (page: Page, name: string) => page.getByRole('region', { name });

test('the key of the names changes, and every name is still there', async ({ page }) => {
  await startDemo(page);
  await visit(page, 'settings', 'Settings');
  await page.getByRole('link', { name: 'Keep or erase names' }).click();
  const rotate = panel(page, 'Change the key');
  await rotate.getByRole('button', { name: 'Change the key' }).click();
  const open = page.getByRole('form', { name: 'Open the names' });
  await open.getByLabel('Who signs').selectOption({ label: DEMO.registrant });
  await open.getByLabel('PIN', { exact: true }).fill(DEMO_PIN);
  await open.getByRole('button', { name: 'Wrap the names anew' }).click();
  await expect(rotate.getByText('Every name is wrapped anew and was read back.')).toBeVisible();

  await test.step('left before it is signed for, it waits and says so', async () => {
    await page.reload();
    await expect(rotate.getByText('A change of the key is not finished.')).toBeVisible();
    await rotate.getByRole('button', { name: 'Go on' }).click();
    await open.getByLabel('Who signs').selectOption({ label: DEMO.registrant });
    await open.getByLabel('PIN', { exact: true }).fill(DEMO_PIN);
    await open.getByRole('button', { name: 'Wrap the names anew' }).click();
  });
  await rotate.getByRole('button', { name: 'Sign and change the key' }).click();
  await expect(rotate.getByText('Say why, so that it can be understood later.')).toBeVisible();
  await rotate.getByLabel('Reason').fill('A technician has left');
  await signAs(page, { label: 'Changed by', name: DEMO.registrant });
  await rotate.getByRole('button', { name: 'Sign and change the key' }).click();
  await rotate.getByRole('button', { name: 'Done' }).click();
  await expect(rotate.getByText('The key is changed.')).toBeVisible();

  await visit(page, 'patients', 'Patients');
  await page.getByLabel('Who are you').selectOption({ label: DEMO.juno });
  await page.getByLabel(`PIN of ${DEMO.juno}`).fill(DEMO_PIN);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Find').fill('b');
  await expect(page.getByRole('list', { name: /^Acts for / }).first()).toBeVisible();
});

test('names are erased when their time is over, by two people, and the records stand', async ({
  page,
  context,
}) => {
  await startDemo(page);
  await test.step('not before', async () => {
    await visit(page, 'vault', 'Patient names');
    await expect(
      panel(page, 'Erase names after their time').getByText('Nothing is old enough yet.'),
    ).toBeVisible();
    await expect(page.getByRole('button', { name: 'Erase names' })).toHaveAttribute('aria-disabled', 'true');
  });
  await page.close();

  const later = await context.newPage();
  await inSixYears(later);
  await visit(later, 'vault', 'Patient names');
  const erase = panel(later, 'Erase names after their time');
  await test.step('the screen says what would go, and takes two people', async () => {
    await erase.getByRole('button', { name: 'Erase names' }).click();
    await expect(erase.getByText(/^\d+ patients will be erased\. This cannot be undone\.$/)).toBeVisible();
    await keepPicture(later, 'erase-1280-light');
    await erase.getByLabel('Reason').fill('Retention is over');
    await signAs(later, { label: 'Erased by', name: DEMO.registrant });
    await erase.getByRole('button', { name: /^Sign and erase \d+ patients$/ }).click();
    // Nothing is signed while the second person is missing.
    await expect(erase.getByLabel('Approved by, another person')).toBeFocused();
    await signAs(later, { label: 'Approved by, another person', name: DEMO.vet });
    await erase.getByRole('button', { name: /^Sign and erase \d+ patients$/ }).click();
    await erase.getByRole('button', { name: 'Done' }).click();
    await expect(erase.getByText(/^Erased: \d+ patients\.$/)).toBeVisible();
    await expect(erase.getByText('Nothing is old enough yet.')).toBeVisible();
  });

  await test.step('a record says that its name is erased, and which record did it', async () => {
    await visit(later, 'ledger?type=draw', 'Ledger');
    const rows = later.getByRole('list', { name: 'Records, newest first' });
    await rows.getByRole('link', { name: /Drew/ }).first().click();
    await expect(later.getByText('Erased after its time, by')).toBeVisible();
    await expect(later.getByText('✓ valid').first()).toBeVisible();
  });

  await test.step('whoever signs in finds nobody any more, and the whole log verifies', async () => {
    await visit(later, 'patients', 'Patients');
    await later.getByLabel('Who are you').selectOption({ label: DEMO.vet });
    await later.getByLabel(`PIN of ${DEMO.vet}`).fill(DEMO_PIN);
    await later.getByRole('button', { name: 'Sign in', exact: true }).click();
    await later.getByLabel('Find').fill('b');
    await expect(later.getByText('Nobody is called that.')).toBeVisible();
    await visit(later, 'verify', 'Verify');
    await later
      .getByRole('button', { name: /Verify/ })
      .first()
      .click();
    await expect(later.getByText(/Integrity: whole/)).toBeVisible({ timeout: 60_000 });
  });
});
