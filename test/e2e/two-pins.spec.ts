import type { Page } from '@playwright/test';
import {
  DEMO,
  DEMO_PIN,
  drawFrom,
  expect,
  fillDraw,
  readReceipt,
  record,
  signAs,
  startDemo,
  test,
} from './app.ts';

declare global {
  var takeInteractions: () => string[];
}

/**
 * Runs in the page from its beginning: what people do to it, once for each thing that a hand goes to. What is typed
 * into one field is one, and so are the two amounts that make a quantity; a PIN, with the Enter that ends it, is none.
 */
function countInteractions() {
  const done: string[] = [];
  let last: Element | null = null;
  const count = (target: EventTarget | null) => {
    if (!(target instanceof Element)) return;
    const control = target.closest('input, select, textarea, button, a, summary, label');
    if (!control || control.getAttribute('type') === 'password') return;
    const thing = control.closest('.pair') ?? control;
    if (thing === last) return;
    last = thing;
    done.push(
      `${control.tagName.toLowerCase()} ${(control.getAttribute('aria-label') ?? control.id) || control.textContent}`,
    );
  };
  for (const kind of ['input', 'click'] as const) {
    addEventListener(kind, ({ target }) => count(target), { capture: true });
  }
  addEventListener('keydown', ({ key, target }) => (key === 'Enter' || key === ' ') && count(target), {
    capture: true,
  });
  globalThis.takeInteractions = () => {
    last = null;
    return done.splice(0);
  };
}

const taken = (page: Page) => page.evaluate(() => globalThis.takeInteractions());

/** At the pace of quick fingers: what comes faster is taken for a barcode scanner. */
const type = (page: Page, text: string) => page.keyboard.type(text, { delay: 80 });

async function typeInto(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).focus();
  await type(page, text);
}

test('a draw and its waste take two people three interactions each at most, and their PINs', async ({
  page,
}) => {
  await page.addInitScript(countInteractions);
  const { full } = await startDemo(page);
  await test.step('somebody has drawn on this device before', async () => {
    await drawFrom(page, full.number);
    await fillDraw(page, { drawn: '0.1', by: DEMO.sol });
    await record(page).click();
    await readReceipt(page);
    await page.getByRole('button', { name: 'Another' }).click();
    await expect(page.getByLabel('Vial', { exact: true })).toBeFocused();
    await taken(page);
  });

  await test.step('the performer: vial, quantity, patient, PIN', async () => {
    await type(page, full.number);
    await page.keyboard.press('Enter');
    await expect(page.getByLabel('Drawn', { exact: true })).toBeFocused();
    await type(page, '0.5');
    await page.keyboard.press('Enter');
    await type(page, '0.35');
    await typeInto(page, 'Patient', 'Biscuit');
    await typeInto(page, `PIN of ${DEMO.sol}`, DEMO_PIN);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Waste 0.15' })).toBeVisible();
    const performer = await taken(page);
    expect(performer, performer.join(' | ')).toHaveLength(3);
  });

  await test.step('the witness: drug, container, amount and reason in sight; name, PIN', async () => {
    const what = page.locator('.witness-what');
    await expect(what).toContainText(full.product);
    await expect(what).toContainText(`Container ${full.number}, by ${DEMO.sol}`);
    await expect(what).toContainText('Left over from the dose');
    await page.getByLabel('Witness, who saw it', { exact: true }).selectOption({ label: DEMO.juno });
    await typeInto(page, `PIN of ${DEMO.juno}`, DEMO_PIN);
    await page.keyboard.press('Enter');
    expect(await readReceipt(page)).toHaveLength(2);
    const witness = await taken(page);
    expect(witness.length, witness.join(' | ')).toBeLessThanOrEqual(3);
    expect(witness.length).toBeGreaterThan(0);
    await expect(page.getByText(`Wasted 0.15 mL, witnessed by ${DEMO.juno}`)).toBeVisible();
  });
});

test('who waits too long for a witness signs again, with them', async ({ page }) => {
  await page.clock.install();
  const { full } = await startDemo(page);
  await drawFrom(page, full.number);
  await fillDraw(page, { drawn: '0.5', given: '0.4', by: DEMO.sol });
  await record(page).click();
  await expect(page.getByRole('heading', { name: 'Waste 0.1' })).toBeVisible();
  await expect(page.getByLabel(`PIN of ${DEMO.sol}, who wastes it`)).toHaveCount(0);
  await page.clock.fastForward('02:01');
  await expect(page.getByText(`It is a while since ${DEMO.sol} signed for the draw.`)).toBeVisible();
  await signAs(page, { label: 'Witness, who saw it', name: DEMO.vet });
  await page.getByRole('button', { name: 'Witness and record' }).click();
  await expect(page.getByText('Type your PIN.')).toBeVisible();
  await page.getByLabel(`PIN of ${DEMO.sol}, who wastes it`).fill(DEMO_PIN);
  await page.getByRole('button', { name: 'Witness and record' }).click();
  expect(await readReceipt(page)).toHaveLength(2);
});
