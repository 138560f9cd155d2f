import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

type Node = {
  nodeId: string;
  ignored: boolean;
  childIds?: string[];
  role?: { value?: unknown };
  name?: { value?: unknown };
};
export type Panel = { read: () => Promise<string[]>; shows: (text: string | RegExp) => Promise<void> };

/** The picker's panel stands in a closed shadow root, so it is read as a screen reader reads it. */
export async function panelOf(page: Page): Promise<Panel> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const read = async (): Promise<string[]> => {
    const { nodes }: { nodes: Node[] } = await session.send('Accessibility.getFullAXTree');
    const byId = new Map(nodes.map((node) => [node.nodeId, node]));
    const texts: string[] = [];
    const walk = (node: Node | undefined) => {
      if (!node) return;
      if (node.role?.value === 'StaticText') texts.push(String(node.name?.value));
      for (const child of node.childIds ?? []) walk(byId.get(child));
    };
    walk(nodes.find((node) => node.name?.value === 'Countersign: set up this page'));
    return texts;
  };
  const shows = (text: string | RegExp) =>
    expect
      .poll(async () => {
        const texts = await read();
        return texts.some((one) => (typeof text === 'string' ? one.includes(text) : text.test(one))) || texts;
      })
      .toBe(true);
  return { read, shows };
}

/** Moves the mouse to where somebody would look, and presses: pages that draw themselves anew may move it meanwhile. */
export async function pointAt(page: Page, target: Locator, reads: string, panel: Panel): Promise<void> {
  await expect(async () => {
    await target.first().scrollIntoViewIfNeeded({ timeout: 2_000 });
    const box = await target.first().boundingBox({ timeout: 2_000 });
    if (!box) throw new Error('It is not in sight.');
    const [x, y] = [box.x + Math.min(box.width / 2, 20), box.y + box.height / 2];
    await page.mouse.move(x - 1, y);
    await page.mouse.move(x, y);
    await expect
      .poll(async () => (await panel.read()).join('\n'), { timeout: 2_000 })
      .toContain(`“${reads}”`);
    await expect
      .poll(async () => (await panel.read()).join('\n'), { timeout: 2_000 })
      .toContain('back to it');
  }).toPass({ timeout: 20_000 });
  await page.mouse.down();
  await page.mouse.up();
}
