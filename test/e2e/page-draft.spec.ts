import { dispatch } from './dispatch.ts';
import { expectNoFaults } from './extension-axe.ts';
import { fillFromPage } from './fill.ts';
import { captureFrame, DEMO_PIN, type Extension, expect, pressPill, test } from './fixtures.ts';
import { keepPicture } from './pictures.ts';

const JUNO = 'Juno Pikesample';
const WITNESS = 'Tova Marshmade';

const badgeOf = async (extension: Extension) =>
  (await extension.worker()).evaluate(async () => ({
    text: await chrome.action.getBadgeText({}),
    title: await chrome.action.getTitle({}),
  }));

test('one key keeps the page as a draft, and the filled form waits on Today to be signed', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  const pending = Number((await badgeOf(extension)).text);
  const elements = await page.locator('html *').count();
  await dispatch(extension, page, 'keep-draft');
  await dispatch(extension, page, 'keep-draft');
  await expect.poll(async () => (await badgeOf(extension)).title).toContain('1 not in the ledger yet');
  await expect.poll(async () => Number((await badgeOf(extension)).text)).toBeGreaterThan(pending);
  // Nothing on the page tells that there is one.
  expect(await page.locator('html *').count()).toBe(elements);

  await test.step('in the overlay', async () => {
    await pressPill(page);
    const frame = await captureFrame(page);
    await expect(frame.getByText('Bella, Ketamine 100 mg/mL')).toBeVisible();
    await keepPicture(page, 'page-draft-1280-light');
    await page.keyboard.press('Escape');
    await extension.toggle(page);
  });

  const app = await chromeContext.newPage();
  await app.goto(`${pwa.origin}/#/today`);
  const line = app.getByRole('listitem').filter({ hasText: 'Begun and not signed' });
  await expect(line).toHaveCount(1);
  await expect(line).toContainText('Ketamine 100 mg/mL, from demo-tables');
  await expect(line).not.toContainText('Bella');
  await line.getByRole('link', { name: /^Go on/ }).click();
  await expect(app.getByText('Ketamine 100 mg/mL · 0.35 mL IV')).toBeVisible();
  await expect(app.getByLabel('Patient', { exact: true })).toHaveValue('Bella');
  await expect(app.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
  const vial = app.getByRole('searchbox', { name: 'Vial' });
  if (await vial.isVisible())
    await app.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  await app.getByLabel('Drawn by').selectOption({ label: JUNO });
  await app.getByLabel(`PIN of ${JUNO}`).fill(DEMO_PIN);
  await app.getByRole('button', { name: 'Sign and record' }).click();
  await expect(app.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  await app.close();
  // The badge hears of it through the bridge.
  await pressPill(page);
  await captureFrame(page);
  await expect.poll(async () => (await badgeOf(extension)).title).not.toContain('not in the ledger yet');
});

test('the badge counts a missing witness as soon as the app has one more', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByText('The page at')).toBeVisible();
  // The clinic's own day leaves something open; the badge hears of it a moment after the form is there.
  const counted = async () => Number((await badgeOf(extension)).text);
  await expect.poll(counted).toBeGreaterThan(0);
  const before = await counted();
  const app = await chromeContext.newPage();
  await app.goto(`${pwa.origin}/#/capture`);
  await app.getByRole('searchbox', { name: 'Vial' }).fill('ketamine');
  await app.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
  await app.getByLabel('Drawn', { exact: true }).fill('0.35');
  await app.getByLabel('Given').fill('0.25');
  await app.getByLabel('Patient', { exact: true }).fill('Rex');
  await app.getByLabel('Drawn by').selectOption({ label: JUNO });
  await app.getByLabel(`PIN of ${JUNO}`).fill(DEMO_PIN);
  await app.getByRole('button', { name: 'Sign and record' }).click();
  await app.getByRole('button', { name: 'Nobody is free: witness pending' }).click();
  await expect(app.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  await expect.poll(counted).toBe(before + 1);
  expect((await badgeOf(extension)).title).toContain('witness pending');
});

test('a drug that is selected in the page opens the form with it, and the menu is there on set-up sites only', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await expect(page.locator('xpath=/html/*[starts-with(name(), "x-")]').first()).toBeAttached();
  await dispatch(extension, page, { selected: ' Midazolam 5 mg/mL \n' });
  const frame = await captureFrame(page);
  await expect(frame.getByText('Named so far Midazolam 5 mg/mL')).toBeVisible();
  const picked = frame.locator('.chosen-vial', { hasText: 'Midazolam' });
  await expect(picked.or(frame.getByRole('searchbox', { name: 'Vial' }))).toBeVisible();
  if (!(await picked.isVisible()))
    await expect(frame.getByRole('searchbox', { name: 'Vial' })).toHaveValue('midazolam');
  // The patient is the page's word still, and nobody's press.
  await expect(frame.getByLabel('Patient', { exact: true })).toHaveValue('');
  await expect(frame.getByRole('button', { name: 'Use Bella as Patient' })).toBeVisible();

  await dispatch(extension, page, { selected: 'Buprenorphine 0.3 mg/mL' });
  await expect(frame.getByText('Named so far Buprenorphine 0.3 mg/mL')).toBeVisible();
  await expect(frame.getByRole('searchbox', { name: 'Vial' })).toHaveValue('buprenorphine');
});

test('the clinic’s own line goes into the note, and the page’s own undo takes it out', async ({
  chromeContext,
  extension,
  pms,
}) => {
  const options = await chromeContext.newPage();
  await options.goto(`chrome-extension://${extension.id}/extension/options/index.html`);
  const template = options.getByLabel('Template');
  await template.fill('{drug} {dose}');
  await expect(options.getByText('{dose} is not known.')).toBeVisible();
  await expectNoFaults(options, options, 'the options with a wrong template');
  await template.fill(
    'CS: {drug} {amount} {unit} from {container} for {patient}[; wasted {waste}, {witness}] ({record})',
  );
  await expect(options.locator('output').first()).toContainText(
    'for Bella; wasted 0.15 mL, T. Marsh (no. 1204',
  );
  await expect(options.locator('output').last()).toContainText('for Bella (no. 1204');
  await options.getByRole('button', { name: 'Save the template' }).click();
  await expect(options.getByText('Saved.')).toBeVisible();
  await keepPicture(options, 'options-note-1280-light');
  await options.close();

  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  const note = page.getByLabel('Note');
  await note.fill('Recovered well.');
  await pressPill(page);
  const frame = await captureFrame(page);
  await fillFromPage(frame, 'ketamine');
  await frame.getByLabel('Given').fill('0.3');
  await frame.getByLabel('Drawn by').selectOption({ label: JUNO });
  await frame.getByLabel(`PIN of ${JUNO}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Sign and record' }).click();
  await frame.getByLabel('Witness, who saw it').selectOption({ label: WITNESS });
  await frame.getByLabel(`PIN of ${WITNESS}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Witness and record' }).click();
  await frame.getByRole('button', { name: 'Put into the note field' }).click();
  await expect(note).toHaveValue(
    /^Recovered well\.\nCS: Ketamine \(VetaKet\) 100 mg\/mL 0\.3 mL from K-\d+ for Bella; wasted 0\.05 mL, Tova Marshmade \(no\. \d+ [0-9a-f ]{19}, no\. \d+ [0-9a-f ]{19}\)$/,
  );
  // A press of somebody's own: a page that moves the keyboard by itself does not get it.
  await note.click();
  await page.keyboard.press('Control+z');
  await expect(note).toHaveValue('Recovered well.');
});

test('of the drugs that the page lists the controlled one is offered, and another taken in one press', async ({
  chromeContext,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  await pressPill(page);
  const frame = await captureFrame(page);
  const offer = frame.getByRole('region', { name: 'From the page' });
  await expect(offer).toContainText('Ketamine 100 mg/mL · 0.35 mL IV');
  await offer.getByText('The page lists 2 more').click();
  await expect(offer.getByRole('button', { name: 'Maropitant 10 mg/mL · 2.8 mL SC' })).toBeVisible();
  await keepPicture(page, 'page-lists-drugs-1280-light');
  await offer.getByRole('button', { name: 'Midazolam 5 mg/mL · 0.8 mL IV' }).click();
  await expect(offer.getByText('Midazolam 5 mg/mL · 0.8 mL IV', { exact: true }).first()).toBeVisible();
  await offer.getByRole('button', { name: 'Keep as a draft, sign later' }).click();
  await expect(frame.getByText('Bella, Midazolam 5 mg/mL')).toBeVisible();
  await offer.getByRole('button', { name: /^Fill in/ }).click();
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.8');
});
