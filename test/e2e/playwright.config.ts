import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { BROWSER_ARGS } from './fixtures.ts';

const chromium = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));

/** Stories of the extension share its port, which is built into it; those of the app alone have one for each worker. */
const OF_EXTENSION = /(extension|kill|mishaps|page-|sites).*\.spec\.ts$/;

/** Two at a time on two cores, and of those with the extension one. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/e2e',
  // A story takes seconds; on a busy machine it may take many times as long.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 2,
  retries: 0,
  projects: [
    { name: 'extension', testMatch: OF_EXTENSION, workers: 1 },
    { name: 'app', testIgnore: OF_EXTENSION },
  ],
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: {
    trace: 'off',
    screenshot: 'only-on-failure',
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    timezoneId: 'America/Denver',
    launchOptions: { args: BROWSER_ARGS, ...(chromium ? { executablePath: chromium } : {}) },
  },
});
