import { type FromPage, type PageReading, parseFromPage } from '../../shared/protocol/overlay.ts';
import { countRead } from '../sites/health.ts';
import type { Desk } from './desk.ts';
import { changeFrame, forgetFrames } from './frames.ts';
import { askPage, readTab, sayPage, trust } from './page-reader.ts';
import { choosePart, dropTab, joinParts, pillState, putPart } from './parts.ts';
import { putOverlayScript, siteForFrame, sitesForPage } from './sites.ts';
import { mintTicket } from './tickets.ts';

/** Who a content script is, as the browser says it. Frame 0 is the page itself. */
type Speaker = { tab: chrome.tabs.Tab; tabId: number; frame: number; url: string };

/**
 * Answers a content script. Everything in it is the page's word, so it is parsed and cut; who it is from (tab, frame,
 * address) is the browser's. Gives `undefined` for what is nobody's business here.
 */
export function hearPage(
  desk: Desk,
  message: unknown,
  sender: chrome.runtime.MessageSender,
): Promise<unknown> | undefined {
  const speaker = speakerOf(sender);
  const said = speaker ? parseFromPage(message) : null;
  return speaker && said ? answer(desk, said, speaker) : undefined;
}

/** A document of a web page, or one without an address of its own inside such a page. */
export function speakerOf(sender: chrome.runtime.MessageSender): Speaker | null {
  const { tab, frameId: frame, url = '', origin = '' } = sender;
  if (sender.id !== chrome.runtime.id || tab?.id === undefined || frame === undefined) return null;
  return [url, origin].some((one) => one.startsWith('http')) ? { tab, tabId: tab.id, frame, url } : null;
}

async function answer(desk: Desk, said: FromPage, speaker: Speaker): Promise<unknown> {
  const { tabId, frame } = speaker;
  switch (said.kind) {
    case 'page-here':
      return frame === 0 ? pageHere(desk, speaker) : frameHere(speaker);
    case 'page-read':
      return pageRead(desk, said.page, said.settled, speaker);
  }
  if (frame !== 0) return null;
  switch (said.kind) {
    case 'open-overlay': {
      const site = await readTab(desk, tabId);
      if (!site || !(await putOverlayScript(tabId))) return null;
      const random = crypto.getRandomValues(new Uint8Array(32));
      // The way to the ledger is made while the frame loads.
      void desk.link.state();
      void sayPage(tabId, { kind: 'watch', on: true });
      return { nonce: await mintTicket(desk.tickets, tabId, site, Date.now(), random) };
    }
    case 'tamper':
      if (said.tamper === 'none') desk.hindered.delete(tabId);
      else desk.hindered.add(tabId);
      await changeFrame(desk.frames, tabId, { tamper: said.tamper });
      desk.ports.over(tabId, { kind: 'tamper', tamper: said.tamper });
      return null;
    case 'overlay-closed':
      if (!desk.ports.has(tabId, 'beside')) void sayPage(tabId, { kind: 'watch', on: false });
      await forgetFrames(desk.frames, tabId);
      // The next form is about somebody else, as like as not.
      await choosePart(desk.parts, tabId, null);
      return null;
  }
}

async function pageHere(desk: Desk, { tabId, url }: Speaker): Promise<unknown> {
  desk.hindered.delete(tabId);
  await forgetFrames(desk.frames, tabId);
  await dropTab(desk.parts, tabId);
  void desk.countWork();
  return { sites: await sitesForPage(url) };
}

async function frameHere({ tab }: Speaker): Promise<unknown> {
  const site = tab.url ? await siteForFrame(tab.url) : null;
  return site && { sites: [site] };
}

async function pageRead(
  desk: Desk,
  page: PageReading | null,
  settled: boolean,
  speaker: Speaker,
): Promise<unknown> {
  const { tab, tabId, frame } = speaker;
  const untried = await trust();
  const before = joinParts((await desk.parts.read())[tabId] ?? [], tab.title, untried);
  const parts = await putPart(desk.parts, tabId, { ...whereOf(speaker), page });
  const site = joinParts(parts, tab.title, untried);
  const pill = pillState(site, settled);
  // Every settled look at a page of a site that was set up counts, and above all one that finds nothing.
  const counts = site && !site.choices && (pill !== 'none' || !site.untried);
  if (settled && frame === 0 && site?.finds && counts)
    await desk.health
      .change((healths) => ({
        next: countRead(healths, site.reader.id, site.finds ?? {}, new Date().toISOString()),
        result: undefined,
      }))
      // A count that the disk has no room for is nothing that the page or its pill should wait for.
      .catch(() => undefined);
  if (JSON.stringify(site) !== JSON.stringify(before)) {
    await changeFrame(desk.frames, tabId, { site });
    desk.ports.about(tabId, { kind: 'site', site });
  }
  // A document that has come while a form is about the page does not know of it yet.
  if (settled && desk.ports.has(tabId)) void askPage(tabId, { kind: 'watch', on: true }, frame);
  if (frame !== 0) void sayPage(tabId, { kind: 'pill', pill });
  return { pill };
}

/** A document without an address of its own goes by that of the page that made it. */
function whereOf({ tab, frame, url }: Speaker): { frame: number; origin: string; address: string } {
  const { origin, href } = new URL(url.startsWith('http') ? url : (tab.url ?? url));
  return { frame, origin, address: href.replace(/[?#].*$/, '') };
}
