import {
  type NoteResult,
  type PageReading,
  parseNoteResult,
  parsePage,
  type SiteReading,
  type ToPage,
} from '../../shared/protocol/overlay.ts';

/** Asks the content script of a tab; `undefined` when there is none. Only the page's own top frame is asked. */
export async function askPage(tab: number, message: ToPage): Promise<unknown> {
  try {
    return await chrome.tabs.sendMessage(tab, message, { frameId: 0 });
  } catch {
    return undefined;
  }
}

/** What a page says, with the origin that the browser vouches for. */
export const withOrigin = (page: PageReading | null, url: string | undefined): SiteReading | null =>
  page && url ? { ...page, origin: new URL(url).origin } : null;

/** Reads the page in a tab anew. */
export async function readSite(tab: number): Promise<SiteReading | null> {
  const page = parsePage(await askPage(tab, { kind: 'read' }));
  if (!page) return null;
  const { url } = await chrome.tabs.get(tab);
  return withOrigin(page, url);
}

export async function putNote(tab: number, text: string): Promise<NoteResult> {
  return parseNoteResult(await askPage(tab, { kind: 'put-note', text })) ?? 'no-page';
}

/** The tab that a person looks at, for a form that stands beside it. */
export async function tabInFront(): Promise<number | null> {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  return tab?.id ?? null;
}
