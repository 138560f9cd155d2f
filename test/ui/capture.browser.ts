import axe from 'axe-core';
import { h, render } from 'preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Receipt } from '../../shared/protocol/ledger.ts';
import '../../shared/ui/tokens.css';
import '../../shared/ui/ui.css';
import { CaptureForm, type CaptureProps } from '../../shared/ui/capture/CaptureForm.tsx';
import { freshService, OTHER_PIN, PIN, type Stocked, stock } from '../ledger-worker/helpers.ts';

/** The form over the real service: its IndexedDB, its keys, its gate. */
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

function show(more: Partial<CaptureProps> = {}): { done: Receipt[]; said: string[] } {
  const heard: { done: Receipt[]; said: string[] } = { done: [], said: [] };
  const onDone: CaptureProps['onDone'] = (receipts, lines) => {
    heard.done.push(...receipts);
    heard.said.push(...lines);
  };
  render(h(CaptureForm, { port: service, source: { door: 'pwa' }, onDone, ...more }), root);
  return heard;
}

const label = (text: string | RegExp) => page.getByLabelText(text, { exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name });

async function fillDraw(values: { drawn: string; given: string; pin: string }) {
  await button(/K-01/).click();
  await label('Drawn').fill(values.drawn);
  await label('Given').fill(values.given);
  await label('Patient').fill('Biscuit');
  await label('Drawn by').selectOptions('Tess Technician');
  await label('PIN of Tess Technician').fill(values.pin);
}

test('a draw, its leftover and its witness are two entries, and one receipt says so', async () => {
  const heard = show();
  await fillDraw({ drawn: '1', given: '0.35', pin: OTHER_PIN });
  await expect.element(page.getByText('0.65')).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { name: /Waste 0.65/ })).toHaveFocus();
  await expect.element(page.getByRole('option', { name: /Tess.*cannot witness/ })).toBeDisabled();
  await label('Witness, who saw it').selectOptions('Dr. Test Person');
  await label('PIN of Dr. Test Person').fill(PIN);
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('heading', { name: 'Recorded' })).toHaveFocus();
  await button('Done').click();
  const life = await service.life(stocked.container);
  expect(life?.events.slice(-2)).toMatchObject([
    { type: 'draw', seq: heard.done[0]?.seq, change: '-1', balance: '9' },
    { type: 'waste', seq: heard.done[1]?.seq, witnessName: 'Dr. Test Person', change: '0' },
  ]);
  expect(life?.container.leftovers).toEqual([]);
  expect(heard.said.at(-1)).toBe('Wasted 0.65 mL, witnessed by Dr. Test Person');
});

test('a wrong PIN is said beside it, and everything typed is still there', async () => {
  show();
  await fillDraw({ drawn: '1', given: '', pin: '999999' });
  await button('Sign and record').click();
  await expect.element(page.getByText(/PIN is wrong/)).toBeVisible();
  await expect.element(label('PIN of Tess Technician')).toHaveFocus();
  await expect.element(label('Drawn')).toHaveValue('1');
  await expect.element(label('Patient')).toHaveValue('Biscuit');
  expect((await service.life(stocked.container))?.container.balance).toBe('10');
  await label('PIN of Tess Technician').fill(OTHER_PIN);
  await button('Sign and record').click();
  await expect.element(page.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  expect((await service.life(stocked.container))?.container.balance).toBe('9');
});

test('a vial that is missing is said where the cursor is put, though it is picked above the form', async () => {
  show();
  await label('Drawn').fill('1');
  await label('Patient').fill('Biscuit');
  await label('Drawn by').selectOptions('Tess Technician');
  await label('PIN of Tess Technician').fill(OTHER_PIN);
  await button('Sign and record').click();
  await expect.element(page.getByRole('searchbox', { name: 'Vial' })).toHaveFocus();
  await expect.element(page.getByText('Scan the vial, or pick it from the list.')).toBeVisible();
});

test('what a link filled in is said, and left out without a trace', async () => {
  const leftOut: string[] = [];
  show({
    initial: { consultation: '900117' },
    cameFrom: { label: 'Provet Cloud', consultation: '900117' },
    onLeftOut: () => leftOut.push('once'),
  });
  const said = page.getByText('From Provet Cloud: consultation 900117.');
  await expect.element(said).toBeVisible();
  await expect.element(label('Consultation')).toHaveValue('900117');
  expect((await axe.run(root)).violations.map(({ id }) => id)).toEqual([]);
  await button('Leave it out').click();
  await expect.element(said).not.toBeInTheDocument();
  await expect.element(label('Consultation')).toHaveValue('');
  await expect.element(page.getByRole('searchbox', { name: 'Vial' })).toHaveFocus();
  expect(leftOut).toEqual(['once']);
  expect(await service.drafts()).toEqual([]);
});

test('a number that somebody changes is not the link’s word any more', async () => {
  show({ initial: { consultation: '1' }, cameFrom: { label: 'a link', consultation: '1' } });
  await expect.element(page.getByText('From a link: consultation 1.')).toBeVisible();
  await label('Consultation').fill('2');
  await expect.element(page.getByText('From a link')).not.toBeInTheDocument();
});

test('an answer that was lost on the way is the same entry when it is sent again', async () => {
  let lost = 0;
  const port: CaptureProps['port'] = {
    ...service,
    append: async (input) => {
      const outcome = await service.append(input);
      lost += 1;
      if (lost === 1) throw new Error('the door closed');
      return outcome;
    },
  };
  const heard = show({ port });
  await fillDraw({ drawn: '1', given: '', pin: OTHER_PIN });
  await button('Sign and record').click();
  await expect.element(page.getByText(/did not answer/)).toBeVisible();
  await button('Sign and record').click();
  await button('Done').click();
  expect(heard.done).toHaveLength(1);
  expect((await service.life(stocked.container))?.events.filter((e) => e.type === 'draw')).toHaveLength(1);
});

test('what is typed is a draft from the first change, and goes with the receipt', async () => {
  show();
  await button(/K-01/).click();
  await label('Drawn').fill('0.4');
  await expect.poll(async () => (await service.drafts())[0]?.form.drawn).toBe('0.4');
  const [draft] = await service.drafts();
  render(null, root);
  show(draft ? { draft } : {});
  await expect.element(label('Drawn')).toHaveValue('0.4');
  await label('Patient').fill('Biscuit');
  await label('Drawn by').selectOptions('Tess Technician');
  await label('PIN of Tess Technician').fill(OTHER_PIN);
  await button('Sign and record').click();
  await expect.element(page.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  expect(await service.receipt(draft?.entryId ?? '')).not.toBeNull();
  await expect.poll(() => service.drafts()).toEqual([]);
});

test('a suggestion is nobody’s word until it is pressed', async () => {
  show({ suggestions: [{ field: 'patient', value: 'Rex', from: 'the page' }] });
  await expect.element(label('Patient')).toHaveValue('');
  await button('Use Rex as Patient').click();
  await expect.element(label('Patient')).toHaveValue('Rex');
  await expect.element(button('Use Rex as Patient')).not.toBeInTheDocument();
});

test('a leftover may be left open, and the record says so', async () => {
  show();
  await fillDraw({ drawn: '1', given: '0.4', pin: OTHER_PIN });
  await button('Sign and record').click();
  await button('Leave it open').click();
  await expect.element(page.getByText('0.6 mL left over, still to be wasted')).toBeVisible();
  const [container] = await service.containers({});
  expect(container?.leftovers).toMatchObject([{ remaining: '0.6', byName: 'Tess Technician' }]);
});

test('nothing that assistive technology would stumble over, before and after faults', async () => {
  show();
  await expect.element(label('Vial')).toBeVisible();
  await button('Sign and record').click();
  await expect.element(page.getByText('Type an amount.')).toBeVisible();
  const { violations } = await axe.run(root, { rules: { 'page-has-heading-one': { enabled: false } } });
  expect(violations.map((v) => v.id)).toEqual([]);
});

test('a treatment of this morning is recorded at its own time, as the late entry that it is', async () => {
  const at = new Date(Date.now() - 3 * 3_600_000).toISOString();
  const heard = show({
    initial: { container: stocked.container, drawn: '0.3', patient: 'Biscuit', at },
    goesOn: true,
  });
  await expect.element(page.getByText('late entry, 3 h')).toBeVisible();
  await label('Drawn by').selectOptions('Tess Technician');
  await label('PIN of Tess Technician').fill(OTHER_PIN);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => heard.done.length).toBe(1);
  await expect.element(page.getByRole('heading', { name: 'Recorded' })).not.toBeInTheDocument();
  const { rows } = await service.rows({ limit: 1 });
  expect(rows[0]).toMatchObject({ type: 'draw', at, late: true });
});

test('a late time is set right, and taken back with one press', async () => {
  const at = new Date(Date.now() - 3 * 3_600_000).toISOString();
  show({ initial: { container: stocked.container, drawn: '0.3', patient: 'Biscuit', at } });
  await button('Change the time of the treatment').click();
  const two = (n: number) => String(n).padStart(2, '0');
  const then = new Date(Date.now() - 26 * 3_600_000);
  const day = `${then.getFullYear()}-${two(then.getMonth() + 1)}-${two(then.getDate())}`;
  await label('Treated').fill(`${day}T${two(then.getHours())}:${two(then.getMinutes())}`);
  await expect.element(page.getByText('late entry, 26 h')).toBeVisible();
  await button('It is being done now').click();
  await expect.element(page.getByText(/late entry/)).not.toBeInTheDocument();
});

test('a draft from a page is a filled form: its words, the one vial that they name, no amount that they do not', async () => {
  const form = { patient: 'Rex', saidDrug: 'Ketamine 100 mg/mL', saidDose: '5 mg/kg' };
  const draft = {
    ...{ entryId: await service.newId(), type: 'draw' as const, door: 'overlay' as const, form },
    startedAt: new Date().toISOString(),
  };
  show({ draft });
  await expect.element(page.getByText('Ketamine 100 mg/mL · 5 mg/kg')).toBeVisible();
  await expect.element(page.getByText('K-01', { exact: true })).toBeVisible();
  await expect.element(label('Drawn')).toHaveValue('');
  await expect.element(label('Patient')).toHaveValue('Rex');
});

test('a draft whose strength is another has no vial, and says so beside whichever is picked', async () => {
  const form = { patient: 'Rex', saidDrug: 'Ketamine 50 mg/mL', drawn: '0.4' };
  show({
    draft: {
      entryId: await service.newId(),
      type: 'draw',
      door: 'overlay',
      form,
      startedAt: new Date().toISOString(),
    },
  });
  await expect.element(label('Vial')).toHaveValue('ketamine');
  await button(/K-01/).click();
  await expect.element(page.getByText(/The page says 50 mg\/mL, and K-01 is/)).toBeVisible();
});

test('a vial of the list is taken with the keyboard, also after something was typed', async () => {
  show();
  await label('Vial').fill('keta');
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(page.getByText(/is neither a container number/)).not.toBeInTheDocument();
  await expect.element(label('Drawn')).toHaveFocus();
});
