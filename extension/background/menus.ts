import { FIELD_LIMITS, plainLine } from '../../shared/protocol/page-text.ts';

const DRUG = 'draw-selected';

/** What a person has selected on a page to record a draw of; `null` for other entries and for no text. */
export function selectedDrug(info: chrome.contextMenus.OnClickData): string | null {
  if (info.menuItemId !== DRUG) return null;
  return plainLine(info.selectionText ?? '', FIELD_LIMITS.drug) ?? null;
}

/** Puts the entry for a selected drug into the browser's menu on the pages that the clinic has allowed, and on no other. */
export async function refreshMenus(patterns: readonly string[]): Promise<void> {
  await chrome.contextMenus?.removeAll();
  if (patterns.length === 0) return;
  chrome.contextMenus?.create(
    {
      id: DRUG,
      title: 'Record a draw of “%s”',
      contexts: ['selection'],
      documentUrlPatterns: [...patterns],
    },
    // Two refreshes at once both make it; the one that is there will do.
    () => void chrome.runtime.lastError,
  );
}
