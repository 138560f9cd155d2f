import { defineManifest } from '@crxjs/vite-plugin';

/** What the browser is asked for together with the first address, when a person connects the extension. */
const WITH_AN_ADDRESS = ['scripting', 'activeTab', 'alarms', 'contextMenus'] as const;

/**
 * The manifest. `pwaOrigin` is where the ledger lives: the only origin whose page the extension frames, and the host
 * permission for it is what gives that frame the origin's own storage. It is asked for when a person connects the
 * extension, sites one at a time when they are set up. What each permission is for is in sites/README.md.
 */
export const manifestFor = ({ pwaOrigin, version }: Record<'pwaOrigin' | 'version', string>) =>
  defineManifest({
    manifest_version: 3,
    name: 'Countersign',
    description: 'The controlled-substance record, over the practice-management system that you work in.',
    version,
    minimum_chrome_version: '130',
    // What waits for the ledger must not be evicted; the browser lets nobody ask for that later.
    permissions: ['storage', 'unlimitedStorage', 'offscreen', 'sidePanel'],
    optional_permissions: [...WITH_AN_ADDRESS],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    background: { service_worker: 'extension/background/main.ts', type: 'module' },
    // Neither a page nor another extension has anything to say to this one.
    externally_connectable: { ids: [], matches: [] },
    action: { default_title: 'Open Countersign on this page' },
    side_panel: { default_path: 'extension/overlay/panel.html' },
    options_ui: { page: 'extension/options/index.html', open_in_tab: true },
    commands: {
      'open-overlay': {
        suggested_key: { default: 'Alt+Shift+C' },
        description: 'Open Countersign over the page, or close it',
      },
      'keep-draft': {
        suggested_key: { default: 'Alt+Shift+D' },
        description: 'Keep what the page says as a draft, to be signed later',
      },
    },
    web_accessible_resources: [
      // A page cannot guess the address of the frame: it is new in each browser session.
      {
        resources: ['extension/overlay/index.html'],
        matches: ['http://*/*', 'https://*/*'],
        use_dynamic_url: true,
      },
    ],
    icons: {
      16: 'extension/icons/16.png',
      32: 'extension/icons/32.png',
      48: 'extension/icons/48.png',
      128: 'extension/icons/128.png',
    },
    content_security_policy: {
      extension_pages: [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        `frame-src ${pwaOrigin}`,
        "base-uri 'none'",
        "form-action 'none'",
        "object-src 'none'",
      ].join('; '),
    },
  });
