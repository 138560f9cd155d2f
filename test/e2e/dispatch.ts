import type { Page } from '@playwright/test';
import type { Extension } from './fixtures.ts';

/** What the browser does when its shortcut is pressed, or its menu used, in a tab: the event, as it dispatches it. */
export async function dispatch(
  extension: Extension,
  page: Page,
  event: 'keep-draft' | { selected: string },
): Promise<void> {
  const url = page.url();
  await (await extension.worker()).evaluate(
    async ([at, what]) => {
      const tab = (await chrome.tabs.query({})).find((one) => one.url === at);
      const source = typeof what === 'string' ? chrome.commands.onCommand : chrome.contextMenus.onClicked;
      const send: unknown = Reflect.get(source, 'dispatch');
      if (!tab || typeof send !== 'function') throw new Error('The event cannot be dispatched.');
      const first =
        typeof what === 'string' ? what : { menuItemId: 'draw-selected', selectionText: what.selected };
      Reflect.apply(send, source, [first, tab]);
    },
    [url, event] as const,
  );
}
