import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import type { UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const at = (...parts: string[]) => resolve(root, ...parts);
/** Several builds may stand side by side (a developer's, a test run's): each names its own folder. */
const dist = at(process.env.COUNTERSIGN_DIST ?? 'dist');

const jsx = { oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } } } satisfies UserConfig;

const chromiumPath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path && existsSync(path),
);

const test = {
  ...jsx,
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

export default defineConfig(async ({ mode }) => {
  switch (mode) {
    case 'cli':
      return {
        build: {
          outDir: `${dist}/cli`,
          emptyOutDir: true,
          ssr: at('workers/cli/main.ts'),
          target: 'node20',
          rollupOptions: { output: { entryFileNames: 'countersign.mjs', inlineDynamicImports: true } },
        },
        ssr: { noExternal: true },
      };
    default:
      return test;
  }
});
