import { defineManifest } from '@crxjs/vite-plugin';

/**
 * The manifest. `pwaOrigin` is where the ledger lives: the only origin whose page the extension frames, and the host
 * permission for it is what gives that frame the origin's own storage. Sites are allowed one at a time by the clinic.
 * What each permission is for is in sites/README.md.
 */
export const manifestFor = ({ pwaOrigin, version }: Record<'pwaOrigin' | 'version', string>) =>
  defineManifest({
    manifest_version: 3,
    name: 'Countersign',
    description: 'The controlled-substance record, over the practice-management system that you work in.',
    version,
    minimum_chrome_version: '130',
    permissions: [
      'storage',
      'unlimitedStorage',
      'offscreen',
      'sidePanel',
      'scripting',
      'activeTab',
      'alarms',
      'contextMenus',
    ],
    host_permissions: [`${pwaOrigin}/*`],
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
