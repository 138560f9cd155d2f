import { signal } from '@preact/signals';

/** Where the page is: `#/vials/ID?open=1` is screen `vials`, rest `['ID']`. Works from any path and without a server. */
export type Place = { screen: string; rest: readonly string[]; query: URLSearchParams };

const readHash = (): Place => {
  const [path = '', search = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const [screen = '', ...rest] = path.split('/').filter(Boolean).map(decode);
  return { screen: screen || 'today', rest, query: new URLSearchParams(search) };
};

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export const place = signal<Place>(readHash());
/** True once somebody has moved inside the app: then the new screen's heading takes the focus. */
export const moved = signal(false);

let held: string | null = null;

addEventListener('hashchange', () => {
  if (held !== null) return;
  moved.value = true;
  place.value = readHash();
});

/** Stays where it is, whatever the back button or the address bar do, until `releasePlace`. */
export function holdPlace(): void {
  held = location.hash;
}

export function releasePlace(): void {
  if (held !== null && held !== location.hash) history.replaceState(history.state, '', held || '#/');
  held = null;
}

/** The address of a screen. Undefined values of `query` are left out. */
export function href(
  screen: string,
  rest: readonly string[] = [],
  query: Record<string, string | undefined> = {},
): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, value);
  const path = [screen, ...rest].map(encodeURIComponent).join('/');
  return `#/${path}${search.size > 0 ? `?${search}` : ''}`;
}

/** Goes to a screen. */
export function go(...to: Parameters<typeof href>): void {
  location.hash = href(...to);
}

/** Puts this place (`#/…`) where the address is now, in the history too, without the query that the page was opened with. */
export function replacePlace(hash: string): void {
  // By the whole address: a path that begins with two slashes would otherwise be read as another host.
  const address = new URL(location.href);
  address.search = '';
  address.hash = hash;
  history.replaceState(history.state, '', address.href);
  place.value = readHash();
}

/** Goes back to where the person came from, or to Today. */
export function back(): void {
  if (moved.value && history.length > 1) history.back();
  else go('today');
}
