import type { Page, Worker } from '@playwright/test';
import { attach } from '../unshown.ts';

/** Closes the document that holds the bridge, as the browser may when it is short of memory. */
export const closeOffscreen = (worker: Worker): Promise<void> =>
  worker.evaluate(() => chrome.offscreen.closeDocument());

export const hasOffscreen = (worker: Worker): Promise<boolean> =>
  worker.evaluate(
    async () => (await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] })).length > 0,
  );

/** In the offscreen document, as somebody at its console. */
export async function inOffscreen(page: Page, extension: string, expression: string): Promise<void> {
  const { session, ask } = await attach(
    page,
    `chrome-extension://${extension}/extension/offscreen/index.html`,
  );
  const answer = await ask('Runtime.evaluate', { expression });
  await session.detach();
  if (answer.includes('exceptionDetails')) throw new Error(answer);
}

/** Stops the app's page that is the bridge where it stands: it answers nothing from now on, and can be closed all the same. */
export async function pauseBridge(page: Page, origin: string): Promise<void> {
  const { ask, heard } = await attach(page, `${origin}/bridge.html`);
  const paused = heard('"Debugger.paused"');
  await ask('Debugger.enable', {});
  await ask('Debugger.pause', {});
  void ask('Runtime.evaluate', { expression: '0' });
  await paused;
}
