import type { CDPSession, Page, Worker } from '@playwright/test';

/** Closes the document that holds the bridge, as the browser may when it is short of memory. */
export const closeOffscreen = (worker: Worker): Promise<void> =>
  worker.evaluate(() => chrome.offscreen.closeDocument());

/** In the offscreen document, as somebody at its console. Playwright itself shows no such page. */
export async function inOffscreen(page: Page, extension: string, expression: string): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { targetInfos } = await session.send('Target.getTargets');
  const target = targetInfos.find(
    ({ url }) => url === `chrome-extension://${extension}/extension/offscreen/index.html`,
  );
  if (!target) throw new Error('There is no offscreen document.');
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId });
  const answered = new Promise<string>((resolve) =>
    session.on('Target.receivedMessageFromTarget', ({ message }) => resolve(message)),
  );
  const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression } });
  await session.send('Target.sendMessageToTarget', { sessionId, message });
  const answer = await answered;
  await session.detach();
  if (answer.includes('exceptionDetails')) throw new Error(answer);
}
