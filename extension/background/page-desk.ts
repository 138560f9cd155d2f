import { type FromPage, parseFromPage } from '../../shared/protocol/overlay.ts';
import type { Desk } from './desk.ts';
import { changeFrame, forgetFrames } from './frames.ts';
import { withOrigin } from './page-reader.ts';
import { sitesOff } from './sites.ts';
import { mintTicket } from './tickets.ts';

/**
 * Answers a content script. Everything in it is the page's word, so it is parsed and cut; who it is from (tab, frame,
 * address) is the browser's. Gives `undefined` for what is nobody's business here.
 */
export function hearPage(
  desk: Desk,
  message: unknown,
  sender: chrome.runtime.MessageSender,
): Promise<unknown> | undefined {
  const tab = sender.tab?.id;
  const ours = sender.id === chrome.runtime.id && sender.frameId === 0 && sender.url?.startsWith('http');
  const said = ours ? parseFromPage(message) : null;
  return said && tab !== undefined ? answer(desk, said, tab, sender.url) : undefined;
}

async function answer(desk: Desk, said: FromPage, tab: number, url: string | undefined): Promise<unknown> {
  switch (said.kind) {
    case 'page-here':
      await forgetFrames(desk.frames, tab);
      return { here: true, off: await sitesOff() };
    case 'open-overlay': {
      const site = withOrigin(said.page, url);
      if (!site) return null;
      const random = crypto.getRandomValues(new Uint8Array(32));
      // The way to the ledger is made while the frame loads.
      void desk.link.state();
      return { nonce: await mintTicket(desk.tickets, tab, site, Date.now(), random) };
    }
    case 'page-changed': {
      const site = withOrigin(said.page, url);
      await changeFrame(desk.frames, tab, { site });
      desk.ports.toTab(tab, { kind: 'site', site });
      return null;
    }
    case 'tamper':
      await changeFrame(desk.frames, tab, { tamper: said.tamper });
      desk.ports.toTab(tab, { kind: 'tamper', tamper: said.tamper });
      return null;
    case 'overlay-closed':
      await forgetFrames(desk.frames, tab);
      return null;
  }
}
