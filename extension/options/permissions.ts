import { type Asked, askFor } from '../app-access.ts';

/** The browser asks the person; this has to happen within their press. */
export const allowSites = (patterns: readonly string[]): Promise<Asked> =>
  patterns.length === 0 ? Promise.resolve('allowed') : askFor(patterns);

export async function forbidSite(pattern: string): Promise<void> {
  await chrome.permissions.remove({ origins: [pattern] });
}

/** Match patterns of origins as a person reads them. */
export const originsText = (patterns: readonly string[]): string =>
  patterns.map((pattern) => pattern.replace('/*', '')).join(', ');

/** What the button says that asks for them. */
export const allowText = (patterns: readonly string[]): string => `Allow ${originsText(patterns)}`;
