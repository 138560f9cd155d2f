import * as v from 'valibot';

const settings = v.object({ off: v.fallback(v.array(v.string()), []) });

/** Ids of adapters that the clinic has switched off. */
export async function sitesOff(): Promise<string[]> {
  const { sites } = await chrome.storage.local.get('sites');
  const result = v.safeParse(settings, sites);
  return result.success ? result.output.off : [];
}

/** The content script as it is called in the built extension. */
export function contentScript(): string {
  return chrome.runtime.getManifest().content_scripts?.[0]?.js?.[0] ?? '';
}

/**
 * Puts the content script on every origin that the clinic has allowed, and on no other. The browser's list of
 * permissions is the only list; the manifest's own sites are served by the manifest.
 */
export async function registerSites(): Promise<void> {
  const { origins = [] } = await chrome.permissions.getAll();
  const fixed = new Set(chrome.runtime.getManifest().host_permissions ?? []);
  const matches = origins.filter((origin) => !fixed.has(origin));
  const id = 'allowed-sites';
  const known = await chrome.scripting.getRegisteredContentScripts({ ids: [id] });
  if (known.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [id] });
  if (matches.length === 0) return;
  await chrome.scripting.registerContentScripts([
    { id, matches, js: [contentScript()], runAt: 'document_idle', persistAcrossSessions: true },
  ]);
}

/** Opens the form in a tab from toolbar or shortcut; puts the script in first where it is not there yet. */
export async function toggleIn(tab: number, ask: (tab: number) => Promise<unknown>): Promise<boolean> {
  if ((await ask(tab)) !== undefined) return true;
  try {
    await chrome.scripting.executeScript({ target: { tabId: tab }, files: [contentScript()] });
    return (await ask(tab)) !== undefined;
  } catch {
    return false;
  }
}
