import type { FromPage, NoteResult, PageReading, ToPage } from '../../shared/protocol/overlay.ts';

/** The content script's ends of the messages, read by hand: a schema library would be larger than the script. */

/** True while the extension that this script belongs to is still there; an update leaves the script behind. */
export const alive = (): boolean => {
  try {
    return chrome.runtime?.id !== undefined;
  } catch {
    return false;
  }
};

/** Says something to the background; `null` when nobody is there to hear it. */
export async function say(message: FromPage): Promise<unknown> {
  try {
    return await chrome.runtime.sendMessage(message);
  } catch {
    return null;
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** The answer to `page-here`: `null` where the clinic has switched this site off. */
export function readWelcome(answer: unknown): { off: string[] } | null {
  const { here, off } = record(answer);
  if (here !== true || !Array.isArray(off)) return null;
  return { off: off.filter((id) => typeof id === 'string') };
}

/** The answer to `open-overlay`: the one-use number for the frame's address. */
export function readNonce(answer: unknown): string | null {
  const { nonce } = record(answer);
  return typeof nonce === 'string' && /^[0-9a-f]{64}$/.test(nonce) ? nonce : null;
}

/** What the background asks of this page; `null` for anything else. */
export function readToPage(message: unknown): ToPage | null {
  const { kind, text } = record(message);
  if (kind === 'toggle' || kind === 'close' || kind === 'leave' || kind === 'read') return { kind };
  return kind === 'put-note' && typeof text === 'string' ? { kind, text } : null;
}

/** Answers what the background asks, for as long as the signal allows. */
export function onAsked(
  answer: (message: ToPage) => PageReading | NoteResult | boolean | null,
  signal: AbortSignal,
): void {
  const listen = (
    message: unknown,
    sender: chrome.runtime.MessageSender,
    reply: (value: unknown) => void,
  ) => {
    const asked = sender.id === chrome.runtime.id && sender.tab === undefined ? readToPage(message) : null;
    if (asked) reply(answer(asked));
    return false;
  };
  chrome.runtime.onMessage.addListener(listen);
  signal.addEventListener('abort', () => {
    if (alive()) chrome.runtime.onMessage.removeListener(listen);
  });
}
