import type { CDPSession, Page, Worker } from '@playwright/test';

/** Closes the document that holds the bridge, as the browser may when it is short of memory. */
export const closeOffscreen = (worker: Worker): Promise<void> =>
  worker.evaluate(() => chrome.offscreen.closeDocument());

export const hasOffscreen = (worker: Worker): Promise<boolean> =>
  worker.evaluate(
    async () => (await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] })).length > 0,
  );

/** In the offscreen document, as somebody at its console. */
export async function inOffscreen(page: Page, extension: string, expression: string): Promise<void> {
  const { session, send, heard } = await attach(
    page,
    `chrome-extension://${extension}/extension/offscreen/index.html`,
  );
  const answered = heard('"id":1');
  await send(1, 'Runtime.evaluate', { expression });
  const answer = await answered;
  await session.detach();
  if (answer.includes('exceptionDetails')) throw new Error(answer);
}

/** Stops the app's page that is the bridge where it stands: it answers nothing from now on, and can be closed all the same. */
export async function pauseBridge(page: Page, origin: string): Promise<void> {
  const { send, heard } = await attach(page, `${origin}/bridge.html`);
  const paused = heard('"Debugger.paused"');
  await send(1, 'Debugger.enable', {});
  await send(2, 'Debugger.pause', {});
  await send(3, 'Runtime.evaluate', { expression: '0' });
  await paused;
}

/** Speaks to the target of a document that Playwright does not show. */
async function attach(page: Page, address: string) {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { targetInfos } = await session.send('Target.getTargets');
  const target = targetInfos.find(({ url }) => url === address);
  if (!target) throw new Error(`There is no ${address}.`);
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId });
  const send = (id: number, method: string, params: object) =>
    session.send('Target.sendMessageToTarget', {
      sessionId,
      message: JSON.stringify({ id, method, params }),
    });
  /** The first message that has this in it. */
  const heard = (what: string) =>
    new Promise<string>((resolve) =>
      session.on('Target.receivedMessageFromTarget', ({ message }) => {
        if (message.includes(what)) resolve(message);
      }),
    );
  return { session, send, heard };
}
