import type { Frame, Locator, Page } from '@playwright/test';
import { allowSite } from '../run/allow.mjs';
import { CATALOGUE, type TreatmentPage } from '../sites/catalogue.ts';
import { inPlainSight } from './fill.ts';
import { DEMO_PIN, expect, test } from './fixtures.ts';
import {
  captureDraw,
  hasForm,
  keepSite,
  offerOf,
  openForm,
  type Panel,
  type PickerStep,
  pointThrough,
  startPicker,
  type Targets,
} from './picker.ts';
import { frameAt } from './sites.ts';

const JUNO = 'Juno Pikesample';
/** Yesterday, so that every hour of it is past wherever this runs. */
const DAY = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

test.use({ actionTimeout: 20_000 });

const COLUMNS: readonly (readonly [PickerStep, keyof TreatmentPage['heads']])[] = [
  ['drug', 'drug'],
  ['dose', 'quantity'],
  ['unit', 'unit'],
  ['date', 'date'],
  ['rowPatient', 'patient'],
  ['by', 'by'],
];

type List = Pick<TreatmentPage, 'path' | 'frames' | 'table' | 'heads'>;
/** Every page of treatments: those of the catalogue, and the demo PMS's own. */
const LISTS: readonly { label: string; list: List }[] = [
  ...CATALOGUE.flatMap(({ label, treatments }) => (treatments ? [{ label, list: treatments }] : [])),
  {
    label: 'the demo PMS',
    list: {
      ...{ path: '/tables/rounds', frames: [], table: 'Treatments of the day' },
      heads: { date: 'Date/Time', patient: 'Patient', drug: 'Item', quantity: 'Qty', by: 'Given by' },
    },
  },
];

/** The cells of the first row, under the heads that the page has. */
async function firstRow(page: Page, { frames, table, heads }: List): Promise<Targets> {
  const root = frameAt(page, frames);
  const name = { name: table, exact: true };
  const list = root.getByRole('table', name).or(root.getByRole('grid', name));
  await expect(list.getByRole('row').nth(2)).toBeVisible();
  const shown = await list.getByRole('columnheader').allInnerTexts();
  const row = list.getByRole('row').nth(1);
  const cells = row.getByRole('cell').or(row.getByRole('gridcell'));
  const targets: Targets = {};
  for (const [step, column] of COLUMNS) {
    const head = heads[column];
    const at = head === undefined ? -1 : shown.findIndex((text) => text.toLowerCase() === head.toLowerCase());
    if (at < 0) continue;
    const target = cells.nth(at);
    targets[step] = { target, reads: ((await target.textContent()) ?? '').replace(/\s+/g, ' ').trim() };
  }
  return targets;
}

/** Scrolls through a list that draws only the rows in sight, reading again each time, until all of it is read. */
async function readOn(page: Page, frame: Frame): Promise<void> {
  const lacks = frame.getByText('The page has more rows than these.');
  await expect(lacks).toBeVisible();
  await expect(async () => {
    await page.mouse.move(300, 200);
    await page.mouse.wheel(0, 200);
    await frame.getByRole('button', { name: 'Read again' }).click();
    await expect(frame.getByText(/rows (in sight|on the page)$/)).toBeVisible();
    await expect(lacks).toHaveCount(0, { timeout: 1 });
  }).toPass({ intervals: [0], timeout: 60_000 });
  await expect(frame.getByText('40 rows on the page')).toBeVisible();
}

test('each list of treatments is set up by pointing at one row, checked, and a missing record made from it', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  test.setTimeout(360_000);
  const page = await chromeContext.newPage();
  for (const { label, list } of LISTS) {
    await test.step(label, async () => {
      await page.goto(`${pms.origin}${list.path}?day=${DAY}`);
      const targets = await firstRow(page, list);
      expect(Object.keys(targets), label).toEqual(
        expect.arrayContaining(['drug', 'dose', 'date', 'rowPatient', 'by']),
      );
      const panel = await startPicker(page, extension);
      await pointThrough(page, panel, targets, true);
      await keepSite(page, panel);

      const frame = await openForm(page);
      await frame.getByRole('button', { name: 'Check the page' }).click();
      const missing = frame.getByRole('region', { name: /^No record/ });
      if (label === 'Vetspire') await readOn(page, frame);
      const record = missing.getByRole('button', { name: /^Record it/ });
      await expect(record.first()).toBeVisible();
      const left = async () =>
        Number((await frame.getByText(/of \d+ treatments/).textContent())?.match(/^\d+/)?.[0]);
      const before = await left();
      // What stands there is what the first of them says: patient, amount, who gave it.
      await record.first().click();
      await expect(frame.getByLabel('Patient', { exact: true })).not.toHaveValue('');
      await expect(frame.getByLabel('Drawn', { exact: true })).not.toHaveValue('');
      await expect(frame.getByText(/late entry/)).toBeVisible();
      const vial = frame.getByRole('searchbox', { name: 'Vial' });
      const change = frame.getByRole('button', { name: 'Change', exact: true });
      await expect(vial.or(change)).toBeVisible();
      if (await vial.isVisible())
        await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
      await frame.getByLabel('Drawn by').selectOption({ label: JUNO });
      const pin = frame.getByLabel(`PIN of ${JUNO}`);
      await pin.fill(DEMO_PIN);
      await inPlainSight(frame);
      const sign = frame.getByRole('button', { name: 'Sign and record' });
      await sign.click();
      // The next one is open already: this one is worked off in a row.
      const taken = () =>
        pin.evaluateAll((fields) => fields.every((one) => 'value' in one && one.value === ''));
      await expect(async () => {
        // A form that has only just come into sight signs nothing and says so; a person then presses again.
        if (await frame.getByText('so nothing was signed').isVisible()) await sign.click({ timeout: 1_000 });
        expect(await taken()).toBe(true);
      }).toPass({ timeout: 60_000 });
      await frame.getByRole('button', { name: 'Back to the list' }).click();
      await expect.poll(left).toBe(before - 1);
      await extension.toggle(page);
      await expect.poll(() => hasForm(page)).toBe(false);
    });
  }
  const app = await chromeContext.newPage();
  await app.goto(`${pwa.origin}/#/ledger`);
  await expect(app.getByText('late', { exact: true })).not.toHaveCount(0);
});

/** What a person would point at on a patient's page of the demo PMS, by the words that stand beside it. */
const demoTargets = (fact: (label: string) => Locator, page: Page, note: string): Targets => {
  const row = page.getByRole('row').filter({ hasText: 'Ketamine 100 mg/mL' });
  return {
    patient: { target: page.getByRole('heading', { level: 1 }), reads: 'Bella' },
    species: { target: fact('Species'), reads: 'Canine' },
    weight: { target: fact('Weight'), reads: '28.4 kg' },
    drug: { target: row.getByRole('cell', { name: 'Ketamine 100 mg/mL' }), reads: 'Ketamine 100 mg/mL' },
    dose: { target: row.getByRole('cell', { name: '0.35 mL IV' }), reads: '0.35 mL IV' },
    note: { target: page.getByRole('textbox', { name: note }), reads: '' },
  };
};

for (const [name, path, fact] of [
  [
    'the server-rendered tables',
    '/tables/patient/P-10422',
    (page: Page) => (label: string) =>
      page.getByRole('rowheader', { name: label, exact: true }).locator('xpath=following-sibling::td[1]'),
  ],
  [
    'the single-page app',
    '/spa/patient/P-10422',
    (page: Page) => (label: string) =>
      page.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd[1]'),
  ],
] as const)
  test(`${name} of the demo PMS are set up by pointing alone, and a draw from them is in the ledger`, async ({
    chromeContext,
    extension,
    pwa,
    pms,
  }) => {
    const page = await chromeContext.newPage();
    await page.goto(`${pms.origin}${path}`);
    const panel = await startPicker(page, extension);
    await pointThrough(page, panel, demoTargets(fact(page), page, 'Note'), true);
    await keepSite(page, panel);
    const frame = await openForm(page);
    for (const text of ['Bella', 'Canine', '28.4 kg', 'Ketamine 100 mg/mL · 0.35 mL IV'])
      await expect(offerOf(frame)).toContainText(text);
    // The clinic's own reads it, not the one that came along.
    await expect(frame.getByText(/Read as “127\.0\.0\.1/)).toBeVisible();
    const seq = await captureDraw(frame, '0.21');
    const app = await chromeContext.newPage();
    await app.goto(`${pwa.origin}/#/ledger/${seq}`);
    await expect(app.locator('main')).toContainText('Drew and gave 0.21');
  });

/** Goes with an arrow key until the panel says what is meant, and takes it. */
async function walkTo(page: Page, panel: Panel, reads: string): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('ArrowRight');
    const said = () => panel.read().then((texts) => texts.join('\n'));
    await expect.poll(said).not.toContain('Nothing is pointed at yet.');
    if ((await said()).includes(`“${reads}”`)) return void (await page.keyboard.press('Enter'));
  }
  throw new Error(`${reads} was not come to.`);
}

test('a page is set up with the keyboard alone', async ({ chromeContext, extension, pms }) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422`);
  const panel = await startPicker(page, extension);
  await panel.shows('Point at the patient’s name');
  await walkTo(page, panel, 'Bella');
  for (const asks of ['species', 'owner', 'weight', 'record number']) {
    await panel.shows(`Point at the ${asks}`);
    await page.keyboard.press('s');
  }
  await panel.shows('Point at the drug');
  await walkTo(page, panel, 'Ketamine 100 mg/mL');
  await panel.shows('Point at the dose');
  await walkTo(page, panel, '0.35 mL IV');
  // Back, as somebody does who has taken the wrong one, and the same again.
  await page.keyboard.press('b');
  await panel.shows('Point at the dose');
  await walkTo(page, panel, '0.35 mL IV');
  await page.keyboard.press('f');
  await panel.shows('Is this right?');
  await keepSite(page, panel);
  await expect(offerOf(await openForm(page))).toContainText('Ketamine 100 mg/mL · 0.35 mL IV');
});

test('a frame from another address says so, and is pointed into once that one is allowed', async ({
  chromeContext,
  extension,
  pwa,
  pms,
}) => {
  const page = await chromeContext.newPage();
  await page.goto(`${pms.origin}/tables/patient/P-10422?as=framed`);
  const sheet = page.frameLocator('iframe[name="sheet"]');
  const cell = (name: string) => sheet.getByRole('cell', { name, exact: true });
  await expect(cell('Ketamine 100 mg/mL')).toBeVisible();
  const elsewhere = pms.origin.replace('127.0.0.1', 'localhost');

  await test.step('before', async () => {
    const panel = await startPicker(page, extension);
    await panel.shows('Point at the patient’s name');
    await panel.shows(`Parts of this page come from ${elsewhere}, where Countersign may not look.`);
    await page.keyboard.press('Escape');
    await expect.poll(() => panel.read()).toEqual([]);
  });

  await allowSite(chromeContext, extension.id, elsewhere);
  await page.bringToFront();
  await page.reload();
  await expect(cell('Ketamine 100 mg/mL')).toBeVisible();
  const panel = await startPicker(page, extension);
  await panel.shows('Point at the patient’s name');
  const said = async () => (await panel.read()).join('\n');
  await expect.poll(said).not.toContain('may not look');
  const targets: Targets = {
    patient: { target: page.getByRole('heading', { level: 1 }), reads: 'Bella' },
    drug: { target: cell('Ketamine 100 mg/mL'), reads: 'Ketamine 100 mg/mL' },
    dose: { target: cell('0.35 mL IV'), reads: '0.35 mL IV' },
  };
  await pointThrough(page, panel, targets, true);
  await keepSite(page, panel);
  const frame = await openForm(page);
  await expect(offerOf(frame)).toContainText('Bella');
  await expect(offerOf(frame)).toContainText('Ketamine 100 mg/mL · 0.35 mL IV');
  const seq = await captureDraw(frame, '0.22');
  const app = await chromeContext.newPage();
  await app.goto(`${pwa.origin}/#/ledger/${seq}`);
  await expect(app.locator('main')).toContainText('Drew and gave 0.22');
});
