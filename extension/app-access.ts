/** The app's own origin, as the browser's list of permissions has it. It is no site to read. */
const APP_PATTERN = `${__PWA_ORIGIN__}/*`;

/** What came of a question to the person: a yes, a no, or the browser did not ask. */
export type Asked = 'allowed' | 'declined' | 'not-asked';

const wanted = (patterns: readonly string[]): chrome.permissions.Permissions => ({
  origins: [...patterns],
  permissions: chrome.runtime.getManifest().optional_permissions ?? [],
});

/**
 * Whether the browser lets this extension at the app's origin, and has given it all that goes with that. Without the
 * origin the framed bridge would be given a storage of its own, in which there is no ledger.
 */
export const mayReachApp = (): Promise<boolean> => chrome.permissions.contains(wanted([APP_PATTERN]));

/** Match patterns of the origins that the clinic has allowed, the app's own left out. */
export async function allowedPatterns(): Promise<string[]> {
  const { origins = [] } = await chrome.permissions.getAll();
  return origins.filter((origin) => origin !== APP_PATTERN);
}

/**
 * The browser asks the person for these addresses; this has to happen within their press. What works with an address
 * (see the manifest) is asked for beside it: the browser has nothing to say about that.
 */
export const askFor = (patterns: readonly string[]): Promise<Asked> =>
  chrome.permissions.request(wanted(patterns)).then(
    (yes) => (yes ? 'allowed' : 'declined'),
    // A policy of the clinic's own forbids the address, or the press was too long ago.
    () => 'not-asked',
  );

/** As {@link askFor}, for the app's own origin. */
export const askForApp = (): Promise<Asked> => askFor([APP_PATTERN]);

/** Why something does not work yet after a question that got no yes, and how to go on. `press` is what the button says. */
export function askedText(asked: Exclude<Asked, 'allowed'>, consequence: string, press: string): string {
  const { why, more } = {
    declined: { why: 'was told no', more: '' },
    'not-asked': {
      why: 'did not ask',
      more: ' Whoever looks after this computer may have forbidden that address.',
    },
  }[asked];
  return `The browser ${why}, so ${consequence}.${more} Press “${press}” again, and “Allow” when the browser asks.`;
}
