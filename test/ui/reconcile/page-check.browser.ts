import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { TreatmentRow } from '../../../shared/domain/reconcile/types.ts';
import '../../../shared/ui/tokens.css';
import '../../../shared/ui/ui.css';
import { PageCheck } from '../../../shared/ui/reconcile/PageCheck.tsx';
import { act, freshService, OTHER_PIN, type Stocked, stock, value } from '../../ledger-worker/helpers.ts';

/** The list over the real service: its ledger, its vault, its gate. */
type Ledger = Awaited<ReturnType<typeof freshService>>['service'];
let service: Ledger;
let stocked: Stocked;
let root: HTMLElement;

beforeEach(async () => {
  ({ service } = await freshService());
  stocked = await stock(service);
  root = document.createElement('main');
  document.body.append(root);
});
afterEach(() => {
  render(null, root);
  root.remove();
});

const now = () => new Date().toISOString();
const rowFor = (patient: string, quantity: string, drug = 'Ketamine 100 mg/mL'): TreatmentRow => ({
  ...{ drug, quantity, patient, recordNumber: `P-${patient}`, date: now(), by: 'Tess Technician' },
});

async function drawFor(patient: string, amount: string): Promise<void> {
  const kept = value(await service.keepPatient({ name: patient, recordNumber: `P-${patient}` }));
  const amounts = { drawn: amount, given: amount, leftover: '0', unit: 'mL' as const };
  await act(service, 'draw', { container: stocked.container, ...amounts, patient: kept }, [
    stocked.technician,
  ]);
}

function show(rows: readonly TreatmentRow[]): void {
  const props = { port: service, source: { door: 'overlay' as const }, rows, more: false, lastPerformer: '' };
  render(
    h(PageCheck, {
      ...props,
      onPerformer: () => {},
      recordHref: (seq: number) => `https://app.example/#/ledger/${seq}`,
    }),
    root,
  );
}
const region = (name: RegExp) => page.getByRole('region', { name });
const button = (name: string | RegExp) => page.getByRole('button', { name });

test('sorts a page’s rows by what the ledger says, and nothing stumbles over the list', async () => {
  await drawFor('Bella', '0.4');
  await drawFor('Rex', '0.3');
  await drawFor('Rex', '0.8');
  show([
    rowFor('Bella', '0.4 mL'),
    rowFor('Rex', '0.5 mL'),
    rowFor('Otter', '0.2 mL'),
    rowFor('Fig', '0.2 mL', 'Ketamine 50 mg/mL'),
    rowFor('Fig', '1', 'Nail trim'),
  ]);
  await expect.element(page.getByText('3 of 4 treatments')).toBeVisible();
  await expect.element(region(/^No record/)).toHaveTextContent('Otter');
  await expect.element(region(/^Another quantity/)).toHaveTextContent('The page has 0.5 mL');
  await expect.element(region(/^Not sure/)).toHaveTextContent('The page says 50 mg/mL');
  await expect.element(page.getByText('Agree with the ledger: 1')).toBeVisible();
  await expect.element(page.getByText('Set aside: not in this ledger: 1')).toBeVisible();
  await expect.element(page.getByText('Recorded for these patients and not on the page: 1')).toBeVisible();
  const { violations } = await axe.run(root, { rules: { 'page-has-heading-one': { enabled: false } } });
  expect(violations.map((v) => v.id)).toEqual([]);
});

test('is worked off with the keyboard alone, one row after the other, until all is accounted for', async () => {
  show([rowFor('Otter', '0.2 mL'), rowFor('Fig', '0.7 mL')]);
  await expect.element(button(/^Record it: .*Otter/)).toHaveFocus();
  for (const amount of ['0.2', '0.7']) {
    if (amount === '0.2') await userEvent.keyboard('{Enter}');
    await expect.element(page.getByLabelText('Drawn', { exact: true })).toHaveValue(amount);
    // The one vial of that drug was never opened before; it is offered all the same, being the only one.
    await expect.element(page.getByLabelText('PIN of Tess Technician')).toHaveFocus();
    await page.getByLabelText('PIN of Tess Technician').fill(OTHER_PIN);
    await userEvent.keyboard('{Enter}');
  }
  await expect.element(page.getByText('All 2 treatments are accounted for.')).toBeVisible();
  const [container] = await service.containers({});
  expect(container?.balance).toBe('9.1');
});

test('a row that another draw answers is not asked for twice, and a skipped one comes back', async () => {
  await drawFor('Bella', '0.4');
  show([rowFor('Bella', '0.4 mL'), rowFor('Bella', '0.4 mL'), rowFor('Otter', '0.2 mL')]);
  await expect.element(page.getByText('2 of 3 treatments')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('2 without a record')).toBeVisible();
  await button('Skip').click();
  await expect.element(page.getByLabelText('Patient', { exact: true })).toHaveValue('Otter');
  await button('Back to the list').click();
  await expect.element(page.getByText('2 of 3 treatments')).toBeVisible();
});

test('a row is kept as a draft and goes on from there', async () => {
  show([rowFor('Otter', '0.2 mL')]);
  await button(/^Draft: /).click();
  await expect.element(page.getByText('All 1 treatments are accounted for.')).toBeVisible();
  const [draft] = await service.drafts();
  expect(draft).toMatchObject({ door: 'overlay', form: { patient: 'Otter', drawn: '0.2' } });
});
