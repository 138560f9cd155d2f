import type { Frame, Page } from '@playwright/test';
import axeCore from 'axe-core';
import { expect } from './fixtures.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

declare global {
  var axe: typeof import('axe-core');
}

/** Looks with axe at a frame or a page as it stands, in both schemes. `page` is the tab that it stands in. */
export async function expectNoFaults(page: Page, what: Frame | Page, name: string): Promise<void> {
  // What is scrolled halfway under the head counts as covered by it.
  await what.evaluate(() => scrollTo(0, 0));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const dark = () => what.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
    await expect.poll(dark).toBe(colorScheme === 'dark');
    await what.evaluate(axeCore.source);
    const faults = await what.evaluate(async (tags) => {
      const { violations } = await globalThis.axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html.slice(0, 160)} | ${node.failureSummary ?? ''}`),
      );
    }, WCAG);
    expect.soft(faults, `${name}, ${colorScheme}`).toEqual([]);
  }
}
