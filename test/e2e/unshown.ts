import type { CDPSession, Page } from '@playwright/test';

/** A document that Playwright does not show: the offscreen one, a frame in it, the browser's side panel. */
export type Unshown = {
  session: CDPSession;
  /** Asks the browser something of this document alone. The answer as JSON. */
  ask: (method: string, params: object) => Promise<string>;
  /** The first message that has this in it. */
  heard: (what: string) => Promise<string>;
};

/** Speaks to the document at an address, through the session of a page that is shown. */
export async function attach(page: Page, address: string): Promise<Unshown> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { targetInfos } = await session.send('Target.getTargets');
  const target = targetInfos.find(({ url }) => url === address);
  if (!target) throw new Error(`There is no ${address}.`);
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: target.targetId });
  const heard = (what: string) =>
    new Promise<string>((resolve) =>
      session.on('Target.receivedMessageFromTarget', ({ message }) => {
        if (message.includes(what)) resolve(message);
      }),
    );
  let last = 0;
  const ask = async (method: string, params: object) => {
    last += 1;
    const answered = heard(`"id":${last},`);
    const message = JSON.stringify({ id: last, method, params });
    await session.send('Target.sendMessageToTarget', { sessionId, message });
    return answered;
  };
  return { session, ask, heard };
}
