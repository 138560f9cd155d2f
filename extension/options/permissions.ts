import { askFor } from '../app-access.ts';

export type TypedSite = { ok: true; pattern: string } | { ok: false; message: string };

/** Reads an address that a person typed, as the match pattern of its origin. */
export function readSite(typed: string): TypedSite {
  const text = typed.trim();
  const url = URL.parse(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  if (text === '' || !url || !/^[a-z0-9.-]+$|^\[[0-9a-f:]+\]$/i.test(url.hostname)) {
    return {
      ok: false,
      message: `"${text}" is not an address. Type it as the browser shows it, like https://pms.example.com.`,
    };
  }
  if (url.protocol === 'http:' && !['localhost', '127.0.0.1'].includes(url.hostname)) {
    return {
      ok: false,
      message:
        'That address is not encrypted, so anybody on the way could change the page. Use its https address.',
    };
  }
  return { ok: true, pattern: `${url.origin}/*` };
}

/** The browser asks the person; this has to happen within their press. */
export const allowSites = (patterns: readonly string[]): Promise<boolean> =>
  patterns.length === 0 ? Promise.resolve(true) : askFor(patterns);

export async function forbidSite(pattern: string): Promise<void> {
  await chrome.permissions.remove({ origins: [pattern] });
}
