import { defineConfig } from '@playwright/test';
import { executablePath, flags } from './lib/chromium.mjs';
import type { Options } from './lib/test.ts';

const phone = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

export default defineConfig<Options>({
  testDir: 'tests',
  globalSetup: './lib/postgres.mjs',
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath, args: flags },
    // Colours that are still on their way from light to dark are nobody's choice.
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    // Tests of a page are about the page; those of the worker let it in.
    serviceWorkers: 'block',
  },
  projects: [
    { name: 'mobile', use: { ...phone }, testIgnore: '*.noscript.spec.ts' },
    { name: 'mobile-noscript', use: { ...phone, javaScriptEnabled: false }, testIgnore: '*.hydrate.spec.ts' },
    { name: 'desktop', use: { viewport: { width: 1280, height: 900 } }, testIgnore: '*.noscript.spec.ts' },
  ],
});
