import type { BrowserContext, Page } from '@playwright/test';
import { DEMO, DEMO_PIN, expectScreen, fillDraw, readReceipt, record, startDemo, visit } from './app.ts';
import { test as base, expect, type Pms } from './fixtures.ts';
import { leavesBehind } from './left-behind.ts';
import { keepPicture } from './pictures.ts';

/** The app by itself, opened by a link of a practice-management system: no extension has a part in it. */
const test = base.extend({ baseURL: async ({ pwa }, use) => use(pwa.origin) });

const NUMBER = '900117';
const FROM_PROVET = `From Provet Cloud: consultation ${NUMBER}. Check it, and name the patient.`;

async function openConsultation(context: BrowserContext, pms: Pms): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${pms.origin}/provet-cloud/4417/consultation/${NUMBER}`);
  return page;
}

async function pressButton(consultation: Page): Promise<Page> {
  const [opened] = await Promise.all([
    consultation.context().waitForEvent('page'),
    consultation.getByRole('link', { name: 'Countersign', exact: true }).click(),
  ]);
  return opened;
}

const consultationIn = (page: Page) => page.getByLabel('Consultation', { exact: true });

async function chooseVial(page: Page, number: string): Promise<void> {
  await page.getByLabel('Vial', { exact: true }).fill(number);
  const vials = page.getByRole('list', { name: 'Open vials' });
  await vials.getByRole('button', { name: new RegExp(`^${number}\\b`) }).click();
}

async function signIn(page: Page, name: string, action: 'Sign in' | 'Unlock'): Promise<void> {
  await page.getByLabel('Who are you').selectOption({ label: name });
  await page.getByLabel(`PIN of ${name}`).fill(DEMO_PIN);
  await page.getByRole('button', { name: action, exact: true }).click();
  await expect(page.getByRole('link', { name: `Signed in: ${name}` })).toBeVisible();
}

test('the custom button opens the draw with its consultation, which only whoever is signed in finds again', async ({
  page,
  context,
  pms,
}) => {
  const { full } = await startDemo(page);
  const opened = await pressButton(await openConsultation(context, pms));
  await expectScreen(opened, 'Draw or give');
  await expect(opened.getByText(FROM_PROVET)).toBeVisible();
  await expect(consultationIn(opened)).toHaveValue(NUMBER);
  await expect(opened.getByLabel('Patient', { exact: true })).toHaveValue('');
  await expect(opened.getByRole('searchbox', { name: 'Vial' })).toHaveValue('');
  expect(await leavesBehind(opened, NUMBER)).toBe(false);
  for (const [width, colorScheme] of [
    [380, 'light'],
    [1280, 'dark'],
    [380, 'dark'],
    [1280, 'light'],
  ] as const) {
    await opened.setViewportSize({ width, height: 800 });
    await opened.emulateMedia({ colorScheme });
    await keepPicture(opened, `draw-from-link-${width}-${colorScheme}`);
  }

  await chooseVial(opened, full.number);
  await fillDraw(opened, { drawn: '0.3', patient: 'Bramble', by: DEMO.sol });
  await record(opened).click();
  const [receipt] = await readReceipt(opened);
  // What the record says in the clear is found, and the consultation is not.
  expect(await leavesBehind(opened, full.number)).toBe(true);
  expect(await leavesBehind(opened, NUMBER)).toBe(false);

  await test.step('another draw begins without it', async () => {
    await opened.getByRole('button', { name: 'Another' }).click();
    await expect(opened.getByRole('searchbox', { name: 'Vial' })).toBeVisible();
    await expect(opened.getByText('From Provet Cloud:')).toHaveCount(0);
    await expect(consultationIn(opened)).toHaveValue('');
  });

  await test.step('the record names the system, and not the consultation', async () => {
    await visit(page, `ledger/${receipt?.seq}`, `Record ${receipt?.seq}`);
    await expect(page.getByRole('main')).toContainText('provet-cloud');
    await expect(page.getByRole('main')).not.toContainText(NUMBER);
  });

  await test.step('the vault has it, for whoever is signed in', async () => {
    await visit(page, 'sign-in', 'Sign in');
    await signIn(page, DEMO.vet, 'Sign in');
    await page.goto(`/#/ledger/${receipt?.seq}`);
    await expect(page.getByText(`consultation ${NUMBER}`)).toBeVisible();
    await visit(page, 'patients', 'Patients');
    await page.getByLabel('Find').fill(NUMBER);
    await expect(page.getByRole('heading', { name: 'Bramble' })).toBeVisible();
  });
});

test('a link waits behind the lock in memory alone, and can be left out', async ({ page, context, pms }) => {
  await startDemo(page);
  const consultation = await openConsultation(context, pms);
  await visit(page, 'sign-in', 'Sign in');
  await signIn(page, DEMO.juno, 'Sign in');
  await page.getByRole('banner').getByRole('button', { name: 'Lock' }).click();

  const opened = await pressButton(consultation);
  await expect(opened.getByRole('heading', { name: 'Locked' })).toBeVisible();
  expect(await opened.content()).not.toContain(NUMBER);
  expect(await leavesBehind(opened, NUMBER)).toBe(false);
  await signIn(opened, DEMO.juno, 'Unlock');
  await expectScreen(opened, 'Draw or give');
  await expect(opened.getByText(FROM_PROVET)).toBeVisible();
  await expect(consultationIn(opened)).toHaveValue(NUMBER);

  await test.step('left out, nothing of it is there, and no draft', async () => {
    await opened.getByRole('button', { name: 'Leave it out' }).click();
    await expect(opened.getByText('From Provet Cloud:')).toHaveCount(0);
    await expect(consultationIn(opened)).toHaveValue('');
    await visit(opened, 'today', 'Today');
    await expect(opened.getByText('Begun and not signed')).toHaveCount(0);
    await opened.goBack();
    await expect(consultationIn(opened)).toHaveValue('');
  });
});

test('signing in on the way keeps what the link said', async ({ page, context, pms }) => {
  await startDemo(page);
  const opened = await pressButton(await openConsultation(context, pms));
  await expect(opened.getByText(FROM_PROVET)).toBeVisible();
  await opened.getByRole('link', { name: 'Sign in' }).click();
  await signIn(opened, DEMO.juno, 'Sign in');
  await expectScreen(opened, 'Draw or give');
  await expect(opened.getByText(FROM_PROVET)).toBeVisible();
  await expect(consultationIn(opened)).toHaveValue(NUMBER);
});

test('without a network the button opens it all the same', async ({ page, context, pms, pwa }) => {
  await startDemo(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const consultation = await openConsultation(context, pms);
  await pwa.down();
  await context.setOffline(true);
  try {
    const opened = await pressButton(consultation);
    await expect(opened.getByText(FROM_PROVET)).toBeVisible();
    await expect(opened.getByText('Offline, all here')).toBeVisible();
    await opened.goto(`/index.html?provet_consultation=${NUMBER}`);
    await expect(opened.getByText(FROM_PROVET)).toBeVisible();
    expect(opened.url()).toBe(`${pwa.origin}/index.html#/capture?from=link`);
  } finally {
    await context.setOffline(false);
    await pwa.up();
  }
});

test('a link that means harm fills in one plain line at most, and no form that is being filled in', async ({
  page,
  pwa,
}) => {
  const { full, second } = await startDemo(page);
  const blank = async () => {
    await expectScreen(page, 'Draw or give');
    await expect(page.getByRole('searchbox', { name: 'Vial' })).toBeVisible();
    await expect(page.getByText('From Provet Cloud:')).toHaveCount(0);
    await expect(consultationIn(page)).toHaveValue('');
    expect(page.url()).not.toContain('provet');
  };
  await test.step('more than one number, and what is no number', async () => {
    for (const [query, sentence] of [
      ['provet_consultation=1&provet_consultation=2', 'more than one consultation'],
      [`provet_consultation=${encodeURIComponent('<img src=x onerror=alert(1)>')}`, 'cannot be read'],
      [`provet_consultation=${'9'.repeat(41)}`, 'cannot be read'],
    ]) {
      await page.goto(`/?${query}`);
      await expect(page.getByText(sentence ?? '')).toBeVisible();
      await blank();
    }
  });

  await test.step('a container, an amount and a person are not its to choose', async () => {
    await visit(page, 'vials', 'Vials');
    await page.getByRole('link', { name: new RegExp(`\\b${full.number}\\b`) }).click();
    await expect(page).toHaveURL(/#\/vials\/[0-9a-f-]{36}/);
    const id = /vials\/([0-9a-f-]{36})/.exec(page.url())?.[1];
    await page.goto(
      `/?provet_consultation=7&container=${id}&drawn=1&given=1&patient=Mallory&note=x&pin=1#/capture?container=${id}&draft=1`,
    );
    await expect(page.getByText('From Provet Cloud: consultation 7.')).toBeVisible();
    expect(new URL(page.url()).hash).toBe('#/capture?from=link');
    for (const label of ['Drawn', 'Given', 'Patient', 'Note, without names'])
      await expect(page.getByLabel(label, { exact: true })).toHaveValue('');
    await expect(page.getByRole('searchbox', { name: 'Vial' })).toHaveValue('');
  });

  await test.step('an address that looks like another host', async () => {
    await page.goto(`${pwa.origin}//other.example/x?provet_consultation=8`);
    await expect(page.getByText('From Provet Cloud: consultation 8.')).toBeVisible();
    expect(page.url()).not.toContain('provet');
  });

  await test.step('what was being typed is a draft of its own', async () => {
    await visit(page, 'capture', 'Draw or give');
    await chooseVial(page, full.number);
    await page.getByLabel('Drawn', { exact: true }).fill('0.44');
    await page.getByLabel('Patient', { exact: true }).fill('Mochi');
    await expect(page.getByText('What you have typed is kept as a draft.')).toBeVisible();
    await page.goto('/?provet_consultation=9');
    await expect(page.getByText('From Provet Cloud: consultation 9.')).toBeVisible();
    await expect(page.getByLabel('Drawn', { exact: true })).toHaveValue('');
    await chooseVial(page, second.number);
    await expect(page.getByText('What you have typed is kept as a draft.')).toBeVisible();
    await visit(page, 'today', 'Today');
    const begun = page.getByRole('listitem').filter({ hasText: 'Begun and not signed' });
    await expect(begun).toHaveCount(2);
    await begun
      .first()
      .getByRole('link', { name: /^Go on/ })
      .click();
    await expect(page.getByLabel('Patient', { exact: true })).toHaveValue('Mochi');
    await expect(consultationIn(page)).toHaveValue('');
    await visit(page, 'today', 'Today');
    await begun
      .last()
      .getByRole('link', { name: /^Go on/ })
      .click();
    await expect(consultationIn(page)).toHaveValue('9');
  });
});

test('the settings say which address the system has to open', async ({ page, pwa }) => {
  await startDemo(page);
  await visit(page, 'settings', 'Settings');
  const help = page.getByRole('region', { name: 'Opened from your practice-management system' });
  await expect(help).toContainText(`${pwa.origin}/`);
  await expect(help).toContainText('provet_consultation');
});
