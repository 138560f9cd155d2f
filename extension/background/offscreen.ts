const PAGE = 'extension/offscreen/index.html';

let opening: Promise<void> | null = null;

/** Makes sure that the one offscreen document is there. Resolves when it has loaded. */
export function openOffscreen(): Promise<void> {
  opening ??= open().finally(() => {
    opening = null;
  });
  return opening;
}

async function open(): Promise<void> {
  if (await isOpen()) return;
  await chrome.offscreen.createDocument({
    url: PAGE,
    reasons: ['IFRAME_SCRIPTING'],
    justification: 'Holds the page through which entries reach the ledger of the Countersign app.',
  });
}

/** Closes it again, and with it every unlocked key that the bridge's worker holds. */
export async function closeOffscreen(): Promise<void> {
  if (await isOpen()) await chrome.offscreen.closeDocument();
}

async function isOpen(): Promise<boolean> {
  const contexts = await chrome.runtime.getContexts({ contextTypes: ['OFFSCREEN_DOCUMENT'] });
  return contexts.length > 0;
}
