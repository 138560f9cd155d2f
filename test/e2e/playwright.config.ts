import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';
import { BROWSER_ARGS } from './fixtures.ts';

const chromium = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));

/** A story waits for its browser as much as it works: four at a time keep two cores busy. Each worker has ports of its own. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/e2e',
  // A story takes seconds; on a busy machine it may take many times as long.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  fullyParallel: false,
  workers: 4,
  retries: 0,
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
