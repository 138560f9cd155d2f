import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin, UserConfig } from 'vite';
import { defineConfig, type ViteUserConfig } from 'vitest/config';

const root = import.meta.dirname;
const at = (...parts: string[]) => resolve(root, ...parts);
/** Several builds may stand side by side (a developer's, a test run's): each names its own folder. */
const dist = at(process.env.COUNTERSIGN_DIST ?? 'dist');

const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } satisfies UserConfig;

const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

const test: ViteUserConfig = {
  ...jsx,
  // Workers load their engines on demand, which needs modules.
  worker: { format: 'es' },
  // Third-party test images are read from beside the project.
  server: { fs: { allow: [root, at('../shared/vectors')] } },
  // What only a worker or a late import needs is named, or its discovery would reload a running test.
  optimizeDeps: {
    include: ['comlink', 'zxing-wasm/reader', '@zxing/library', '@zxing/browser', 'bwip-js/browser'],
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['test/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'soak',
          environment: 'node',
          include: ['test/**/*.soak.ts'],
          testTimeout: 60 * 60_000,
        },
      },
      {
        extends: true,
        // Third-party vectors stand beside the repository; browser tests read them through the test server.
        server: { fs: { allow: [root, at('../shared/vectors')] } },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromiumPath ? { executablePath: chromiumPath } : {}),
                args: [
                  '--no-sandbox',
                  '--disable-background-networking',
                  '--disable-component-update',
                  '--disable-sync',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
};

/** Puts the verifier page, where it has been built, among the files that the app serves and precaches. */
const withVerifierPage = (file: string): Plugin => ({
  name: 'countersign-verify-page',
  apply: 'build',
  generateBundle() {
    if (existsSync(file)) {
      this.emitFile({ type: 'asset', fileName: 'verify.html', source: readFileSync(file) });
    }
  },
});

const pwa = async (): Promise<UserConfig> => ({
  ...jsx,
  root: at('pwa'),
  worker: { format: 'es' },
  build: {
    outDir: `${dist}/pwa`,
    emptyOutDir: true,
    target: 'es2023',
    rollupOptions: {
      input: ['pwa/index.html', 'pwa/bridge.html'].map((p) => at(p)).filter(existsSync),
      // Every screen is a chunk called after it, so that sizes can be told apart.
      output: {
        chunkFileNames: ({ facadeModuleId }) =>
          `assets/${facadeModuleId?.match(/screens\/(\w+)\/screen\.tsx$/)?.[1] ?? '[name]'}-[hash].js`,
      },
    },
  },
  plugins: [
    withVerifierPage(`${dist}/verify/verify.html`),
    (await import('vite-plugin-pwa')).VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'sw.ts',
      registerType: 'prompt',
      injectRegister: null,
      manifest: {
        name: 'Countersign',
        short_name: 'Countersign',
        description: 'A controlled-substance record that lives in the browser and proves itself',
        id: '/',
        start_url: '/',
        display: 'standalone',
        // A link never takes over a window in which somebody may be filling in a form.
        launch_handler: { client_mode: 'navigate-new' },
        background_color: '#f3f6f7',
        theme_color: '#0b6170',
        shortcuts: [
          { name: 'Draw or give', url: '/#/capture' },
          { name: 'Scan', url: '/#/scan' },
          { name: 'Count', url: '/#/count' },
        ],
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml' },
        ],
      },
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,svg,png,wasm,webmanifest}'],
        maximumFileSizeToCacheInBytes: 8_000_000,
      },
    }),
  ],
});

/** Lets the page run the script and style that stand in it, by their hashes, and reach nothing else. */
const withOwnHashes = (): Plugin => ({
  name: 'countersign-own-hashes',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const page = bundle['verify.html'];
      if (page?.type !== 'asset') throw new Error('verify.html was not built');
      const html = String(page.source);
      const hashes = (tag: string) =>
        [...html.matchAll(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`, 'g'))]
          .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`)
          .join(' ');
      const policy = `default-src 'none'; script-src ${hashes('script')} 'wasm-unsafe-eval'; style-src ${hashes('style')}; img-src data:; base-uri 'none'; form-action 'none'`;
      page.source = html.replace('%CONTENT_SECURITY_POLICY%', () => policy);
    },
  },
});

/** One file that needs nothing beside it: opened from a disk, with no network. */
const verifierPage = async (): Promise<UserConfig> => ({
  ...jsx,
  root: at('pwa'),
  publicDir: false,
  build: {
    outDir: `${dist}/verify`,
    emptyOutDir: true,
    target: 'es2022',
    rollupOptions: { input: at('pwa/verify.html') },
  },
  plugins: [
    (await import('vite-plugin-singlefile')).viteSingleFile({ removeViteModuleLoader: true }),
    withOwnHashes(),
  ],
});

/**
 * The scripts that the extension puts into pages are named in no manifest entry, and the plugin would let every page
 * load them by name: enough for any page to tell that the extension is there. The browser needs no such leave.
 */
const withNothingForPages = (): Plugin => ({
  name: 'countersign-nothing-for-pages',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const file = bundle['manifest.json'];
      if (file?.type !== 'asset') throw new Error('manifest.json was not built');
      const manifest = JSON.parse(String(file.source));
      const resources: { resources: string[] }[] = manifest.web_accessible_resources;
      manifest.web_accessible_resources = resources.filter(
        (entry) => !entry.resources.some((name) => name.startsWith('extension/content/')),
      );
      file.source = JSON.stringify(manifest, null, 2);
    },
  },
});

/** The app that the extension belongs to. A clinic that serves it elsewhere builds with its own. */
const pwaOrigin = process.env.COUNTERSIGN_ORIGIN ?? 'http://localhost:4173';

const extension = async (): Promise<UserConfig> => ({
  ...jsx,
  root,
  publicDir: false,
  define: { __PWA_ORIGIN__: JSON.stringify(pwaOrigin) },
  worker: { format: 'es' },
  build: {
    outDir: `${dist}/extension`,
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    // Pages that the manifest names nowhere as a page: one is framed by a page of ours, the other over somebody else's.
    rollupOptions: {
      input: {
        offscreen: at('extension/offscreen/index.html'),
        overlay: at('extension/overlay/index.html'),
      },
    },
  },
  plugins: [
    (await import('@crxjs/vite-plugin')).crx({
      manifest: (await import('./extension/manifest.ts')).manifestFor({
        pwaOrigin,
        version: '0.1.0',
      }),
    }),
    withNothingForPages(),
  ],
});

export default defineConfig(async ({ mode }): Promise<ViteUserConfig> => {
  switch (mode) {
    case 'extension':
      return extension();
    case 'cli':
      return {
        build: {
          outDir: `${dist}/cli`,
          emptyOutDir: true,
          ssr: at('workers/cli/main.ts'),
          target: 'node20',
          rollupOptions: { output: { entryFileNames: 'countersign.mjs', codeSplitting: false } },
        },
        ssr: { noExternal: true },
      };
    case 'pwa':
      return pwa();
    case 'bench':
      return {
        ...jsx,
        root: at('test/bench'),
        base: '/bench/',
        worker: { format: 'es' },
        build: { outDir: `${dist}/pwa/bench`, emptyOutDir: true, target: 'es2023' },
      };
    case 'verifier':
      return verifierPage();
    default:
      return test;
  }
});
