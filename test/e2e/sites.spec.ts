import type { Locator, Page } from '@playwright/test';
import { CATALOGUE, type CatalogueEntry, type Pointing, type TreatmentPage } from '../sites/catalogue.ts';
import { test as base, expect } from './fixtures.ts';
import { frameAt, pointedAt, pressNext } from './sites.ts';

/** The pages themselves, in a browser without the extension: what the catalogue says of them is so. */
const test = base.extend({});

const readsOf = async (element: Locator): Promise<string> =>
  element.evaluate((node) =>
    node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement
      ? node.value
      : (node.textContent ?? ''),
  );

async function expectPoints(page: Page, entry: CatalogueEntry): Promise<void> {
  for (const [name, pointing] of Object.entries(entry.points)) {
    const element = pointedAt(page, pointing);
    await expect(element, `${entry.name}: ${name} is there once`).toHaveCount(1);
    expect(await readsOf(element), `${entry.name}: ${name}`).toBe(pointing.reads);
  }
}

/** The same place on the next patient's page: the text there is the next patient's. */
const moved = (pointing: Pointing, reads: string, from: string, to: string): Pointing => ({
  ...pointing,
  ...('text' in pointing.at ? { at: { text: reads } } : {}),
  ...(pointing.within === undefined ? {} : { within: pointing.within.replace(from, to) }),
  reads,
});

for (const entry of CATALOGUE) {
  test(`the ${entry.label} shape is as the catalogue says`, async ({ page, pms }) => {
    await page.goto(`${pms.origin}${entry.path}`);
    await expectPoints(page, entry);

    await pressNext(page, entry);
    const from = entry.points.patient?.reads ?? '';
    const to = entry.next.reads.patient ?? '';
    for (const [name, reads] of Object.entries(entry.next.reads)) {
      const pointing = Object.entries(entry.points).find(([of]) => of === name)?.[1];
      if (!pointing) throw new Error(`${entry.name} has no ${name} to point at.`);
      const element = pointedAt(page, moved(pointing, reads, from, to));
      await expect(element, `${entry.name}: the next ${name} is there once`).toHaveCount(1);
      await expect.poll(() => readsOf(element)).toBe(reads);
    }
    if (entry.treatments) await expectTreatments(page, pms.origin, entry.treatments);
  });
}

async function expectTreatments(page: Page, origin: string, list: TreatmentPage): Promise<void> {
  await page.goto(`${origin}${list.path}?day=2026-11-20`);
  const root = frameAt(page, list.frames);
  const table = root
    .getByRole('table', { name: list.table, exact: true })
    .or(root.getByRole('grid', { name: list.table, exact: true }));
  await expect(table.getByRole('columnheader')).toContainText(Object.values(list.heads).slice(0, 1));
  const heads = await table.getByRole('columnheader').allTextContents();
  for (const head of Object.values(list.heads)) expect(heads).toContain(head);
  const said = { 'YYYY-MM-DD': '2026-11-20', 'MM/DD/YYYY': '11/20/2026', 'DD MMM YYYY': '20 Nov 2026' };
  const first = list.rows[0];
  const cells = (await table.getByRole('row').nth(1).locator('td, [role="gridcell"]').allTextContents()).join(
    '|',
  );
  for (const text of [said[list.dates], first?.patient, first?.drug, first?.quantity, first?.by]) {
    expect(cells).toContain(text ?? 'a first row');
  }
}
