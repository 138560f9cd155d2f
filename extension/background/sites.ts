import type { SiteDefinition } from '../../shared/protocol/site.ts';
import { allowedPatterns } from '../app-access.ts';
import contentScript from '../content/main.iife.ts?script';
import overlayScript from '../content/overlay.iife.ts?script';
import { originFits, siteAt, sitesOf } from '../sites/choose.ts';
import { readable } from '../sites/index.ts';
import { hasFrames, keptSites, sitesOn } from '../sites/kept.ts';
import { refreshMenus } from './menus.ts';

/** The sites that are on for a page: all of its origin, for the page itself to choose from as it changes its route. */
export async function sitesForPage(url: string): Promise<SiteDefinition[]> {
  return sitesOf(sitesOn(await keptSites()), new URL(url)).map(readable);
}

/** The site that a frame has a part in, by the address of the page that it stands in; `null` where it has none. */
export async function siteForFrame(pageUrl: string): Promise<SiteDefinition | null> {
  const url = new URL(pageUrl);
  const site = siteAt(sitesOf(sitesOn(await keptSites()), url), url);
  return site && hasFrames(site) ? site : null;
}

const IDS = { pages: 'allowed-pages', frames: 'allowed-frames' } as const;

/**
 * Puts the content script on every origin that the clinic has allowed, and on no other. The browser's list of
 * permissions is the only list. Frames are read where a site that is set up says that a part of it stands in them.
 */
export async function registerSites(): Promise<void> {
  const allowed = await allowedPatterns();
  // What the browser has not been asked for yet it does not offer.
  if (!chrome.scripting) return;
  await refreshMenus(allowed);
  const framed = framedOrigins(sitesOn(await keptSites()));
  const inFrames = allowed.filter((pattern) => framed.some((origin) => covers(origin, pattern)));
  const scripts = [
    { id: IDS.pages, matches: allowed.filter((pattern) => !inFrames.includes(pattern)), allFrames: false },
    { id: IDS.frames, matches: inFrames, allFrames: true, matchOriginAsFallback: true },
  ].filter(({ matches }) => matches.length > 0);
  const known = await chrome.scripting.getRegisteredContentScripts({ ids: Object.values(IDS) });
  if (known.length > 0) await chrome.scripting.unregisterContentScripts({ ids: known.map(({ id }) => id) });
  if (scripts.length === 0) return;
  await chrome.scripting.registerContentScripts(
    scripts.map((script) => ({
      ...script,
      js: [contentScript],
      runAt: 'document_idle' as const,
      persistAcrossSessions: true,
    })),
  );
}

const framedOrigins = (sites: readonly SiteDefinition[]): string[] =>
  sites
    .filter(hasFrames)
    .flatMap(({ match, frames = [] }) => [...match.map(({ origin }) => origin), ...frames]);

/** True where a definition's origin is, or is a part of, what a pattern of the browser allows. */
function covers(origin: string, pattern: string): boolean {
  const allowed = pattern.replace(/\/\*$/, '');
  if (origin === allowed) return true;
  const url = URL.parse(allowed);
  return url !== null && originFits(origin, url);
}

/** Starts on the pages that are open already, so that nobody has to load them anew. */
export async function startOnOpenPages(patterns: readonly string[]): Promise<void> {
  if (patterns.length === 0) return;
  for (const tab of await chrome.tabs.query({ url: [...patterns] }))
    if (tab.id !== undefined) await putScript(tab.id, true);
}

/** Ends on pages that may no longer be read: the browser shows the addresses of those that may. */
export async function leaveForbiddenPages(ask: (tab: number) => Promise<unknown>): Promise<void> {
  for (const tab of await chrome.tabs.query({})) if (tab.id !== undefined && !tab.url) await ask(tab.id);
}

/** Puts the content script into a tab. False where the browser allows no script. */
export const putScript = (tab: number, allFrames: boolean): Promise<boolean> =>
  put({ tabId: tab, allFrames }, contentScript);

/** Puts what lays the form over a page, and writes a note, beside the content script that is there. */
export const putOverlayScript = (tab: number, frame = 0): Promise<boolean> =>
  put({ tabId: tab, frameIds: [frame] }, overlayScript);

async function put(target: chrome.scripting.InjectionTarget, file: string): Promise<boolean> {
  try {
    await chrome.scripting.executeScript({ target, files: [file] });
    return true;
  } catch {
    return false;
  }
}

/** Opens the form in a tab from toolbar or shortcut; puts the script in first where it is not there yet. */
export async function toggleIn(tab: number, ask: (tab: number) => Promise<unknown>): Promise<boolean> {
  if ((await ask(tab)) !== undefined) return true;
  return (await putScript(tab, false)) && (await ask(tab)) !== undefined;
}
