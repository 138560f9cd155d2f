import type { Page } from '@playwright/test';
import { type Extension, expect } from './fixtures.ts';
import { attach } from './unshown.ts';

/** The browser's own side panel, which Playwright does not show. */
export type SidePanel = {
  text: () => Promise<string>;
  shows: (text: string | RegExp) => Promise<void>;
  /** Presses a button as a mouse does: what a script presses is nobody's press there. */
  press: (button: RegExp) => Promise<void>;
  /** What stands in the field with this label. */
  value: (label: string) => Promise<string>;
};

/** The side panel that is open. `page` is any page that is shown. */
export async function sidePanel(page: Page, extension: Extension): Promise<SidePanel> {
  const address = `chrome-extension://${extension.id}/extension/overlay/panel.html`;
  const there = await page.context().newCDPSession(page);
  await expect
    .poll(async () => (await there.send('Target.getTargets')).targetInfos.some(({ url }) => url === address))
    .toBe(true);
  await there.detach();
  const { ask } = await attach(page, address);
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer: { result?: { result?: { value?: unknown } } } = JSON.parse(
      await ask('Runtime.evaluate', { expression, returnByValue: true }),
    );
    return answer.result?.result?.value;
  };
  const text = async () => String(await evaluate('document.body.innerText'));
  const middleOf = (button: RegExp) =>
    evaluate(`(() => {
      const named = (one) => ${button}.test(one.getAttribute('aria-label') ?? one.textContent);
      const found = [...document.querySelectorAll('button')].find(named);
      found?.scrollIntoView({ block: 'center' });
      const box = found?.getBoundingClientRect();
      return box ? [box.x + box.width / 2, box.y + box.height / 2] : null;
    })()`);
  return {
    text,
    shows: (wanted) =>
      expect(async () => {
        if (typeof wanted === 'string') expect(await text()).toContain(wanted);
        else expect(await text()).toMatch(wanted);
      }).toPass({ timeout: 20_000 }),
    press: async (button) => {
      await expect.poll(() => middleOf(button)).not.toBeNull();
      const at: unknown = await middleOf(button);
      const [x, y]: unknown[] = Array.isArray(at) ? at : [];
      for (const type of ['mousePressed', 'mouseReleased'])
        await ask('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
    },
    value: async (label) =>
      String(
        await evaluate(
          `document.getElementById([...document.querySelectorAll('label')].find((one) => one.textContent.trim() === ${JSON.stringify(label)})?.htmlFor)?.value`,
        ),
      ),
  };
}
