import type { Reply } from '../../shared/protocol/bridge.ts';
import { PORTS, type ToFrame } from '../../shared/protocol/overlay.ts';

/** Who is at the other end of a port, as the browser says it; nothing of this can be forged by a page. */
export type Visitor = { tab: number | null; frame: number; document: string; page: string };

/** The one page of ours that others may frame, and with its address of this session open. */
const FRAMED = '/extension/overlay/index.html';
const PAGES = [FRAMED, '/extension/overlay/panel.html', '/extension/options/index.html'];

/**
 * The visitor behind a port, or `null` for anybody who has no business here: another extension, a content script, a
 * page of ours that does not capture.
 */
export function visitorOf(port: chrome.runtime.Port): Visitor | null {
  const { sender } = port;
  if (port.name !== PORTS.frame || sender?.id !== chrome.runtime.id || !sender.url || !sender.documentId)
    return null;
  const url = new URL(sender.url);
  if (url.protocol !== 'chrome-extension:' || !PAGES.includes(url.pathname)) return null;
  return {
    tab: sender.tab?.id ?? null,
    frame: sender.frameId ?? 0,
    document: sender.documentId,
    page: url.pathname,
  };
}

/**
 * A window of its own (side panel, a tab) cannot be laid under or over by a page, so it needs no ticket. The page that is
 * made to be framed is none: whoever knows its address of this session could open a window on it, and steer a click there.
 */
export const standsAlone = ({ tab, frame, page }: Visitor): boolean =>
  page !== FRAMED && (tab === null || frame === 0);

/** The frames that are being spoken to now. */
export class OpenPorts {
  readonly #open = new Map<chrome.runtime.Port, number | null>();

  /** `tab` is that of the PMS page; `null` for a form that stands alone. */
  add(port: chrome.runtime.Port, tab: number | null): void {
    this.#open.set(port, tab);
    port.onDisconnect.addListener(() => this.#open.delete(port));
  }

  get size(): number {
    return this.#open.size;
  }

  /** True where a form stands over the page of a tab. */
  has(tab: number): boolean {
    return [...this.#open.values()].includes(tab);
  }

  toAll(message: ToFrame): void {
    for (const port of this.#open.keys()) tell(port, message);
  }

  toTab(tab: number, message: ToFrame): void {
    for (const [port, of] of this.#open) if (of === tab) tell(port, message);
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
