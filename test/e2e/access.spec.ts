import type { Page } from '@playwright/test';
import {
  DEMO,
  DEMO_PIN,
  drawFrom,
  expect,
  expectScreen,
  fillDraw,
  readReceipt,
  record,
  startDemo,
  test,
  visit,
} from './app.ts';
import { keepPicture } from './pictures.ts';

const NAME = 'Quillon';

async function typePin(page: Page, name: string, action: string, pin: string): Promise<void> {
  await page.getByLabel('Who are you').selectOption({ label: name });
  await page.getByLabel(`PIN of ${name}`).fill(pin);
  await page.getByRole('button', { name: action, exact: true }).click();
}

async function signInAs(page: Page, name: string, action = 'Sign in'): Promise<void> {
  await typePin(page, name, action, DEMO_PIN);
  await expect(page.getByRole('link', { name: `Signed in: ${name}` })).toBeVisible();
}

const locked = (page: Page) => page.getByRole('heading', { name: 'Locked' });

/** Everything that the document holds, also what stands in fields. */
const everything = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>('input, textarea')];
    return [document.title, document.documentElement.outerHTML, ...fields.map((field) => field.value)].join(
      '\n',
    );
  });

test('a patient is found by whoever signs in, and by nobody after the lock', async ({ page, context }) => {
  await page.clock.install();
  const { full } = await startDemo(page);
  await drawFrom(page, full.number);
  await fillDraw(page, { drawn: '0.3', patient: NAME, by: DEMO.sol });
  await record(page).click();
  await readReceipt(page);

  await test.step('signing in comes first', async () => {
    await visit(page, 'patients', 'Patients');
    await expect(page.getByLabel('Find')).toHaveCount(0);
    await signInAs(page, DEMO.vet);
    await expect(page.getByRole('link', { name: `Signed in: ${DEMO.vet}` })).toBeVisible();
  });

  await test.step('by the beginning of a word, in whatever case, with what was given and where', async () => {
    await page.getByLabel('Find').fill('qUIL');
    await expect(page.getByRole('heading', { name: NAME })).toBeVisible();
    const acts = page.getByRole('list', { name: `Acts for ${NAME}, newest first` });
    await expect(acts.getByRole('link', { name: `Container ${full.number}` })).toBeVisible();
    await keepPicture(page, 'patients-1280-light');
    await page.getByLabel('Find').fill('nobody of that name');
    await expect(page.getByText('Nobody is called that.')).toBeVisible();
    await page.getByLabel('Find').fill(NAME);
    await acts.getByRole('link', { name: /mL/ }).click();
    await expect(page.getByText(NAME)).toBeVisible();
  });

  const other = await context.newPage();
  await test.step('another tab has to be opened with a PIN of its own', async () => {
    await other.goto('/');
    await expect(locked(other)).toBeVisible();
    await signInAs(other, DEMO.lead, 'Unlock');
    await visit(other, 'patients', 'Patients');
    await other.getByLabel('Find').fill(NAME);
    await expect(other.getByRole('heading', { name: NAME })).toBeVisible();
  });

  await test.step('one press covers both', async () => {
    await page.getByRole('button', { name: 'Lock' }).click();
    for (const tab of [page, other]) {
      await expect(locked(tab)).toBeVisible();
      expect(await everything(tab)).not.toContain(NAME);
    }
  });

  await test.step('not round it by reload, address or back', async () => {
    await page.reload();
    await expect(locked(page)).toBeVisible();
    await page.goto('/#/patients');
    await page.goBack();
    await expect(locked(page)).toBeVisible();
    await expect(page.getByRole('navigation')).toHaveCount(0);
    expect(await everything(page)).not.toContain(NAME);
  });
});

test('what is being typed waits behind the lock, and nobody has to type it again', async ({ page }) => {
  await page.clock.install();
  const { full } = await startDemo(page);
  await visit(page, 'sign-in', 'Sign in');
  await signInAs(page, DEMO.juno);
  await drawFrom(page, full.number);
  // Whoever is signed in is offered as the one who draws.
  await expect(page.getByLabel('Drawn by', { exact: true }).locator('option:checked')).toHaveText(DEMO.juno);
  await page.getByLabel('Drawn', { exact: true }).fill('0.7');
  await page.getByLabel('Patient', { exact: true }).fill(NAME);
  await page.getByLabel(`PIN of ${DEMO.juno}`).fill(DEMO_PIN);

  await test.step('nobody is there for the idle time', async () => {
    await page.clock.fastForward('01:55');
    await expect(page.getByLabel('Patient', { exact: true })).toHaveValue(NAME);
    await page.keyboard.press('Shift');
    await page.clock.fastForward('01:55');
    await expect(page.getByLabel('Patient', { exact: true })).toHaveValue(NAME);
    await page.clock.fastForward('00:10');
    await expect(locked(page)).toBeVisible();
    expect(await everything(page)).not.toContain(NAME);
    await expect(page.getByText('What was being typed is kept')).toBeVisible();
    await keepPicture(page, 'locked-1280-light');
  });

  await test.step('the back button moves nothing behind it', async () => {
    await page.evaluate(() => history.back());
    await expect(locked(page)).toBeVisible();
  });

  await test.step('by the keyboard alone', async () => {
    await expect(page.getByLabel(`PIN of ${DEMO.juno}`)).toBeFocused();
    await page.keyboard.type(DEMO_PIN);
    await page.keyboard.press('Enter');
    await expectScreen(page, 'Draw or give');
    await expect(page.getByLabel('Patient', { exact: true })).toHaveValue(NAME);
    await expect(page.getByLabel('Drawn', { exact: true })).toHaveValue('0.7');
    // Whoever unlocks may be somebody else: a PIN is the one thing that is not kept.
    await expect(page.getByLabel(`PIN of ${DEMO.juno}`)).toHaveValue('');
    await page.getByLabel(`PIN of ${DEMO.juno}`).fill(DEMO_PIN);
    await record(page).click();
    await readReceipt(page);
  });

  await test.step('signing out leaves the app open, without names', async () => {
    await visit(page, 'sign-in', 'Signed in');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expectScreen(page, 'Sign in');
    await page.reload();
    await expectScreen(page, 'Sign in');
    await visit(page, 'patients', 'Patients');
    await expect(page.getByRole('heading', { name: 'Sign in to see names' })).toBeVisible();
  });
});

test('wrong PINs are waited out in sight, and the wait is counted down', async ({ page }) => {
  await startDemo(page);
  await visit(page, 'sign-in', 'Sign in');
  for (const _ of [1, 2]) {
    await typePin(page, DEMO.lead, 'Sign in', '000111');
    await expect(page.getByText('That PIN is wrong. Try again.')).toBeVisible();
    await expect(page.getByLabel(`PIN of ${DEMO.lead}`)).toBeFocused();
  }
  await page.clock.install();
  await typePin(page, DEMO.lead, 'Sign in', '000111');
  const wait = page.getByRole('timer');
  await expect(wait).toContainText('0:');
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await keepPicture(page, 'sign-in-wait-1280-light');
  const left = async () => {
    const [, minutes = '', seconds = ''] = /(\d+):(\d\d)/.exec((await wait.textContent()) ?? '') ?? [];
    return Number(minutes) * 60 + Number(seconds);
  };
  const before = await left();
  expect(before).toBeGreaterThan(0);
  await page.clock.runFor(5000);
  await expect.poll(left).toBeLessThanOrEqual(before - 4);
});
