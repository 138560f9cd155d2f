import { useEffect, useState } from 'preact/hooks';
import { allowedPatterns } from '../app-access.ts';
import { HEALTH_KEY, type Healths, parseHealths } from '../sites/health.ts';
import { type KeptSites, keptSites, SITES_KEY } from '../sites/kept.ts';

export type SitesNow = KeptSites & { healths: Healths; allowed: readonly string[] };

/** What the extension keeps of sites, how they do and what is allowed, as it is now and as it changes. */
export function useSites(): SitesNow | null {
  const [now, setNow] = useState<SitesNow | null>(null);
  useEffect(() => {
    const read = async () => {
      const kept = await keptSites();
      const stored = await chrome.storage.local.get(HEALTH_KEY);
      setNow({ ...kept, healths: parseHealths(stored[HEALTH_KEY]), allowed: await allowedPatterns() });
    };
    const again = () => void read();
    const changed = (changes: Record<string, chrome.storage.StorageChange>, area: string) => {
      if (area === 'local' && (SITES_KEY in changes || HEALTH_KEY in changes)) again();
    };
    again();
    chrome.storage.onChanged.addListener(changed);
    chrome.permissions.onAdded.addListener(again);
    chrome.permissions.onRemoved.addListener(again);
    return () => {
      chrome.storage.onChanged.removeListener(changed);
      chrome.permissions.onAdded.removeListener(again);
      chrome.permissions.onRemoved.removeListener(again);
    };
  }, []);
  return now;
}
