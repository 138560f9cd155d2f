/**
 * What of ours stands in a page: an element with a meaningless name, everything in a closed shadow root. That is
 * camouflage and not a wall; but in there our own important rules are stronger than any rule or attribute of the page.
 */
export type Shell = { host: HTMLElement; root: ShadowRoot; dress: (css: string) => void };

/** A new name each time: a page cannot write a style rule for it beforehand. */
export function makeShell(): Shell {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  const name = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const host = document.createElement(`x-${name}`);
  const root = host.attachShadow({ mode: 'closed' });
  // A sheet made by script is not held up by a page's policy on styles.
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [sheet];
  return { host, root, dress: (css) => sheet.replaceSync(`${BARE}${css}`) };
}

const BARE = `:host { ${important({ all: 'initial', display: 'block' })} }
:host::before, :host::after, :host::backdrop { ${important({ display: 'none', content: 'none' })} }
`;

/** Declarations that nothing outside of the shadow root can override. */
export function important(style: Record<string, string>): string {
  return Object.entries(style)
    .map(([name, value]) => `${name}: ${value} !important;`)
    .join(' ');
}
