import type { Frame } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Until a press counts: a person takes longer than this to aim, a story does not. */
export const inPlainSight = (frame: Frame): Promise<void> =>
  expect(frame.locator('main[data-sight="none"]')).toBeVisible();

/**
 * Takes over what the page says. Which vials of the demo clinic are in use depends on the day on which it is made: where
 * two of the drug are, none is filled in, and the first of the list is taken.
 */
export async function fillFromPage(frame: Frame, drug: string): Promise<void> {
  await inPlainSight(frame);
  await frame.getByRole('button', { name: /^Fill in/ }).click();
  const vial = frame.getByRole('searchbox', { name: 'Vial' });
  const chosen = frame.getByRole('button', { name: 'Change', exact: true });
  await expect(vial.or(chosen)).toBeVisible();
  if (await chosen.isVisible()) return;
  await vial.fill(drug);
  await frame.getByRole('list', { name: 'Open vials' }).getByRole('button').first().click();
}
