import type { Reply } from '../../shared/protocol/bridge.ts';
import { PORTS, type ToFrame } from '../../shared/protocol/overlay.ts';

/**
 * Who is at the other end of a port, as the browser says it; nothing of this can be forged by a page. `over`: the frame
 * that lies over a page. `beside`: the side panel, of which the browser names neither tab nor document. `apart`: the
 * settings.
 */
export type Visitor =
  | { stands: 'over'; tab: number; document: string }
  | { stands: 'beside' }
  | { stands: 'apart' };

/** Where a form stands. The tab of one that stands beside the pages is the one in front there; `null` before there is any. */
export type Place =
  | { stands: 'over'; tab: number }
  | { stands: 'beside'; tab: number | null }
  | { stands: 'apart' };

/** The one page of ours that others may frame, and with its address of this session open. */
const FRAMED = '/extension/overlay/index.html';
const ALONE: Record<string, 'beside' | 'apart'> = {
  '/extension/overlay/panel.html': 'beside',
  '/extension/options/index.html': 'apart',
};

/**
 * The visitor behind a port, or `null` for anybody who has no business here: another extension, a content script, a
 * page of ours that does not capture.
 *
 * A window of its own (side panel, a tab) cannot be laid under or over by a page, so it needs no ticket. The page that is
 * made to be framed is none: whoever knows its address of this session could open a window on it, and steer a click there.
 */
export function visitorOf(port: chrome.runtime.Port): Visitor | null {
  const { sender } = port;
  if (port.name !== PORTS.frame || sender?.id !== chrome.runtime.id || !sender.url) return null;
  const url = new URL(sender.url);
  if (url.protocol !== 'chrome-extension:') return null;
  const { tab, frameId = 0, documentId } = sender;
  if (url.pathname === FRAMED)
    return tab?.id === undefined || !documentId
      ? null
      : { stands: 'over', tab: tab.id, document: documentId };
  const stands = ALONE[url.pathname];
  return stands && (tab === undefined || frameId === 0) ? { stands } : null;
}

/** The frames that are being spoken to now. */
export class OpenPorts {
  readonly #open = new Map<chrome.runtime.Port, Place>();

  /** `left` is told when it goes, with the tab that it was about. */
  add(port: chrome.runtime.Port, place: Place, left: (tab: number) => void): void {
    this.#open.set(port, place);
    port.onDisconnect.addListener(() => {
      const tab = this.tabOf(port);
      this.#open.delete(port);
      if (tab !== null) left(tab);
    });
  }

  /** Another tab is in front of where this form stands. Gives the one that was there before. */
  moveBeside(port: chrome.runtime.Port, tab: number): number | null {
    const before = this.tabOf(port);
    if (this.#open.has(port)) this.#open.set(port, { stands: 'beside', tab });
    return before;
  }

  get size(): number {
    return this.#open.size;
  }

  /** The tab whose page a form is about. */
  tabOf(port: chrome.runtime.Port): number | null {
    const place = this.#open.get(port);
    return place && place.stands !== 'apart' ? place.tab : null;
  }

  /** True where a form is about the page of a tab: in one of these places, or in any. */
  has(tab: number, stands?: 'over' | 'beside'): boolean {
    return [...this.#open].some(
      ([port, place]) => this.tabOf(port) === tab && (stands ?? place.stands) === place.stands,
    );
  }

  toAll(message: ToFrame): void {
    for (const port of this.#open.keys()) tell(port, message);
  }

  /** To every form that is about the page of a tab. */
  about(tab: number, message: ToFrame): void {
    for (const port of this.#open.keys()) if (this.tabOf(port) === tab) tell(port, message);
  }

  /** To the form that stands over the page of a tab. */
  over(tab: number, message: ToFrame): void {
    for (const [port, place] of this.#open)
      if (place.stands === 'over' && place.tab === tab) tell(port, message);
  }
}

/** Says something to a frame that may have just gone. */
export function tell(port: chrome.runtime.Port, message: ToFrame | Reply): void {
  try {
    port.postMessage(message);
  } catch {
    // The frame is gone; what was decided stands in the outbox and the ledger.
  }
}
