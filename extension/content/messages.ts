import type { Treatments } from '../../shared/domain/reconcile/types.ts';
import type {
  FromPage,
  NoteResult,
  PageReading,
  PillState,
  Tamper,
  ToPage,
} from '../../shared/protocol/overlay.ts';
import type { FromPicker } from '../../shared/protocol/picker.ts';
import type { SiteDefinition } from '../../shared/protocol/site.ts';

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
export async function say(message: FromPage | FromPicker): Promise<unknown> {
  try {
    return await chrome.runtime.sendMessage(message);
  } catch {
    return null;
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** The answer to `page-here`: the sites of this origin; `null` where there is nothing to read. */
export function readWelcome(answer: unknown): SiteDefinition[] | null {
  const { sites } = record(answer);
  return Array.isArray(sites) ? sites.filter(isSite) : null;
}

/** The background has read it by its schema; what is looked at here is only that it is one. */
const isSite = (value: unknown): value is SiteDefinition =>
  record(value).format === ('countersign-site-1' satisfies SiteDefinition['format']);

/** The answer to `page-read`. */
export function readPill(answer: unknown): PillState | null {
  const { pill } = record(answer);
  return pill === 'none' || pill === 'ready' || pill === 'lost' ? pill : null;
}

/** The answer to `open-overlay`: the one-use number for the frame's address. */
export function readNonce(answer: unknown): string | null {
  const { nonce } = record(answer);
  return typeof nonce === 'string' && /^[0-9a-f]{64}$/.test(nonce) ? nonce : null;
}

/** What the background asks of this page; `null` for anything else. */
export function readToPage(message: unknown): ToPage | null {
  const { kind, text, on, patient } = record(message);
  const named = typeof patient === 'string' ? { patient } : {};
  if (kind === 'toggle' || kind === 'close' || kind === 'leave' || kind === 'look') return { kind };
  if (kind === 'read-rows') return { kind };
  if (kind === 'watch') return { kind, on: on === true };
  if (kind === 'pill') {
    const pill = readPill(message);
    return pill && { kind, pill };
  }
  if (kind === 'read') return { kind, ...named };
  return kind === 'put-note' && typeof text === 'string' ? { kind, text, ...named } : null;
}

/** Answers what the background asks, for as long as the signal allows. */
export function onAsked(
  answer: (message: ToPage) => Promise<PageReading | Treatments | NoteResult | Tamper | boolean | null>,
  signal: AbortSignal,
): void {
  const listen = (
    message: unknown,
    sender: chrome.runtime.MessageSender,
    reply: (value: unknown) => void,
  ) => {
    const asked = sender.id === chrome.runtime.id && sender.tab === undefined ? readToPage(message) : null;
    if (asked) void answer(asked).then(reply);
    return asked !== null;
  };
  chrome.runtime.onMessage.addListener(listen);
  signal.addEventListener('abort', () => {
    if (alive()) chrome.runtime.onMessage.removeListener(listen);
  });
}
