import type { DeviceSettings } from '../../shared/protocol/ledger.ts';

const KEY = 'countersign.theme';

/** Sets light, dark or the system's wish, and keeps it where the next page finds it before the first paint. */
export function applyTheme(theme: DeviceSettings['theme']): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A theme that is not remembered harms nobody.
  }
}

/** What the last page was set to. */
export function applyRememberedTheme(): void {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === 'light' || kept === 'dark') applyTheme(kept);
  } catch {
    // As above.
  }
}
