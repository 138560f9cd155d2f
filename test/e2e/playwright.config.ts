import { defineConfig } from '@playwright/test';

/** Each story starts its own Chromium (extension, fake camera), so one worker is enough on two cores. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/e2e',
  timeout: 90_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  workers: 1,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: { trace: 'off', screenshot: 'only-on-failure' },
});
