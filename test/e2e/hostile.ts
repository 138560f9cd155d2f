import type { Frame, Page } from '@playwright/test';
import { fillFromPage } from './fill.ts';
import { captureFrame, DEMO_PIN, type Extension, expect, pressPill } from './fixtures.ts';

export const PERFORMER = 'Juno Pikesample';
const PATIENT = '/tables/patient/P-10422';
export const hostilePage = (origin: string, variant = 'hostile') => `${origin}${PATIENT}?as=${variant}`;

/** Everything that the page has, without what the extension stands in it. */
export const pageOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true);
    if (!(copy instanceof Element)) return '';
    for (const ours of copy.querySelectorAll('*'))
      if (/^x-[0-9a-f]{16}$/i.test(ours.localName)) ours.remove();
    return copy.outerHTML;
  });

/** Begins an attack of `test/sites/hostile/attacks.js`, and ends all that were begun. */
export const attack = (page: Page, name: string): Promise<unknown> =>
  page.evaluate((what) => Reflect.get(globalThis, 'attack')(what), name);
export const relent = (page: Page): Promise<unknown> =>
  page.evaluate(() => Reflect.get(globalThis, 'relent')());

/** Opens the form over the page by its pill. */
export async function openForm(page: Page): Promise<Frame> {
  await pressPill(page);
  const frame = await captureFrame(page);
  await expect(frame.getByLabel('Drawn', { exact: true })).toBeVisible();
  return frame;
}

/** A press on the button that signs as soon as whatever was begun has begun, by the keyboard as the page has it. */
export async function pressAtOnce(page: Page, frame: Frame, begin: () => Promise<unknown>): Promise<void> {
  const button = frame.getByRole('button', { name: 'Sign and record' });
  await button.evaluate((element) => element.focus());
  await begin();
  await page.keyboard.press('Enter');
}

const SHOWN_BY_PAGE = /Bella|Okafor|P-10422|Ketamine 100 mg|Midazolam 5 mg/;

/**
 * What only the ledger and whoever typed can know: names of people and vials, what was typed over what the page says, the
 * PIN, and the address of the form with its number.
 */
export async function secretsOf(frame: Frame, typed: readonly string[] = []): Promise<string[]> {
  const people = await frame.getByLabel('Drawn by').locator('option').allInnerTexts();
  const vial = await frame.locator('.chosen-vial *').allInnerTexts();
  const named = [...people, ...vial].filter((one) => one.length > 3 && !SHOWN_BY_PAGE.test(one));
  return [...named, ...typed, DEMO_PIN, PERFORMER, 'chrome-extension:', 'Sign and record'];
}

/** Holds all that the page could see, and all that it has asked for, against what it must not know. */
export async function expectUnknown(page: Page, secrets: readonly string[]): Promise<void> {
  expect(secrets.length).toBeGreaterThan(5);
  const seen = await page.evaluate(() => Reflect.get(globalThis, 'allSeen')());
  expect(seen).toContain('Bella');
  expect(secrets.filter((one) => seen.includes(one))).toEqual([]);
}

/** Everything typed that a signature needs, in plain sight: attacks come after it. */
export async function fillIn(frame: Frame): Promise<void> {
  await fillFromPage(frame, 'ketamine');
  await expect(frame.getByRole('button', { name: 'Change', exact: true })).toBeVisible();
  await expect(frame.getByLabel('Drawn', { exact: true })).toHaveValue('0.35');
  await frame.getByLabel('Drawn by').selectOption({ label: PERFORMER });
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
}

/**
 * Presses Enter on the button that signs, and waits for what becomes of it: nothing, where the key never arrives or the
 * PIN was taken out meanwhile.
 */
export async function pressSign(frame: Frame): Promise<void> {
  const button = frame.getByRole('button', { name: 'Sign and record' });
  // Where the frame is not drawn at all there is nothing to press.
  if (!(await button.isVisible())) return;
  await button.press('Enter');
  await frame.evaluate(() => new Promise((drawn) => setTimeout(() => setTimeout(drawn))));
  await expect(button).not.toHaveAttribute('aria-busy', 'true');
}

/** Signs in plain sight, and gives the number of the record: how long the ledger has become. */
export async function signForReal(frame: Frame): Promise<number> {
  await expect(frame.getByText('Signing is switched off here.')).toHaveCount(0);
  await frame.getByLabel(`PIN of ${PERFORMER}`).fill(DEMO_PIN);
  await frame.getByRole('button', { name: 'Sign and record' }).press('Enter');
  await expect(frame.getByRole('heading', { name: 'Recorded' })).toBeVisible();
  const receipt = await frame.locator('.receipt .notice p').first().textContent();
  return Number(receipt?.match(/No\. (\d+)/)?.[1]);
}

export async function closeForm(page: Page, extension: Extension): Promise<void> {
  await extension.toggle(page);
  await expect
    .poll(() => page.frames().some((frame) => frame.url().startsWith('chrome-extension:')))
    .toBe(false);
}
