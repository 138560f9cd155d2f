import { EXTENSION_ID } from '../../shared/protocol/bridge.ts';

/**
 * The extension that frames this page, from the browser's own list of ancestors; `null` for everybody else.
 * There has to be exactly one ancestor: an extension page inside of somebody's page is not its offscreen document.
 */
export function askerOf(ancestors: readonly string[]): { id: string; origin: string } | null {
  const [origin, ...others] = ancestors;
  if (origin === undefined || others.length > 0) return null;
  const id = origin.startsWith('chrome-extension://') ? origin.slice('chrome-extension://'.length) : '';
  return EXTENSION_ID.test(id) ? { id, origin } : null;
}
